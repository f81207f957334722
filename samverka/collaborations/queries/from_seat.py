"""What is read from a seat, as compiled queries: one for who takes part for the party, one for who only follows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from samverka.kernel.compiled import CompiledQuery, kinds_of

_PLACE = {"collaboration": int, "party": int, "user": int}


@dataclass(frozen=True)
class _Person:
    pk: int


@dataclass(frozen=True)
class Reader:
    """What a query needs to know of a seat, by keys. `party` and `user` say something only of who takes part."""

    collaboration: int
    takes_part: bool
    party: int = 0
    user: _Person = _Person(0)


class FromSeat:
    """A query of what is read from a seat. Made by `from_seat`."""

    def __init__(self, build: Callable[..., "QuerySet[Any]"]) -> None:
        kinds = {name: kind for name, kind in kinds_of(build).items() if name != "reader"}

        def taking_part(collaboration: int, party: int, user: int, **values: Any) -> "QuerySet[Any]":
            return build(Reader(collaboration, True, party, _Person(user)), **values)

        def following(collaboration: int, **values: Any) -> "QuerySet[Any]":
            return build(Reader(collaboration, False), **values)

        self.taking_part = CompiledQuery(taking_part, _PLACE | kinds, frozenset({"user"}))
        self.following = CompiledQuery(following, {"collaboration": int} | kinds)

    def __call__(self, seat: Any, **values: Any) -> list[Any]:
        """Return the rows that are read from the seat."""
        values["collaboration"] = seat.collaboration.pk
        if not seat.takes_part:
            return self.following.all(**values)
        return self.taking_part.all(**values, party=seat.party.pk, user=seat.user.pk)


def from_seat(build: Callable[..., "QuerySet[Any]"]) -> FromSeat:
    """Return `build`, a function of a Reader and annotated values that returns a queryset, as a compiled query."""
    return FromSeat(build)
