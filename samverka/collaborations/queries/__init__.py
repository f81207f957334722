"""Reads over several models: seats at the table, invitations, counts."""

from .counts import active_by_municipality, count_active, count_active_of
from .diary import drafts_of, texts_by_step, typed_by_step
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
from .meetings import (
    Asked,
    QuestionSaid,
    Words,
    agenda,
    meeting_of,
    meeting_under_way,
    meetings_of,
    people_at_table,
    said_at,
)
from .notices import answered_for, notice_choice
from .seats import Seat, collaborations_of, entry_of, organisation_at, seat, versions_of
from .sensitive import is_sensitive

__all__ = [
    "AnswerGround",
    "Asked",
    "QuestionSaid",
    "Seat",
    "Words",
    "active_by_municipality",
    "agenda",
    "answer_ground",
    "answered_for",
    "code_hash",
    "collaborations_of",
    "count_active",
    "count_active_of",
    "drafts_of",
    "entry_of",
    "invitation_by_code",
    "invitation_by_token",
    "is_sensitive",
    "may_invite",
    "meeting_of",
    "meeting_under_way",
    "meetings_of",
    "notice_choice",
    "open_invitations",
    "organisation_at",
    "people_at_table",
    "registered_address",
    "said_at",
    "seat",
    "takes_part_for",
    "texts_by_step",
    "token_hash",
    "typed_by_step",
    "versions_of",
    "waiting_invitations",
]
