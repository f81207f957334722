"""Writes: starting and inviting, answering, and what the parties write."""

from .answering import answer_invitation
from .entries import share_entry, withdraw_entry, write_entry, write_joint_note
from .progress import answer_phase, change_step, note_activity
from .starting import invite_party, set_diary_number, start_collaboration, withdraw_invitation

__all__ = [
    "answer_invitation",
    "answer_phase",
    "change_step",
    "invite_party",
    "note_activity",
    "set_diary_number",
    "share_entry",
    "start_collaboration",
    "withdraw_entry",
    "withdraw_invitation",
    "write_entry",
    "write_joint_note",
]
