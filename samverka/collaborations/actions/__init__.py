"""Writes: starting and inviting, answering, who is at the table, and what the parties write."""

from .answering import answer_invitation
from .contacts import set_contact
from .ending import end_collaboration, reopen_collaboration
from .entries import share_entry, withdraw_entry, write_entry, write_joint_note
from .facts import change_facts
from .guests import end_guest, invite_guest
from .inviting import invite_parties, invite_party, withdraw_invitation
from .recording import match_party, name_parties, record_collaboration, remove_named_party
from .starting import set_diary_number, start_collaboration
from .taking_along import take_along

__all__ = [
    "answer_invitation",
    "change_facts",
    "end_collaboration",
    "end_guest",
    "invite_guest",
    "invite_parties",
    "invite_party",
    "match_party",
    "name_parties",
    "record_collaboration",
    "remove_named_party",
    "reopen_collaboration",
    "set_contact",
    "set_diary_number",
    "share_entry",
    "start_collaboration",
    "take_along",
    "withdraw_entry",
    "withdraw_invitation",
    "write_entry",
    "write_joint_note",
]
