"""Divisions of municipalities into classes: whole, dated, and found by the day."""

from collections import Counter
from datetime import date

import pytest

from samverka.places.actions import load_groupings
from samverka.places.content import groupings, rows
from samverka.places.models import Grouping, PlaceClass
from samverka.places.queries import class_by_municipality, classes_of, grouping_on

pytestmark = pytest.mark.django_db
#: How many municipalities SKL says that each of its groups of 2011 has, as far as its page could be read.
SKL_2011 = {"1": 3, "2": 38, "3": 31, "4": 22, "5": 51}


def test_every_division_holds_all_290_municipalities() -> None:
    for grouping in Grouping.objects.all():
        found = class_by_municipality(grouping)
        assert set(found) == {row["code"] for row in rows("municipalities")}, grouping.code
        assert set(found.values()) == {one.code for one in classes_of(grouping)}, grouping.code


def test_municipal_groups_of_2011_are_as_large_as_skl_says() -> None:
    found = class_by_municipality(Grouping.objects.get(pk="skl-2011"))
    sizes = Counter(found.values())
    assert {code: sizes[code] for code in SKL_2011} == SKL_2011
    spot = {"0180": "1", "0127": "2", "0580": "3", "1814": "4", "1489": "5", "0980": "6", "0665": "7", "2463": "8",
            "1499": "9", "2584": "10"}  # fmt: skip
    assert {code: found[code] for code in spot} == spot


def test_population_classes_follow_the_population() -> None:
    found = class_by_municipality(Grouping.objects.get(pk="befolkning-2010"))
    population = {row["code"]: int(row["population"]) for row in rows("municipalities")}
    assert all(population[code] < 10_000 for code, one in found.items() if one == "1")
    assert {code for code, one in found.items() if one == "5"} == {c for c, n in population.items() if n >= 100_000}


def test_division_of_a_day_is_the_newest_that_has_begun() -> None:
    held, later, before = (grouping_on("kommungrupp", date(year, 3, 1)) for year in (2014, 2027, 1999))
    assert held is not None
    assert held == later
    assert before is None
    assert {grouping["kind"] for grouping in groupings()} == {"kommungrupp", "befolkning"}


def test_loading_again_writes_nothing_and_mends_what_differs() -> None:
    assert load_groupings() == 0
    PlaceClass.objects.get(grouping="skl-2011", code="1").municipalities.clear()
    assert load_groupings() == 1
    assert PlaceClass.objects.get(grouping="skl-2011", code="1").municipalities.count() == 3
