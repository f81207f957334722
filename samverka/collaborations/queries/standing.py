"""How things stand in one collaboration: the days to come and what is newest. Few queries, however much there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Decision
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


class Shared(NamedTuple):
    """A text that all parties read, without the text: where it stands, whose it is, who wrote it last and when."""

    public_id: str
    step: str
    joint: bool
    party_id: int
    at: datetime
    author: str
    author_email: str
    changed_by: str
    changed_by_email: str

    @property
    def who(self) -> str:
        """Whoever said it, or of what is joint whoever changed it last; "" for one who is gone."""
        if self.joint:
            return self.changed_by or self.changed_by_email or ""
        return self.author or self.author_email or ""


def newest_shared(seat: Seat, count: int = NEWEST) -> list[Shared]:
    """Return what was last shared with all parties or written by them together, newest first."""
    shared = seat.shared.filter(withdrawn_at__isnull=True).order_by("-changed_at", "-pk")
    rows = shared.values_list(
        "public_id", "step", "joint", "party_id", "changed_at",
        "author__name", "author__email", "changed_by__name", "changed_by__email",
    )  # fmt: skip
    return [Shared(*row) for row in rows[:count]]


def newest_decisions(seat: Seat) -> list[Decision]:
    """Return the decisions that are not withdrawn, newest first, as far as the first page says of them."""
    found = Decision.objects.filter(collaboration=seat.collaboration, withdrawn_at__isnull=True)
    shown = found.only("public_id", "what", "decided_by", "decided_on", "reference", "valid_until")
    return list(shown.order_by("-decided_on", "-pk"))


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
