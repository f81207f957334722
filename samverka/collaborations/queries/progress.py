"""How far the parties have come: states of steps and the parties' words on phases, in two queries for a collaboration.

Silence is no word: it blocks nothing and confirms nothing (users.md R13).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Value

from samverka.kernel.compiled import compiled
from samverka.processes.reading import ModelView, PhaseView, StepView

from ..enums import NOT_BEGUN, PhaseAnswer, StepState
from ..models import Collaboration, Party, PhaseConfirmation, StepChange
from .phases import Answer, Change, PhaseStanding, PhaseState, PhaseVoice, StepStanding
from .seats import Seat


class Progress:
    """All that has been said of one collaboration's steps and phases; `changes` and `answers` newest first."""

    def __init__(
        self, model: ModelView, parties: Iterable[Party], changes: Iterable[Change], answers: Iterable[Answer]
    ) -> None:
        self.model = model
        self._parties = tuple(parties)
        self.changes = tuple(changes)
        self.answers = tuple(answers)
        self._standings: dict[int, PhaseStanding] = {}

    @cached_property
    def _newest(self) -> dict[str, Change]:
        newest: dict[str, Change] = {}
        for change in self.changes:
            newest.setdefault(change.step, change)
        return newest

    @cached_property
    def _reopened(self) -> dict[int, datetime]:
        """When a step of each phase was last opened again: confirmations from before that hold no longer."""
        reopened: dict[int, datetime] = {}
        for change in self.changes:
            if change.state == StepState.REOPENED:
                reopened.setdefault(_phase_of(change.step), change.at)
        return reopened

    @cached_property
    def _holding(self) -> dict[tuple[int, int], Answer]:
        """The newest answer of each party on each phase, if it still holds."""
        newest: dict[tuple[int, int], Answer] = {}
        for answer in self.answers:
            newest.setdefault((answer.phase, answer.party_id), answer)
        return {key: answer for key, answer in newest.items() if self._holds(answer)}

    def _holds(self, answer: Answer) -> bool:
        reopened = self._reopened.get(answer.phase)
        return answer.answer == PhaseAnswer.NOT_YET or reopened is None or answer.at > reopened

    def answer_of(self, phase: int, party: Party) -> Answer | None:
        """Return the party's word on the phase, if it still holds."""
        return self._holding.get((phase, party.pk))

    def state_of(self, step: str) -> str:
        """Return a step's state, "" for not begun."""
        change = self._newest.get(step)
        return change.state if change else NOT_BEGUN

    def step(self, step: StepView) -> StepStanding:
        """Return a step with its state."""
        change = self._newest.get(step.code)
        return StepStanding(step, change.state, change.at) if change else StepStanding(step, NOT_BEGUN, None)

    @cached_property
    def phases(self) -> dict[int, PhaseStanding]:
        """Every phase by its number."""
        return {phase.number: self.phase(phase) for phase in self.model.phases}

    def phase(self, phase: PhaseView) -> PhaseStanding:
        """Return one phase; the same each time."""
        if phase.number not in self._standings:
            self._standings[phase.number] = self._standing(phase)
        return self._standings[phase.number]

    def _standing(self, phase: PhaseView) -> PhaseStanding:
        said = [(party, self.answer_of(phase.number, party)) for party in self._parties]
        confirmations = [answer.at for _party, answer in said if answer and answer.answer == PhaseAnswer.CONFIRMED]
        asked_at = min(confirmations, default=None)
        voices = tuple(PhaseVoice(party, answer, _asked(party, answer, asked_at)) for party, answer in said)
        return PhaseStanding(phase, tuple(self.step(step) for step in phase.steps), voices)

    @cached_property
    def here(self) -> PhaseStanding | None:
        """The phase where the parties are: where a step last changed, unless that phase is over; then the next that
        is not. None when all are.
        """
        newest = _phase_of(self.changes[0].step) if self.changes else 0
        # From there on to the end, then from the beginning: a list asks this fifty times, and mostly the first is it.
        in_turn = sorted(self.model.phases, key=lambda phase: (phase.number < newest, phase.number))
        standings = (self.phase(phase) for phase in in_turn)
        return next((standing for standing in standings if not _is_over(standing)), None)

    @property
    def begun_at_once(self) -> list[PhaseStanding]:
        """The phases that the parties work in, where they are several and none of them is over; else empty."""
        begun = [standing for standing in self.phases.values() if standing.worked_in]
        return begun if len(begun) > 1 and not any(map(_is_over, begun)) else []

    def next_step(self, chosen: Iterable[str] = ()) -> StepView | None:
        """Return the step to go on with: one under way or opened again, then the first not begun of those the parties
        chose, or else of the short path. None when all of them are done.
        """
        begun = [change.step for change in self._newest.values() if change.state != StepState.DONE]
        wanted = [*begun, *(chosen or [step.code for stop in self.model.short_path for step in stop.steps])]
        left = (self.model.step(code) for code in wanted if self.state_of(code) != StepState.DONE)
        return next((step for step in left if step), None)


def _phase_of(step: str) -> int:
    return int(step.partition(".")[0])


def _is_over(standing: PhaseStanding) -> bool:
    """Whether the parties have left the phase behind: all have confirmed it, or all its steps are done."""
    return standing.state == PhaseState.CONFIRMED or (standing.done == standing.total and not standing.not_yet)


def _asked(party: Party, answer: Answer | None, asked_at: datetime | None) -> datetime | None:
    if asked_at is None or answer is not None or party.joined_at is None:
        return None
    return max(asked_at, party.joined_at)


#: A list says nothing of who answered, and asks for nobody's name.
_NOBODY = Value("", output_field=CharField())
_CHANGE = ("step", "state", "at")
_ANSWER = ("pk", "phase", "party_id", "answer", "comment", "at")


def progress_of(seat: Seat, model: ModelView | None = None) -> Progress:
    """Return how far the collaboration at `seat` has come; empty where it follows no model. Two queries, and one for
    the model unless it is given.
    """
    found = model or seat.model
    if found is None:
        raise LookupError("a matter put in afterwards has no steps")
    key = seat.collaboration.pk
    changes = [Change(*row) for row in _changes.all(collaboration=key)]
    answers = [Answer(*row) for row in _answers.all(collaboration=key)]
    return Progress(found, seat.active, changes, answers)


@compiled
def _changes(collaboration: int) -> Any:
    return _newest(StepChange, collaboration=collaboration).values_list(*_CHANGE)


@compiled
def _answers(collaboration: int) -> Any:
    rows = _newest(PhaseConfirmation, collaboration=collaboration)
    return rows.annotate(who=F("by__name")).values_list(*_ANSWER, "who")


def phase_standing(seat: Seat) -> dict[int, PhaseStanding]:
    """Return where each phase stands, by its number; empty where the collaboration follows no model."""
    model = seat.model
    return progress_of(seat, model).phases if model else {}


def joined(collaboration: Collaboration) -> list[Party]:
    """Return the parties that have joined, of those that have been fetched with the collaboration."""
    return [party for party in collaboration.parties.all() if party.state == "active"]


def progress_of_many(
    collaborations: Iterable[Collaboration],
    models: Mapping[int, ModelView | None],
    at_table: Callable[[Collaboration], Iterable[Party]] = joined,
) -> dict[int, Progress]:
    """Return how far each has come, by key, in two queries; `models` by the key of their edition, `at_table` gives the
    parties that have joined. Those that follow no model are left out.
    """
    following = [(c, models.get(c.model_version_id or 0)) for c in collaborations]
    rows = _rows([collaboration.pk for collaboration, model in following if model])
    found = {}
    for collaboration, model in following:
        if model:
            changes, answers = rows.get(collaboration.pk, ([], []))
            found[collaboration.pk] = Progress(model, at_table(collaboration), changes, answers)
    return found


def _rows(keys: list[int]) -> dict[int, tuple[list[Change], list[Answer]]]:
    found: dict[int, tuple[list[Change], list[Answer]]] = {}
    for key, *change in _changes_of_many.all(keys=keys):
        found.setdefault(key, ([], []))[0].append(Change(*change))
    for key, *answer in _answers_of_many.all(keys=keys):
        found.setdefault(key, ([], []))[1].append(Answer(*answer))
    return found


@compiled
def _changes_of_many(keys: list[int]) -> Any:
    return _newest(StepChange, collaboration__any_of=keys).values_list("collaboration_id", *_CHANGE)


@compiled
def _answers_of_many(keys: list[int]) -> Any:
    rows = _newest(PhaseConfirmation, collaboration__any_of=keys).annotate(who=_NOBODY)
    return rows.values_list("collaboration_id", *_ANSWER, "who")


def _newest(model: Any, **where: Any) -> Any:
    return model.objects.filter(**where).order_by("-at", "-pk")
