"""The panel of a step: what it has left behind, as this seat reads it, and what the person may do with it."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from samverka.collaborations.enums import Rows
from samverka.collaborations.left_behind import kept
from samverka.collaborations.mandate_periods import Holds, holds
from samverka.collaborations.models import Decision, Mandate, Party
from samverka.collaborations.queries import (
    Promise,
    Seat,
    commitments_of,
    decisions_of,
    fields_to_write,
    mandates_of,
    outcomes_at,
    promises,
    writes_together,
)
from samverka.collaborations.rules import can_set_diary_number
from samverka.processes.enums import LeavesKind
from samverka.processes.reading import StepView

from .said import Compared, OutcomeView, compared, outcome_view, place

#: With more parties than this, those who have said nothing are counted, not drawn.
FEW = 4


@dataclass(frozen=True)
class Held:
    """A decision or a mandate, with whether it still holds and whether it outlives the mandate period (users.md R14).

    Elections matter to a public body's; of an association's it is only told when its last day is past.
    """

    row: Decision | Mandate
    may_change: bool = False

    @property
    def holds(self) -> Holds | None:
        """How long it holds; None when there is nothing to tell."""
        found = holds(self.row.valid_until)
        told = found == Holds.PAST or self.row.party.organisation.is_public_body
        # A mandate without a last day is a person's post, which has its own.
        return None if (found == Holds.NO_END and isinstance(self.row, Mandate)) or not told else found

    @property
    def color(self) -> str:
        """The ground that the mark stands on."""
        return {Holds.OUTLIVES: "success", Holds.PAST: "danger"}.get(self.holds or Holds.NO_END, "warning")


@dataclass(frozen=True)
class Panel:
    """The panel of a step. `rows` says which table also belongs to it; `ways` is what the person may do, by name, and
    `asks` what there is to fill in first.
    """

    step: StepView
    language: str
    alone: bool
    together: list[OutcomeView]
    own: list[OutcomeView]
    silent: list[Party]
    said: int
    of: int
    ways: dict[str, str]
    asks: list[str]
    rows: str = ""
    promises: list[Promise] = field(default_factory=list)
    mandates: list["Held"] = field(default_factory=list)
    decisions: list["Held"] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the step has left nothing behind yet."""
        rows = (self.promises, self.mandates, self.decisions)
        return not (self.together or self.own or any(rows) or self.rows in {Rows.CONTACTS, Rows.DIARY_NUMBERS})


def left_behind_panel(seat: Seat, step: StepView | str) -> dict[str, Panel | None]:
    """Return the context of `_left_behind.html`: what the step has left behind, as this seat reads it."""
    model = seat.model
    view = model.step(step) if model and isinstance(step, str) else step
    if model is None or not isinstance(view, StepView):
        return {"left_behind": None}
    found = [outcome_view(seat, view, outcome) for outcome in outcomes_at(seat, view.code)]
    how, own = kept(view), [one for one in found if not one.outcome.joint]
    silent = _silent(seat, own) if how.own and fields_to_write(seat, view, joint=False) else []
    panel = Panel(
        step=view,
        language=model.language,
        alone=seat.alone,
        together=[one for one in found if one.outcome.joint],
        own=own,
        silent=silent if len(seat.active) <= FEW else [],
        said=len(seat.active) - len(silent) if silent else 0,
        of=len(seat.active),
        ways=_ways(seat, view, found),
        asks=[asked.label for asked in fields_to_write(seat, view, joint=writes_together(seat, view))],
        compared=compared(view, own),
        rows=str(how.rows or ""),
        **_rows(seat, view, how.rows),
    )
    return {"left_behind": panel}


def _silent(seat: Seat, own: list[OutcomeView]) -> list[Party]:
    said = {one.party.pk for one in own}
    return [party for party in seat.active if party.pk not in said]


def _ways(seat: Seat, step: StepView, found: list[OutcomeView]) -> dict[str, str]:
    """Return {what can be done: its address} for the person at this seat."""
    args = place(seat)
    ways = {}
    joint = writes_together(seat, step)
    if seat.writes and fields_to_write(seat, step, joint=joint) and not _begun(seat, found, joint):
        ways["write"] = reverse("left_behind", args=[*args, step.code])
    if seat.writes and kept(step).own and fields_to_write(seat, step, joint=True) and not _begun(seat, found, True):
        ways["write_together"] = reverse("left_behind_together", args=[*args, step.code])
    return ways | _row_ways(seat, step)


def _begun(seat: Seat, found: list[OutcomeView], joint: bool) -> bool:
    return any(one.outcome.joint if joint else one.party.pk == seat.party.pk for one in found)


def _row_ways(seat: Seat, step: StepView) -> dict[str, str]:
    args, writes = place(seat), seat.writes and not seat.alone
    question = f"?fraga={step.question.code}"
    match kept(step).rows:
        case Rows.COMMITMENTS:
            ways = {"commitments": reverse("commitments", args=args)}
            return ways | ({"promise": reverse("commitment_new", args=args) + question} if writes else {})
        case Rows.MANDATES:
            ways = {"mandates": reverse("mandates", args=args)}
            return ways | ({"mandate": reverse("mandate_new", args=args)} if writes else {})
        case Rows.DECISIONS:
            ways = {"decisions": reverse("decisions", args=args)}
            may_decide = writes and not seat.both_sides
            return ways | ({"decision": reverse("decision_new", args=args)} if may_decide else {})
        case Rows.CONTACTS if seat.writes:
            return {"contact": reverse("collaboration_contact", args=args)}
        case Rows.DIARY_NUMBERS if can_set_diary_number(seat.user, seat):
            return {"diary_number": reverse("diary_number", args=args)}
    return {}


def _rows(seat: Seat, step: StepView, rows: Rows | None) -> dict[str, Any]:
    match rows:
        case Rows.COMMITMENTS:
            return {"promises": promises(_commitments(seat, step), seat.parties)}
        case Rows.MANDATES:
            return {"mandates": [Held(mandate) for mandate in mandates_of(seat)]}
        case Rows.DECISIONS:
            return {"decisions": [Held(decision) for decision in decisions_of(seat)]}
        case Rows.CONTACTS | Rows.DIARY_NUMBERS:
            return {"parties": seat.active}
    return {}


def _commitments(seat: Seat, step: StepView) -> Any:
    """The first promise is the one that came up there; the state of promises is about those still open."""
    if step.leaves.kind == LeavesKind.FIRST_COMMITMENT:
        return commitments_of(seat).filter(question__startswith=f"{step.code}.")
    return commitments_of(seat, state="oppna" if step.leaves.kind == LeavesKind.COMMITMENT_STATUS else "alla")
