"""Writes: starting and inviting, answering, and what the parties write."""

from .answering import answer_invitation
from .attachments import attach_file, withdraw_attachment
from .drafts import drop_draft, save_draft
from .entries import Place, end_comments, share_entry, withdraw_entry, write_entry, write_joint_note
from .meeting_words import TOGETHER, Typed, confirm_entry, take_stance, write_at_meeting
from .meetings import Present, add_attendee, end_meeting, start_meeting
from .notices import choose_notices
from .starting import invite_party, set_diary_number, start_collaboration, withdraw_invitation

__all__ = [
    "TOGETHER",
    "Place",
    "Present",
    "Typed",
    "add_attendee",
    "answer_invitation",
    "attach_file",
    "choose_notices",
    "confirm_entry",
    "drop_draft",
    "end_comments",
    "end_meeting",
    "invite_party",
    "save_draft",
    "set_diary_number",
    "share_entry",
    "start_collaboration",
    "start_meeting",
    "take_stance",
    "withdraw_attachment",
    "withdraw_entry",
    "withdraw_invitation",
    "write_at_meeting",
    "write_entry",
    "write_joint_note",
]
