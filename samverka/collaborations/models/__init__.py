"""Collaborations: parties, the diary, how far they have come, and what the steps leave behind."""

from .collaboration import Collaboration, NamedParty
from .diary import Attachment, Attendee, Draft, Entry, EntryVersion, Meeting, StanceTaken
from .left_behind import Commitment, CommitmentChange, Decision, Mandate, Outcome, OutcomeVersion
from .notices import Notice, NoticeChoice
from .parties import Guest, Invitation, Party
from .progress import PhaseConfirmation, PhaseReminder, StepChange

__all__ = [
    "Attachment",
    "Attendee",
    "Collaboration",
    "Commitment",
    "CommitmentChange",
    "Decision",
    "Draft",
    "Entry",
    "EntryVersion",
    "Guest",
    "Invitation",
    "Mandate",
    "Meeting",
    "NamedParty",
    "Notice",
    "NoticeChoice",
    "Outcome",
    "OutcomeVersion",
    "Party",
    "PhaseConfirmation",
    "PhaseReminder",
    "StanceTaken",
    "StepChange",
]
