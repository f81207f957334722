"""Writes: starting and inviting, answering, what the parties write, and what the steps leave behind."""

from .answering import answer_invitation
from .commitments import change_commitment, make_commitment, settle_commitment
from .decisions import record_decision, withdraw_decision
from .entries import share_entry, withdraw_entry, write_entry, write_joint_note
from .mandates import withdraw_mandate, write_mandate
from .outcomes import save_outcome, share_outcome
from .starting import invite_party, set_diary_number, start_collaboration, withdraw_invitation

__all__ = [
    "answer_invitation",
    "change_commitment",
    "invite_party",
    "make_commitment",
    "record_decision",
    "save_outcome",
    "set_diary_number",
    "settle_commitment",
    "share_entry",
    "share_outcome",
    "start_collaboration",
    "withdraw_decision",
    "withdraw_entry",
    "withdraw_invitation",
    "withdraw_mandate",
    "write_entry",
    "write_joint_note",
    "write_mandate",
]
