"""A row for each recipient of an issue, made in bulk."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from samverka.kernel.ids import public_ids
from samverka.organisations.models import Organisation

from ..audiences import Addressee, Segment, addressees, is_stopped, stopped
from ..enums import Audience, DeliveryState
from ..merging import merged_lines
from ..models import Delivery, Issue
from ..place_lines import Lines, lines_for_all

#: How long the addresses of a sending are kept; after that what remains is the organisation and the state.
KEPT = timedelta(days=365)
_COLUMNS = (
    "issue_id", "public_id", "address", "language", "audience", "state", "organisation_id", "domain", "merged",
    "purge_on", "attempts", "last_answer", "claim",
)  # fmt: skip


def add_deliveries(issue: Issue, segment: Segment) -> int:
    """Make a row for each recipient of the segment; return how many wait for their mail. Those who get no more have a
    row too, so that the log says why. The rows are copied in: ten thousand take a fraction of a second.
    """
    found = list(addressees(segment))
    lines = _own_lines(found)
    those, purge_on = stopped(issue.sender), timezone.localdate() + KEPT
    with connection.cursor() as cursor, cursor.copy(_statement()) as copy:
        for row in _rows(issue, found, lines, those, purge_on):
            copy.write_row(row)
    return Delivery.objects.filter(issue=issue, state=DeliveryState.WAITING).count()


def _statement() -> str:
    return f"COPY {Delivery._meta.db_table} ({', '.join(_COLUMNS)}) FROM STDIN"


def _rows(
    issue: Issue, found: list[Addressee], lines: dict[int, Lines], those: set[tuple[str, str]], purge_on: date
) -> Iterator[tuple[Any, ...]]:
    for one, public_id in zip(found, public_ids(len(found)), strict=True):
        address = one.address.strip()
        state = DeliveryState.SUPPRESSED if is_stopped(one, those) else DeliveryState.WAITING
        yield (
            issue.pk, public_id, address, one.language, one.audience.value, state.value, one.organisation,
            address.rpartition("@")[2].lower(), json.dumps(_merged(one, lines)), purge_on, 0, "", "",
        )  # fmt: skip


def _merged(one: Addressee, lines: dict[int, Lines]) -> dict[str, str]:
    """Return what differs in this mail: why it came, and lines about the receiver's own place."""
    own = lines.get(one.organisation or 0)
    told = merged_lines(getattr(own, one.language)) if own is not None else {}
    filled = {name: str(value) for name, value in told.items() if value}
    return {"why": one.why, "function": one.function} | filled


def _own_lines(found: list[Addressee]) -> dict[int, Lines]:
    bodies = {one.organisation for one in found if one.organisation and one.audience == Audience.OFFICIAL}
    return lines_for_all(list(Organisation.objects.filter(pk__in=bodies))) if bodies else {}
