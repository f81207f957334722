"""What the steps have left behind, as far as it is read from a seat. All of it is asked for here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from samverka.kernel.errors import NotVisible
from samverka.processes.enums import LeavesKind
from samverka.processes.reading import StepView

from ..enums import Circle
from ..left_behind import fields_of, kept, value_fields
from ..models import Collaboration, Decision, Mandate, Outcome
from .from_seat import Reader, from_seat
from .seats import Seat


def _in_circle(seat: Seat | Reader) -> Q:
    """What all parties read, and what this party alone reads, for who takes part for it; also when all is over."""
    everybody = Q(circle=Circle.ALL)
    return everybody | Q(circle=Circle.PARTY, party=seat.party) if seat.takes_part else everybody


def outcomes_of(seat: Seat) -> Any:
    """Return what is read from this seat: what the parties say together first, then each party's, by step."""
    around = _readable(seat).select_related("party__organisation", "party__unit", "changed_by", "shared_by")
    return around.order_by("step", "-joint", "party")


def outcomes_at(seat: Seat, step: str) -> list[Outcome]:
    """Return the same for one step; the parties are those at the seat."""
    parties = {party.pk: party for party in seat.parties}
    found: list[Outcome] = _at_step(seat, step=step)
    for outcome in found:
        outcome.party = parties[outcome.party_id]
    return sorted(found, key=lambda outcome: (not outcome.joint, outcome.party_id))


@from_seat
def _at_step(reader: Reader, step: str) -> Any:
    return _readable(reader).filter(step=step).select_related("changed_by", "shared_by")


def _readable(seat: Seat | Reader) -> Any:
    return Outcome.objects.filter(_in_circle(seat), collaboration=seat.collaboration)


def shared_outcomes(collaboration: Collaboration) -> Any:
    """Return what all parties read, whoever asks: for who has been found to be a guest."""
    shared = Outcome.objects.filter(collaboration=collaboration, circle=Circle.ALL)
    return shared.select_related("party__organisation", "party__unit").order_by("step", "-joint", "party")


def outcome_of(seat: Seat, outcome_id: str) -> Outcome:
    """Return the outcome with that public id, if it is read from this seat. Raises NotVisible."""
    outcome: Outcome | None = outcomes_of(seat).filter(public_id=outcome_id).first()
    if outcome is None:
        raise NotVisible
    return outcome


def outcome_to_write(seat: Seat, step: str, *, joint: bool) -> Outcome | None:
    """Return the one that is written next: what all say together, or this party's own; None when nobody has begun."""
    mine = Q(joint=True) if joint else Q(joint=False, party=seat.party)
    outcome: Outcome | None = outcomes_of(seat).filter(mine, step=step).first()
    return outcome


def outcome_versions(seat: Seat, outcome: Outcome) -> Any:
    """Return an outcome's contents, newest first: those that were written in a circle the person stands in."""
    seen = outcome.versions.filter(_in_circle(seat))
    return seen.select_related("by", "party__organisation", "party__unit")


def writes_together(seat: Seat, step: StepView) -> bool:
    """Whether what the step leaves behind is first of all written together here: not while a party prepares alone."""
    return not seat.alone and not kept(step).own


def fields_to_write(seat: Seat, step: StepView, *, joint: bool) -> tuple[Any, ...]:
    """Return the fields that are written from this seat: in a preparation everything is the party's own."""
    if seat.alone:
        return () if joint else value_fields(step)
    return fields_of(step, joint=joint)


def stands_on_collaboration(seat: Seat, step: StepView, *, joint: bool) -> Mapping[str, str]:
    """Return {field: column} of what the whole collaboration has in one place only: its purpose and its forms."""
    return kept(step).on_collaboration if joint or seat.alone else {}


def values_of(seat: Seat, step: StepView, outcome: Outcome | None, *, joint: bool) -> dict[str, Any]:
    """Return what is said now, with what stands on the collaboration; empty values are left out."""
    values = dict(outcome.values) if outcome else {}
    for key, column in stands_on_collaboration(seat, step, joint=joint).items():
        values[key] = getattr(seat.collaboration, column)
    return {key: value for key, value in values.items() if value}


def version_of(seat: Seat, step: StepView, outcome: Outcome | None, *, joint: bool) -> int:
    """Return the number that a form is begun from: it grows with every change of what the form shows."""
    version = outcome.version if outcome else 0
    shared = stands_on_collaboration(seat, step, joint=joint)
    return version + seat.collaboration.version if shared else version


@dataclass(frozen=True)
class Purpose:
    """Why the parties do this, and for whom; `outcome` says who wrote it, when the step has been used."""

    text: str
    target_group: str
    outcome: Outcome | None


@dataclass(frozen=True)
class Goal:
    """What the parties want to see, by which signs, and when they look."""

    text: str
    baseline: str
    signs: tuple[str, ...]
    check_on: date | None
    outcome: Outcome


@dataclass(frozen=True)
class Aims:
    """Where the parties are going: purpose, goal, and by when all are to know what becomes of it."""

    purpose: Purpose
    goal: Goal | None
    told_by: date | None


def aims_of(seat: Seat) -> Aims:
    """Return all three in one query."""
    kinds = (LeavesKind.PURPOSE, LeavesKind.GOAL, LeavesKind.CONTINUATION)
    said = {outcome.step: outcome for outcome in _left_behind(seat, *kinds)}
    steps = seat.model.steps if seat.model else ()
    purpose, goal, told = (
        next((said[step.code] for step in steps if step.leaves.kind == kind and step.code in said), None)
        for kind in kinds
    )
    return Aims(_purpose(seat, purpose), _goal(goal), _day(told, "all_told_by"))


def purpose_of(seat: Seat) -> Purpose:
    """Return the collaboration's purpose, with whom it is for as far as the parties have said."""
    return _purpose(seat, _left_behind(seat, LeavesKind.PURPOSE).first())


def _purpose(seat: Seat, outcome: Outcome | None) -> Purpose:
    values = outcome.values if outcome else {}
    return Purpose(seat.collaboration.purpose, values.get("target_group", ""), outcome)


def goal_of(seat: Seat) -> Goal | None:
    """Return the goal that the parties have written together, or that the party alone prepares; None before that."""
    return _goal(_left_behind(seat, LeavesKind.GOAL).first())


def _goal(outcome: Outcome | None) -> Goal | None:
    if outcome is None or not outcome.values.get("goal"):
        return None
    values, check_on = outcome.values, _day(outcome, "check_on")
    return Goal(values["goal"], values.get("baseline", ""), tuple(values.get("signs", ())), check_on, outcome)


def _day(outcome: Outcome | None, key: str) -> date | None:
    said = outcome.values.get(key) if outcome else None
    return date.fromisoformat(said) if said else None


def _left_behind(seat: Seat, *kinds: LeavesKind) -> Any:
    """What the parties have written together at steps of these kinds, which whoever has a seat reads; or what the
    party alone prepares there.
    """
    model = seat.model
    codes = [step.code for step in model.steps if step.leaves.kind in kinds] if model else []
    if seat.alone:
        return outcomes_of(seat).filter(joint=False, party=seat.party, step__in=codes)
    return Outcome.objects.filter(collaboration=seat.collaboration, joint=True, step__in=codes)


def decisions_of(seat: Seat, *, withdrawn: bool = False) -> list[Decision]:
    """Return the parties' decisions at home, newest first; `withdrawn` takes those struck too."""
    decisions = Decision.objects.filter(collaboration=seat.collaboration)
    if not withdrawn:
        decisions = decisions.filter(withdrawn_at=None)
    return list(
        decisions.select_related("party__organisation", "party__unit", "created_by").order_by("-decided_on", "-pk")
    )


def mandates_of(seat: Seat) -> list[Mandate]:
    """Return for whom each person speaks and what they may promise, party by party."""
    mandates = Mandate.objects.filter(collaboration=seat.collaboration, withdrawn_at=None)
    return list(mandates.select_related("party__organisation", "party__unit", "changed_by"))
