"""Reads of the diary: how much stands at each step, and what the person is typing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from samverka.kernel.compiled import compiled

from ..models import Draft, Entry
from .from_seat import Reader, from_seat
from .seats import Seat


def texts_by_step(seat: Seat) -> dict[str, int]:
    """Return {step code: texts that the person may read there}, joint ones too; "" for what concerns the whole."""
    return dict(_counted(seat))


@from_seat
def _counted(reader: Reader) -> Any:
    shown = Entry.objects.read_from(reader).filter(withdrawn_at__isnull=True)
    return shown.order_by().values_list("step").annotate(n=Count("pk"))


def drafts_of(seat: Seat, keys: Iterable[str] | None = None) -> dict[str, Draft]:
    """Return what the person is typing for this party, by key: all of it, or what `keys` have."""
    if not seat.writes:
        return {}
    if keys is None:
        return {draft.key: draft for draft in _drafts.all(user=seat.user.pk, party=seat.party.pk)}
    return {draft.key: draft for draft in _typed(seat.user.pk, seat.party.pk).filter(key__in=list(keys))}


def _typed(user: int, party: int) -> Any:
    return Draft.objects.filter(user=user, party=party)


_drafts = compiled(_typed)


def steps_typed_in(drafts: Iterable[str]) -> set[str]:
    """Return the codes of the steps where drafts with these keys say that something is begun and not saved."""
    return {".".join(key[2:].split(".")[:2]) for key in drafts if key[:2] in {"q:", "s:", "j:"}}
