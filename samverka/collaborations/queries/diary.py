"""Reads of the diary: how much stands at each step, and what the person is typing."""

from collections.abc import Iterable

from django.db.models import Count, Q

from ..models import Draft
from .seats import Seat


def texts_by_step(seat: Seat) -> dict[str, int]:
    """Return {step code: texts that the person may read there}, joint ones too; "" for what concerns the whole."""
    counted = seat.readable.filter(withdrawn_at__isnull=True).order_by().values_list("step")
    return dict(counted.annotate(n=Count("pk")))


def drafts_of(seat: Seat, keys: Iterable[str]) -> dict[str, Draft]:
    """Return what the person is typing for this party, by key, for those of `keys` that have something."""
    if not seat.writes:
        return {}
    found = Draft.objects.filter(user=seat.user, party=seat.party, key__in=list(keys))
    return {draft.key: draft for draft in found}


def typed_by_step(seat: Seat) -> set[str]:
    """Return the codes of the steps where the person has begun something that is not saved."""
    if not seat.writes:
        return set()
    begun = Draft.objects.filter(Q(key__startswith="q:") | Q(key__startswith="s:") | Q(key__startswith="j:"))
    keys = begun.filter(user=seat.user, party=seat.party).values_list("key", flat=True)
    return {".".join(key[2:].split(".")[:2]) for key in keys}
