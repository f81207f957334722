"""A phase and what has been said of it: its steps with their states, each party's word, where it stands.

Silence is no word: it blocks nothing and confirms nothing (users.md R13).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from samverka.processes.enums import LeavesKind
from samverka.processes.reading import PhaseView, StepView

from ..enums import NOT_BEGUN, PhaseAnswer, StepState
from ..models import Party


class Change(NamedTuple):
    """A row of a step: which, what it became, when."""

    step: str
    state: str
    at: datetime


class Answer(NamedTuple):
    """A party's word on a phase."""

    pk: int
    phase: int
    party_id: int
    answer: str
    comment: str
    at: datetime
    by: str


class PhaseState(StrEnum):
    """Where a phase stands, in the order that it may go."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    NOT_YET = "not_yet"
    ASKED = "asked"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class StepStanding:
    """A step with its state: of StepState, or "" for not begun; `since` is when it came there."""

    step: StepView
    state: str
    since: datetime | None

    @property
    def done(self) -> bool:
        """Whether it is done, for now."""
        return self.state == StepState.DONE


@dataclass(frozen=True)
class PhaseVoice:
    """A party at the table and its word on a phase; None when it has said nothing that still holds.

    `asked_at` is when the question came to this party: the first confirmation that holds, or the day it joined.
    """

    party: Party
    said: Answer | None
    asked_at: datetime | None

    @property
    def silent(self) -> bool:
        """Whether it has been asked and has not answered."""
        return self.said is None and self.asked_at is not None

    @property
    def asked_today(self) -> bool:
        """Whether the question came today: it is early to speak of silence."""
        return self.asked_at is not None and timezone.localdate(self.asked_at) == timezone.localdate()


@dataclass(frozen=True)
class PhaseStanding:
    """A phase: its steps and what each party at the table has said of it."""

    phase: PhaseView
    steps: tuple[StepStanding, ...]
    voices: tuple[PhaseVoice, ...]

    @property
    def total(self) -> int:
        """How many steps the phase has."""
        return len(self.steps)

    @cached_property
    def done(self) -> int:
        """How many of its steps are done."""
        return sum(step.done for step in self.steps)

    @cached_property
    def confirmed(self) -> tuple[PhaseVoice, ...]:
        """Those who have said that the phase is done."""
        return tuple(v for v in self.voices if v.said and v.said.answer == PhaseAnswer.CONFIRMED)

    @cached_property
    def not_yet(self) -> tuple[PhaseVoice, ...]:
        """Those who have said that it is not."""
        return tuple(v for v in self.voices if v.said and v.said.answer == PhaseAnswer.NOT_YET)

    @cached_property
    def silent(self) -> tuple[PhaseVoice, ...]:
        """Those who have been asked and have not answered."""
        return tuple(voice for voice in self.voices if voice.silent)

    @property
    def asked_at(self) -> datetime | None:
        """When the question first came: the earliest confirmation that holds."""
        return min((voice.said.at for voice in self.confirmed if voice.said), default=None)

    @property
    def begun(self) -> bool:
        """Whether anything has happened in the phase; where one invites, that somebody has said yes."""
        return self.worked_in or (len(self.voices) > 1 and self._invites)

    @property
    def worked_in(self) -> bool:
        """Whether a step is begun, or a party has said something of the phase."""
        return any(step.state != NOT_BEGUN for step in self.steps) or any(voice.said for voice in self.voices)

    @property
    def _invites(self) -> bool:
        return any(step.step.leaves.kind == LeavesKind.INVITATION_LIST for step in self.steps)

    @property
    def state(self) -> PhaseState:
        """Where it stands. One who says "not yet" is heard before those who confirm; silence changes nothing."""
        if self.not_yet:
            return PhaseState.NOT_YET
        if self.confirmed:
            return PhaseState.CONFIRMED if len(self.confirmed) == len(self.voices) else PhaseState.ASKED
        return PhaseState.UNDER_WAY if self.begun else PhaseState.NOT_BEGUN

    def voice_of(self, party: Party) -> PhaseVoice | None:
        """Return what `party` has said, None when it is not at the table."""
        return next((voice for voice in self.voices if voice.party.pk == party.pk), None)

    @property
    def waits_for_answer(self) -> bool:
        """Whether somebody at the table has confirmed it and others have not answered."""
        return bool(self.silent)
