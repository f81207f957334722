"""Reads over several models: seats at the table, invitations, counts."""

from .both_sides import OnBothSides, people_on_both_sides
from .counts import active_by_municipality, count_active, count_active_of
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
from .progress import PhaseStanding, PhaseState, Progress, phase_standing, progress_of
from .seats import Seat, collaborations_of, entry_of, organisation_at, seat, versions_of
from .sensitive import is_sensitive

__all__ = [
    "AnswerGround",
    "OnBothSides",
    "PhaseStanding",
    "PhaseState",
    "Progress",
    "Seat",
    "active_by_municipality",
    "answer_ground",
    "code_hash",
    "collaborations_of",
    "count_active",
    "count_active_of",
    "entry_of",
    "invitation_by_code",
    "invitation_by_token",
    "is_sensitive",
    "may_invite",
    "open_invitations",
    "organisation_at",
    "people_on_both_sides",
    "phase_standing",
    "progress_of",
    "registered_address",
    "seat",
    "takes_part_for",
    "token_hash",
    "versions_of",
    "waiting_invitations",
]
