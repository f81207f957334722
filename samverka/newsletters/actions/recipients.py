"""A row for each recipient of an issue, made in bulk."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from samverka.kernel.ids import public_ids

from ..audiences import Addressee, Segment, addressees
from ..enums import Audience, DeliveryState, Scope
from ..models import Delivery, Issue, Suppression

#: How long the addresses of a sending are kept; after that what remains is the organisation and the state.
KEPT = timedelta(days=365)
_BATCH = 5000


def add_deliveries(issue: Issue, segment: Segment) -> int:
    """Make a row for each recipient of the segment; return how many wait for their mail. Those who get no more have a
    row too, so that the log says why.
    """
    found = list(addressees(segment))
    stopped, purge_on = _stopped(issue), timezone.localdate() + KEPT
    rows = [
        _row(issue, one, public_id, stopped, purge_on)
        for one, public_id in zip(found, public_ids(len(found)), strict=True)
    ]
    Delivery.objects.bulk_create(rows, batch_size=_BATCH)
    return sum(row.state == DeliveryState.WAITING for row in rows)


def _row(issue: Issue, one: Addressee, public_id: str, stopped: set[tuple[str, str]], purge_on: date) -> Delivery:
    address = one.address.strip()
    scope = Scope.OFFICIAL if one.audience == Audience.OFFICIAL else Scope.VOLUNTARY
    state = DeliveryState.SUPPRESSED if (address.lower(), scope) in stopped else DeliveryState.WAITING
    return Delivery(
        issue=issue, public_id=public_id, address=address, language=one.language, audience=one.audience, state=state,
        organisation_id=one.organisation, domain=address.rpartition("@")[2].lower(), merged={"why": one.why},
        purge_on=purge_on,
    )  # fmt: skip


def _stopped(issue: Issue) -> set[tuple[str, str]]:
    """Return the addresses that get no more, with the scope: of this sender or of all."""
    rows = Suppression.objects.filter(Q(sender=None) | Q(sender=issue.sender), lifted_at=None)
    return {(address.lower(), scope) for address, scope in rows.values_list("address", "scope")}
