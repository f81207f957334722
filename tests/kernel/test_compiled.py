"""Compiled queries say what the queryset says, for whoever asks; what would stay as it was at first is refused."""

import pkgutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import samverka
from samverka.collaborations.queries.from_seat import FromSeat
from samverka.kernel.compiled import CompiledQuery, compiled
from samverka.organisations.models import Organisation, Unit
from samverka.places.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies() -> list[Organisation]:
    """A municipality, an association and a municipality, made one day, two and three days ago; each with a unit."""
    made = []
    for days, (name, kind) in enumerate((("Alby", "municipality"), ("Berga", "association"), ("Sala", "municipality"))):
        one = Organisation.objects.create(name=name, kind=kind)
        Organisation.objects.filter(pk=one.pk).update(created_at=timezone.now() - timedelta(days=days))
        Unit.objects.create(organisation=one, name=f"Nämnden i {name}", kind="committee")
        made.append(one)
    return made


@compiled
def _units(kind: str) -> "QuerySet[Unit]":
    return Unit.objects.filter(organisation__kind=kind).select_related("organisation").order_by("name")


@compiled
def _place(code: str) -> "QuerySet[Municipality]":
    return Municipality.objects.filter(code=code)


@compiled
def _made_since(pk: int, since: datetime) -> Any:
    ours = Organisation.objects.filter(name__in=["Alby", "Berga", "Sala"]).order_by("name")
    return ours.filter(Q(pk=pk) | Q(created_at__gt=since)).values_list("name", flat=True)


@compiled
def _several(keys: list[int]) -> Any:
    return Organisation.objects.filter(pk__any_of=keys).order_by("name").values_list("name", "kind")


def test_rows_are_those_of_the_queryset_with_what_is_joined(bodies: list[Organisation]) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = _units.all(kind="municipality")
        assert [one.organisation for one in found] == [bodies[0], bodies[2]]
    assert len(asked) == 1
    assert found == list(Unit.objects.filter(organisation__kind="municipality").order_by("name"))
    assert [one.name for one in _units.all(kind="association")] == ["Nämnden i Berga"]
    assert _units.all(kind="region") == []
    assert _units.first(kind="association").organisation == bodies[1]
    assert _units.first(kind="region") is None


def test_statement_is_written_once(bodies: list[Organisation], monkeypatch: pytest.MonkeyPatch) -> None:
    _units.all(kind="association")

    def again(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise AssertionError("written again")

    monkeypatch.setattr(SQLCompiler, "as_sql", again)
    assert len(_units.all(kind="municipality")) == 2


def test_each_asks_with_values_of_its_own(bodies: list[Organisation]) -> None:
    first, second, third = bodies
    week, hour = timezone.now() - timedelta(days=7), timezone.now() - timedelta(hours=1)
    assert _made_since.all(pk=third.pk, since=hour) == ["Alby", "Sala"]
    assert _made_since.all(pk=third.pk, since=week) == ["Alby", "Berga", "Sala"]
    assert _made_since.all(pk=2**40, since=hour) == ["Alby"]
    assert _several.all(keys=[third.pk, first.pk]) == [("Alby", "municipality"), ("Sala", "municipality")]
    assert _several.all(keys=[second.pk]) == [("Berga", "association")]
    assert _several.all(keys=[]) == []


def test_threads_do_not_mix_values() -> None:
    codes = ["0114", "0115", "0180", "2584"]

    def ask(code: str) -> set[str]:
        try:
            return {place.code for _again in range(50) for place in _place.all(code=code)}
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, codes)) == [{code} for code in codes]


def test_what_would_stay_as_it_was_is_refused(bodies: list[Organisation]) -> None:
    @compiled
    def binds_today(pk: int) -> Any:
        return Organisation.objects.filter(pk=pk, created_at__lt=timezone.now())

    @compiled
    def leaves_out(pk: int, name: str) -> Any:
        return Organisation.objects.filter(pk=pk)

    @compiled
    def fetches_beside(pk: int) -> Any:
        return Organisation.objects.filter(pk=pk).prefetch_related("units")

    @compiled
    def takes_apart(pk: int) -> Any:
        return Organisation.objects.filter(pk=pk + 1)

    for query, values in (
        (binds_today, {}), (leaves_out, {"name": "x"}), (fetches_beside, {}), (takes_apart, {}),
    ):  # fmt: skip
        with pytest.raises(ImproperlyConfigured):
            query.all(pk=1, **values)
    with pytest.raises(TypeError):
        _units.all(kind="region", county="01")
    with pytest.raises(TypeError):
        _units.all()
    with pytest.raises(TypeError):
        _units.all(kind=None)
    with pytest.raises(ImproperlyConfigured, match="of what kind"):
        compiled(lambda one: Organisation.objects.filter(pk=one))


def _all_of_the_product() -> Iterator[tuple[str, CompiledQuery]]:
    for found in pkgutil.walk_packages(samverka.__path__, "samverka."):
        if ".migrations" in found.name or ".management" in found.name:
            continue
        for name, value in vars(import_module(found.name)).items():
            if isinstance(value, CompiledQuery):
                yield f"{found.name}.{name}", value
            elif isinstance(value, FromSeat):
                yield from ((f"{found.name}.{name}", query) for query in (value.taking_part, value.following))


def test_every_query_of_the_product_is_written_and_asked() -> None:
    values = {int: 2**40, str: "x", date: date(2027, 3, 1), datetime: timezone.now(), list[int]: [2**40, 2**41]}
    queries = list(_all_of_the_product())
    assert len(queries) > 20
    for name, query in queries:
        assert query.all(**{key: values[kind] for key, kind in query.kinds.items()}) == [], name
