"""Writes: starting and inviting, answering, who is at the table, what the parties write and what steps leave behind."""

from .answering import answer_invitation
from .attachments import attach_file, withdraw_attachment
from .commitments import change_commitment, make_commitment, settle_commitment
from .contacts import set_contact
from .decisions import record_decision, withdraw_decision
from .drafts import drop_draft, save_draft
from .ending import end_collaboration, reopen_collaboration
from .entries import Place, end_comments, share_entry, withdraw_entry, write_entry, write_joint_note
from .facts import change_facts
from .guests import end_guest, invite_guest
from .inviting import invite_parties, invite_party, withdraw_invitation
from .mandates import withdraw_mandate, write_mandate
from .meeting_words import TOGETHER, Typed, confirm_entry, write_at_meeting
from .meetings import Present, add_attendee, end_forgotten_meetings, end_meeting, start_meeting
from .notices import choose_notices
from .outcomes import save_outcome, share_outcome
from .progress import answer_phase, change_step, note_activity
from .recording import match_party, name_parties, record_collaboration, remove_named_party
from .starting import set_diary_number, start_collaboration
from .taking_along import take_along

__all__ = [
    "TOGETHER",
    "Place",
    "Present",
    "Typed",
    "add_attendee",
    "answer_invitation",
    "answer_phase",
    "attach_file",
    "change_commitment",
    "change_facts",
    "change_step",
    "choose_notices",
    "confirm_entry",
    "drop_draft",
    "end_collaboration",
    "end_comments",
    "end_forgotten_meetings",
    "end_guest",
    "end_meeting",
    "invite_guest",
    "invite_parties",
    "invite_party",
    "make_commitment",
    "match_party",
    "name_parties",
    "note_activity",
    "record_collaboration",
    "record_decision",
    "remove_named_party",
    "reopen_collaboration",
    "save_draft",
    "save_outcome",
    "set_contact",
    "set_diary_number",
    "settle_commitment",
    "share_entry",
    "share_outcome",
    "start_collaboration",
    "start_meeting",
    "take_along",
    "withdraw_attachment",
    "withdraw_decision",
    "withdraw_entry",
    "withdraw_invitation",
    "withdraw_mandate",
    "write_at_meeting",
    "write_entry",
    "write_joint_note",
    "write_mandate",
]
