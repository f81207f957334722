"""Writes: starting and inviting, answering, and what the parties write."""

from .answering import answer_invitation
from .drafts import drop_draft, save_draft
from .entries import Place, end_comments, share_entry, withdraw_entry, write_entry, write_joint_note
from .starting import invite_party, set_diary_number, start_collaboration, withdraw_invitation

__all__ = [
    "Place",
    "answer_invitation",
    "drop_draft",
    "end_comments",
    "invite_party",
    "save_draft",
    "set_diary_number",
    "share_entry",
    "start_collaboration",
    "withdraw_entry",
    "withdraw_invitation",
    "write_entry",
    "write_joint_note",
]
