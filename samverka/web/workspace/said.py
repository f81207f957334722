"""What was said in a step as its pages read it: by whom, who reads it, what may be done with it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from samverka.collaborations.circles import readers_of, shared_readers
from samverka.collaborations.left_behind import in_lines, kept, kind_of, value_fields
from samverka.collaborations.models import Outcome, Party
from samverka.collaborations.principles import PRINCIPLES, Answer, widest
from samverka.collaborations.queries import Seat, fields_to_write, values_of
from samverka.collaborations.rules import can_share_outcome
from samverka.processes.enums import FieldKind, LeavesKind
from samverka.processes.reading import StepView


@dataclass(frozen=True)
class Fact:
    """A field in words: one text, or several lines of a list."""

    label: str
    lines: list[str]
    as_list: bool


@dataclass(frozen=True)
class OutcomeView:
    """What was said, by whom and for whom; `name` is the party, or all together."""

    outcome: Outcome
    step: StepView
    party: Party
    facts: list[Fact]
    readers: tuple[str, ...]
    prepared: bool
    share_url: str = ""
    edit_url: str = ""
    history_url: str = ""

    @property
    def side(self) -> str:
        """The side that says it."""
        return "shared" if self.outcome.joint else self.party.side


@dataclass(frozen=True)
class Given:
    """A party's answer to one principle."""

    party: Party
    label: str
    comment: str


@dataclass(frozen=True)
class Compared:
    """One principle with the parties' answers beside each other."""

    name: str
    statements: list[tuple[str, str]]
    answers: list[Given]
    widest: bool


def place(seat: Seat) -> tuple[str, str]:
    """Return what stands first in every address of the collaboration."""
    return seat.acting.organisation.public_id, seat.collaboration.public_id


def back_url(seat: Seat, step: str) -> str:
    """Return the address of the step's page, where it tells what the step leaves behind."""
    return reverse("diary_step", args=[*place(seat), step]) + "#lamnar"


def all_readers(seat: Seat) -> tuple[str, ...]:
    """Return the names of all parties, who read what is not one party's own."""
    return shared_readers(seat.parties)


def outcome_view(seat: Seat, step: StepView, outcome: Outcome) -> OutcomeView:
    """Return an outcome with what stands around it."""
    party = next(party for party in seat.parties if party.pk == outcome.party_id)
    args = [*place(seat), step.code]
    mine = seat.writes and (outcome.joint or outcome.party_id == seat.party.pk)
    may_write = mine and bool(fields_to_write(seat, step, joint=outcome.joint))
    edit = "left_behind_together" if outcome.joint and kept(step).own else "left_behind"
    return OutcomeView(
        outcome=outcome,
        step=step,
        party=party,
        facts=facts_of(seat, step, outcome),
        readers=readers_of(outcome.circle, party, seat.parties, author=""),
        prepared=not outcome.joint and not kept(step).own,
        share_url=reverse("left_behind_share", args=[*args, outcome.public_id])
        if can_share_outcome(seat, outcome)
        else "",
        edit_url=reverse(edit, args=args) if may_write else "",
        history_url=reverse("left_behind_history", args=[*args, outcome.public_id]) if outcome.version > 1 else "",
    )


def facts_of(seat: Seat, step: StepView, outcome: Outcome) -> list[Fact]:
    """Return what an outcome says, in the order of the step's fields."""
    return facts_in(step, values_of(seat, step, outcome, joint=outcome.joint))


def facts_in(step: StepView, values: dict[str, Any]) -> list[Fact]:
    """Return values in words, in the order of the step's fields; those that are empty are left out."""
    as_lists = {FieldKind.LIST, FieldKind.PEOPLE, "forms", "principles"}
    told = [
        Fact(found.label, in_lines(step, found, values.get(found.key)), kind_of(step, found) in as_lists)
        for found in value_fields(step)
    ]
    return [fact for fact in told if fact.lines]


def compared(step: StepView, own: list[OutcomeView]) -> list[Compared]:
    """Return the six principles with the answers that are read from this seat; none before somebody has answered."""
    if step.leaves.kind != LeavesKind.TWO_VIEWS or not own:
        return []
    by_party = [(one.party, one.outcome.values.get("answers", {})) for one in own]
    apart = widest({six.key: [answers.get(six.key, {}) for _party, answers in by_party] for six in PRINCIPLES})
    sides = sorted({party.side for party, _answers in by_party}, reverse=True)
    return [
        Compared(
            name=str(six.name),
            statements=[(side, str(six.statement(side))) for side in sides],
            answers=[_given(party, answers.get(six.key, {})) for party, answers in by_party],
            widest=six.key in apart,
        )
        for six in PRINCIPLES
    ]


def _given(party: Party, answer: dict[str, str]) -> Given:
    label = str(Answer(answer["answer"]).label) if answer.get("answer") else ""
    return Given(party, label, answer.get("comment", ""))
