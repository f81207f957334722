"""How things stand in one collaboration: the days to come and the decisions. Few queries, however much there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.compiled import compiled

from ..models import Decision
from .commitments import Promise
from .left_behind import Aims
from .seats import Seat


@dataclass(frozen=True)
class Coming:
    """A day to come: when, what happens then, and the named page that tells more."""

    on: date
    what: str
    route: tuple[str, ...]


def newest_decisions(seat: Seat) -> list[Decision]:
    """Return the decisions that are not withdrawn, newest first, as far as the first page says of them."""
    return _decisions.all(collaboration=seat.collaboration.pk)


@compiled
def _decisions(collaboration: int) -> Any:
    found = Decision.objects.filter(collaboration=collaboration, withdrawn_at__isnull=True)
    shown = found.select_related("created_by").only(
        "public_id", "what", "decided_by", "decided_on", "reference", "valid_until",
        "party_id", "created_at", "created_by__name", "created_by__email",
    )  # fmt: skip
    return shown.order_by("-decided_on", "-pk")


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
