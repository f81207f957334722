"""Compiled queries: a queryset whose statement is written once in a process, and asked with new values each time.

Django writes the statement anew at every call. On a page that asks a dozen small questions that takes longer than the
database takes to answer them (`make bench`, diary). Other object mappers have compiled queries too (EF Core) or keep
statements by themselves (SQLAlchemy). django-prepared-queries does the same for Django, but ended with Django 2.

    @compiled
    def _parties(collaboration: int) -> QuerySet[Party]:
        return Party.objects.filter(collaboration=collaboration).select_related("organisation")

    _parties.all(collaboration=collaboration.pk)

The function is called once, with a mark in the place of each value, so it may not choose by them. Its annotations say
what it takes: int, str, date, datetime, or list[int] for keys sent as one value (`any_of`, kernel/lookups.py).
Nothing that changes with the day or the person may stand in it: `now` is a value too. What a mark does not come out of
as it went in (`__in`, None) is not compiled.
"""

import copy
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

#: Values that no row has, by the kind of the argument and its place among them.
_MARKS: dict[Any, Callable[[int], Any]] = {
    int: lambda place: 2_113_000_000 + place,
    str: lambda place: f"⟦{place}⟧",
    list[int]: lambda place: [2_113_000_000 + place],
    date: lambda place: date(9999, 12, 1 + place),
    datetime: lambda place: datetime(9999, 12, 31, 0, 0, place, tzinfo=UTC),
}


@dataclass(frozen=True)
class _Written:
    """A statement and what its columns are; `slots` says which argument stands in which place among the values."""

    sql: str
    params: tuple[Any, ...]
    slots: dict[int, str]
    compiler: Any
    queryset: "QuerySet[Any]"

    def params_with(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values of the statement, with those of the arguments in their places."""
        slots = self.slots
        return tuple(_as(was, values[slots[place]]) if place in slots else was for place, was in enumerate(self.params))


def _as(was: Any, value: Any) -> Any:
    """Return a value of the type that Django gave the mark: that of an integer tells the driver its width."""
    if isinstance(was, list):
        return [type(was[0])(one) for one in value]
    return type(was)(value) if isinstance(was, int) else value


@dataclass
class _Asking:
    """What an iterable of Django's takes for a queryset and its query: a statement that is written already."""

    written: _Written
    compiler: Any
    db: str = DEFAULT_DB_ALIAS
    _known_related_objects: dict[Any, Any] = field(default_factory=dict)

    @property
    def query(self) -> "_Asking":
        return self

    @property
    def model(self) -> Any:
        return self.written.queryset.model

    @property
    def _fields(self) -> Any:
        return self.written.queryset._fields  # type: ignore[attr-defined]

    def get_compiler(self, using: str) -> Any:
        return self.compiler


class CompiledQuery:
    """A queryset that is written at the first call. `kinds` are what `build` takes, `spare` those that it may leave
    unused.
    """

    def __init__(
        self, build: Callable[..., "QuerySet[Any]"], kinds: dict[str, Any], spare: frozenset[str] = frozenset()
    ) -> None:
        if unknown := [name for name, kind in kinds.items() if kind not in _MARKS]:
            raise ImproperlyConfigured(f"{build.__qualname__}: say of what kind {', '.join(unknown)} is")
        self._build, self.kinds, self._spare = build, kinds, spare
        self._kept: _Written | None = None
        self.__doc__ = build.__doc__

    def all(self, **values: Any) -> list[Any]:
        """Return the rows, as the queryset of the function gives them. Raises TypeError for other values than it takes
        and for None, ImproperlyConfigured where the function cannot be compiled.
        """
        if values.keys() != self.kinds.keys() or None in values.values():
            raise TypeError(f"{self._build.__qualname__} takes {', '.join(self.kinds)}")
        return list(self._rows(values))

    def first(self, **values: Any) -> Any:
        """Return the first row, or None. The function says itself that no more than one is wanted, by `[:1]`."""
        return next(iter(self.all(**values)), None)

    def _rows(self, values: dict[str, Any]) -> Iterable[Any]:
        written = self._kept
        if written is None:
            written = self._kept = self._write()
        compiler = copy.copy(written.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        params = written.params_with(values)
        compiler.as_sql = lambda: (written.sql, params)
        rows: Any = written.queryset._iterable_class
        return rows(_Asking(written, compiler))  # type: ignore[no-any-return]

    def _write(self) -> _Written:
        marks = {name: _MARKS[kind](place) for place, (name, kind) in enumerate(self.kinds.items())}
        queryset = self._build(**marks)
        if queryset._prefetch_related_lookups or queryset._known_related_objects:  # type: ignore[attr-defined]
            raise ImproperlyConfigured(f"{self._build.__qualname__}: what is fetched beside it is not compiled")
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        slots = {place: name for place, given in enumerate(params) for name, mark in marks.items() if given == mark}
        if lost := marks.keys() - self._spare - set(slots.values()):
            raise ImproperlyConfigured(f"{self._build.__qualname__}: {', '.join(sorted(lost))} is not in the statement")
        if any(isinstance(given, date) for place, given in enumerate(params) if place not in slots):
            raise ImproperlyConfigured(f"{self._build.__qualname__}: a day stands in the statement; make it a value")
        return _Written(sql, tuple(params), slots, compiler, queryset)


def compiled(build: Callable[..., "QuerySet[Any]"]) -> CompiledQuery:
    """Return `build`, a function of annotated values that returns a queryset, as a query that is written once."""
    return CompiledQuery(build, kinds_of(build))


def kinds_of(build: Callable[..., "QuerySet[Any]"]) -> dict[str, Any]:
    """Return what a function takes, by name, from its annotations."""
    return {name: argument.annotation for name, argument in inspect.signature(build).parameters.items()}
