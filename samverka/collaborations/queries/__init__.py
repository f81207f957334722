"""Reads over several models: seats at the table, invitations, counts."""

from .counts import active_by_municipality, count_active, count_active_of
from .diary import drafts_of, texts_by_step, typed_by_step
from .guests import GuestView, StepRead, guest_at, guest_places, guests_of, reads_as_guest
from .invitations import (
    AnswerGround,
    answer_ground,
    code_hash,
    invitation_by_code,
    invitation_by_token,
    may_invite,
    open_invitations,
    registered_address,
    takes_part_for,
    token_hash,
    waiting_invitations,
)
from .people import follows, named_exactly, named_here, people_of
from .preparing import LeftToShare, left_to_share
from .seats import Seat, collaborations_of, entry_of, organisation_at, seat, versions_of

__all__ = [
    "AnswerGround",
    "GuestView",
    "LeftToShare",
    "Seat",
    "StepRead",
    "active_by_municipality",
    "answer_ground",
    "code_hash",
    "collaborations_of",
    "count_active",
    "count_active_of",
    "drafts_of",
    "entry_of",
    "follows",
    "guest_at",
    "guest_places",
    "guests_of",
    "invitation_by_code",
    "invitation_by_token",
    "left_to_share",
    "may_invite",
    "named_exactly",
    "named_here",
    "open_invitations",
    "organisation_at",
    "people_of",
    "reads_as_guest",
    "registered_address",
    "seat",
    "takes_part_for",
    "texts_by_step",
    "token_hash",
    "typed_by_step",
    "versions_of",
    "waiting_invitations",
]
