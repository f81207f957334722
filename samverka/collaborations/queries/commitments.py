"""Commitments: those of one collaboration, and those that an organisation has to keep over all of them.

All parties read a commitment. Owners are read with it, in the same query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Value, When
from django.utils import timezone

from samverka.kernel.compiled import compiled
from samverka.kernel.errors import NotVisible
from samverka.organisations.queries import Acting

from ..enums import CollaborationState, CommitmentState
from ..models import Commitment, Party
from ..querysets import FOLLOWING
from .seats import Seat

OPEN = Q(state__in=CommitmentState.open_ones())
#: what one may ask to see, by its name in the address
STATES = ("oppna", "forsenade", "klara", "alla")
ORDERS = ("dag", "vem", "vad")


@dataclass(frozen=True)
class Promise:
    """A commitment with the parties that own it, seen on a day."""

    commitment: Commitment
    owners: tuple[Party, ...]
    today: date

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.commitment.state in CommitmentState.open_ones()

    @property
    def days_late(self) -> int:
        """How many days have gone since it should have been kept; 0 when it is not late."""
        due = self.commitment.due_on
        return (self.today - due).days if self.is_open and due and due < self.today else 0

    @property
    def sides(self) -> frozenset[str]:
        """The sides that have promised it."""
        return frozenset(party.side for party in self.owners)


def _late() -> Q:
    return OPEN & Q(due_on__lt=timezone.localdate())


def _with_owners(commitments: Any) -> Any:
    return commitments.annotate(owner_ids=ArrayAgg("owners", default=Value([]), distinct=True))


def _by_day(commitments: Any) -> Any:
    return commitments.order_by(F("due_on").asc(nulls_last=True), "pk")


def promises(rows: Iterable[Any], parties: Iterable[Party]) -> list[Promise]:
    """Return rows of the queries below with their owners, taken from `parties`."""
    by_key = {party.pk: party for party in parties}
    today = timezone.localdate()
    return [Promise(row, tuple(by_key[pk] for pk in row.owner_ids if pk in by_key), today) for row in rows]


def commitments_of(seat: Seat, *, state: str = "alla", party: str = "", order: str = "dag") -> Any:
    """Return the collaboration's commitments with `owner_ids`: those in `state` (of STATES), owned by the party with
    that public id when one is named. Late ones come first, then by day (or by owner, or by what), the settled last.
    """
    narrowed = {"oppna": OPEN, "forsenade": _late(), "klara": ~OPEN}.get(state, Q())
    found = Commitment.objects.filter(narrowed, collaboration=seat.collaboration)
    if party:
        found = found.filter(
            Exists(Commitment.owners.through.objects.filter(commitment=OuterRef("pk"), party__public_id=party))
        )
    rank = Case(When(_late(), then=0), When(OPEN, then=1), default=2)
    first = {"vem": "first_owner", "vad": "what"}.get(order, rank)
    listed = _with_owners(found).annotate(first_owner=Min("owners__organisation__sort_key"))
    return listed.order_by(first, F("due_on").asc(nulls_last=True), "pk")


def commitment_counts(seat: Seat) -> Mapping[str, int]:
    """Return how many there are in each of STATES."""
    return Commitment.objects.filter(collaboration=seat.collaboration).aggregate(
        oppna=Count("pk", filter=OPEN),
        forsenade=Count("pk", filter=_late()),
        klara=Count("pk", filter=~OPEN),
        alla=Count("pk"),
    )


def late_commitments(seat: Seat) -> list[Promise]:
    """Return those that should have been kept already, the oldest first."""
    late = Commitment.objects.filter(_late(), collaboration=seat.collaboration)
    return promises(_by_day(_with_owners(late)), seat.parties)


def open_commitments(seat: Seat) -> list[Promise]:
    """Return those that are still to be kept: by day, those without a day last."""
    return promises(_open.all(collaboration=seat.collaboration.pk), seat.parties)


@compiled
def _open(collaboration: int) -> Any:
    return _by_day(_with_owners(Commitment.objects.filter(OPEN, collaboration=collaboration)))


def commitment_of(seat: Seat, commitment_id: str) -> Promise:
    """Return the commitment with that public id. Raises NotVisible when it is not in this collaboration."""
    found = Commitment.objects.filter(public_id=commitment_id, collaboration=seat.collaboration)
    rows = list(_with_owners(found.select_related("made_by__organisation", "made_by__unit", "created_by")))
    if not rows:
        raise NotVisible
    return promises(rows, seat.parties)[0]


def commitment_changes(seat: Seat, promise: Promise) -> Any:
    """Return what has become of a commitment, newest first, with who said so."""
    return promise.commitment.changes.select_related("by", "party__organisation", "party__unit")


def our_open_commitments(acting: Acting) -> Any:
    """Return what the organisation has promised and not yet kept, over all its collaborations: in those where the
    person takes part for it or follows, for the units that the person reaches, and that have not ended. By day, those
    without a day last.
    """
    reached = Party.objects.filter(organisation=acting.organisation, state="active").of_person(acting.user, FOLLOWING)
    ours = Commitment.owners.through.objects.filter(commitment=OuterRef("pk"), party__in=reached.values("pk"))
    still = Commitment.objects.filter(OPEN, Exists(ours)).exclude(collaboration__state=CollaborationState.ENDED)
    return _by_day(_with_owners(still.select_related("collaboration")))


def owners_of(rows: Iterable[Any]) -> list[Promise]:
    """Return rows of `our_open_commitments` with their owners, asked for in one query."""
    found = list(rows)
    keys = {pk for row in found for pk in row.owner_ids}
    return promises(found, Party.objects.filter(pk__in=keys).select_related("organisation", "unit"))
