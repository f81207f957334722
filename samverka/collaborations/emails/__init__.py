"""The messages of collaborations, by moment. Those with a text that only some may read are written when they leave."""

from .invitations import GuestInvited, InvitationAnswered, InvitationConfirmed, InvitationSent
from .meetings import MeetingText
from .notices import notice_email

__all__ = ["GuestInvited", "InvitationAnswered", "InvitationConfirmed", "InvitationSent", "MeetingText", "notice_email"]
