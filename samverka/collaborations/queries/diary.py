"""Reads of the diary: how much stands at each step, and what the person is typing."""

from collections.abc import Iterable

from django.db.models import Count

from ..models import Draft
from .seats import Seat


def texts_by_step(seat: Seat) -> dict[str, int]:
    """Return {step code: texts that the person may read there}, joint ones too; "" for what concerns the whole."""
    counted = seat.readable.filter(withdrawn_at__isnull=True).order_by().values_list("step")
    return dict(counted.annotate(n=Count("pk")))


def drafts_of(seat: Seat, keys: Iterable[str] | None = None) -> dict[str, Draft]:
    """Return what the person is typing for this party, by key: all of it, or what `keys` have."""
    if not seat.writes:
        return {}
    found = Draft.objects.filter(user=seat.user, party=seat.party)
    if keys is not None:
        found = found.filter(key__in=list(keys))
    return {draft.key: draft for draft in found}


def steps_typed_in(drafts: Iterable[str]) -> set[str]:
    """Return the codes of the steps where drafts with these keys say that something is begun and not saved."""
    return {".".join(key[2:].split(".")[:2]) for key in drafts if key[:2] in {"q:", "s:", "j:"}}
