"""A commitment's history in words, and where it came up."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext

from samverka.collaborations.models import CommitmentChange
from samverka.collaborations.queries import Promise, Seat
from samverka.processes.reading import StepView
from samverka.web.components.words import day


@dataclass(frozen=True)
class Happened:
    """A line of the history: when, what, by whom, for which party, why."""

    when: datetime.datetime
    side: str
    party: str
    who: str
    what: str
    note: str


def history(changes: Iterable[CommitmentChange]) -> list[Happened]:
    """Return what has become of a commitment, newest first, each line beside what stood before it."""
    rows = list(changes)
    befores: list[CommitmentChange | None] = [before for _row, before in pairwise(rows)]
    return [
        Happened(
            when=row.at,
            side=row.party.side,
            party=row.party.name,
            who=str(row.by or gettext("Borttagen person")),
            what=_what(row, before),
            note=row.note,
        )
        for row, before in zip(rows, [*befores, None], strict=True)
    ]


def _what(row: CommitmentChange, before: CommitmentChange | None) -> str:
    label = str(row.get_state_display())
    due = gettext("klart senast {day}").format(day=day(row.due_on)) if row.due_on else ""
    if before is None:
        return f"{label}, {due}" if due else label
    moved = row.due_on != before.due_on
    if row.state != before.state:
        again = gettext("Lovat igen") if row.state == "promised" and before.state != "awaiting" else label
        return f"{again}, {due}" if moved and due else again
    if moved:
        return gettext("Ny dag: {day}").format(day=day(row.due_on)) if row.due_on else gettext("Dagen togs bort")
    return gettext("Orden ändrades")


def came_up_in(seat: Seat, promise: Promise) -> StepView | None:
    """Return the step in which the commitment came up."""
    code = promise.commitment.question.rpartition(".")[0]
    model = seat.model if code else None
    return model.step(code) if model else None
