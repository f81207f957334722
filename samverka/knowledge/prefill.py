"""What a collaboration already says, as the beginning of an example.

Only what all parties read is taken (users.md R1): the facts, and what the steps left behind that is shared. Entries,
a party's own notes and drafts are not read here at all.
"""

from dataclasses import dataclass, field
from typing import Any

from samverka.collaborations.enums import CommitmentState
from samverka.collaborations.left_behind import in_lines
from samverka.collaborations.models import Commitment, Outcome
from samverka.collaborations.queries import Seat
from samverka.collaborations.queries.left_behind import shared_outcomes
from samverka.processes.enums import LeavesKind
from samverka.processes.reading import StepView

MOST_LINES = 20


@dataclass(frozen=True)
class Beginning:
    """Values of the page's head, of its example, and its fields of activity."""

    head: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    fields: tuple[Any, ...] = ()


def beginning_from(seat: Seat) -> Beginning:
    """Return what is known, as far as everybody at the table reads it."""
    said = _Said(seat)
    collaboration = seat.collaboration
    over = collaboration.ended_at or collaboration.changed_at
    head = {
        "title": (said.line(LeavesKind.EXAMPLE_DRAFT, "headline") or collaboration.title)[:200],
        "summary": collaboration.purpose[:1000],
        "forms": [code for code in collaboration.forms if code != "undecided"],
        "municipality": collaboration.municipality,
        "county": collaboration.county,
        "year": (collaboration.ends_on or over).year,
        "language": collaboration.language,
    }
    return Beginning(head, _told(seat, said), tuple(collaboration.fields.all()))


def _told(seat: Seat, said: "_Said") -> dict[str, Any]:
    goal = said.texts((LeavesKind.GOAL, "goal"))
    steps = [outcome.step for outcome in said.outcomes if outcome.joint]
    return {
        "target_group": said.texts((LeavesKind.PURPOSE, "target_group"))[:1000],
        "done": _joined(goal, _promises(seat))[:6000],
        "led_to": said.texts((LeavesKind.RESULTS, "signs"), (LeavesKind.RESULTS, "our_part"))[:6000],
        "cost": said.texts(
            (LeavesKind.EXAMPLE_DRAFT, "cost"),
            *((LeavesKind.RESOURCES, key) for key in ("money_and_work", "premises", "volunteer_hours")),
        )[:3000],
        "went_wrong": said.texts(
            (LeavesKind.EXAMPLE_DRAFT, "went_wrong"),
            (LeavesKind.RESULTS, "unchanged"),
            (LeavesKind.RECONCILIATION, "broken"),
        )[:6000],
        "lessons": said.texts((LeavesKind.LESSONS, "change"), (LeavesKind.CLOSING, "last_word"))[:6000],
        "steps": sorted(set(steps)),
        "participation": said.value(LeavesKind.DECISION_ROOM, "participation"),
    }


def _promises(seat: Seat) -> str:
    """Return what was promised and kept, as lines: all parties read a commitment, and no person stands in it here."""
    kept = Commitment.objects.filter(collaboration=seat.collaboration, state=CommitmentState.KEPT)
    return "\n".join(f"- {what}" for what in kept.values_list("what", flat=True)[:MOST_LINES])


def _joined(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


class _Said:
    """What the steps left behind that everybody reads, by the kind of step."""

    def __init__(self, seat: Seat) -> None:
        self.outcomes: list[Outcome] = list(shared_outcomes(seat.collaboration)) if seat.model else []
        self._steps = {step.code: step for step in seat.model.steps} if seat.model else {}

    def texts(self, *wanted: tuple[LeavesKind, str]) -> str:
        """Return the named fields in words, one after the other; several parties' words stand below each other."""
        return _joined(*(self._text(kind, key) for kind, key in wanted))

    def line(self, kind: LeavesKind, key: str) -> str:
        """Return the first thing said there, on one line."""
        return " ".join(self._text(kind, key).split())

    def value(self, kind: LeavesKind, key: str) -> str:
        """Return a choice as its code; "" where nobody has chosen."""
        return next((str(outcome.values[key]) for outcome in self._of(kind) if outcome.values.get(key)), "")

    def _of(self, kind: LeavesKind) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if self._kind(outcome) == kind]

    def _kind(self, outcome: Outcome) -> str:
        step = self._steps.get(outcome.step)
        return step.leaves.kind if step else ""

    def _text(self, kind: LeavesKind, key: str) -> str:
        return _joined(*("\n".join(self._lines(outcome, key)) for outcome in self._of(kind)))

    def _lines(self, outcome: Outcome, key: str) -> list[str]:
        step: StepView = self._steps[outcome.step]
        for found in step.leaves.fields:
            if found.key == key:
                lines = in_lines(step, found, outcome.values.get(key))
                return [f"- {line}" for line in lines] if len(lines) > 1 else lines
        return []
