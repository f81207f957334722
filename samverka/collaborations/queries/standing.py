"""How things stand in one collaboration: the days to come and what is newest. Few queries, however much there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Decision, Entry
from .commitments import Promise
from .left_behind import Aims
from .seats import Seat

#: As many as a page shows before it sends on to the whole list.
NEWEST = 5


@dataclass(frozen=True)
class Coming:
    """A day to come: when, what happens then, and the named page that tells more."""

    on: date
    what: str
    route: tuple[str, ...]


def newest_shared(seat: Seat, count: int = NEWEST) -> list[Entry]:
    """Return what was last shared with all parties or written by them together, newest first."""
    shared = seat.shared.filter(withdrawn_at__isnull=True)
    return list(shared.select_related("author", "changed_by").defer("text").order_by("-changed_at", "-pk")[:count])


def coming_days(seat: Seat, promises: Iterable[Promise], aims: Aims, decisions: Iterable[Decision]) -> list[Coming]:
    """Return the days from today on, soonest first."""
    here = (seat.acting.organisation.public_id, seat.collaboration.public_id)
    found = [
        Coming(promise.commitment.due_on, promise.commitment.what, ("commitment", *here, promise.commitment.public_id))
        for promise in promises
        if promise.commitment.due_on
    ]
    found += [
        Coming(
            decision.valid_until,
            _("Beslutet slutar gälla: %(what)s") % {"what": decision.what},
            ("decisions", *here),
        )
        for decision in decisions
        if decision.valid_until
    ]
    found += _of_the_whole(seat, aims, here)
    today = timezone.localdate()
    return sorted((coming for coming in found if coming.on >= today), key=lambda coming: coming.on)


def _of_the_whole(seat: Seat, aims: Aims, here: tuple[str, str]) -> list[Coming]:
    goal, ends_on = aims.goal, seat.collaboration.ends_on
    days: list[tuple[Any, str, tuple[str, ...]]] = [
        (goal.check_on if goal else None, _("Då ser vi efter om målet är nått"), _step(goal, here)),
        (aims.told_by, _("Alla ska ha fått besked om fortsättningen"), ("diary", *here)),
        (ends_on, _("Perioden tar slut"), ("collaboration_about", *here)),
    ]
    return [Coming(on, what, route) for on, what, route in days if on]


def _step(goal: Any, here: tuple[str, str]) -> tuple[str, ...]:
    return ("diary_step", *here, goal.outcome.step) if goal else ("diary", *here)
