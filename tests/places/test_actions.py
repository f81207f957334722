from typing import Any

import pytest
from django.db import IntegrityError, transaction

from samverka.kernel.content import loaders
from samverka.places.actions import load_places
from samverka.places.models import County, Municipality, Region, place_path
from samverka.places.queries import by_name, by_path, counties_with_municipalities

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded() -> None:
    load_places()


def test_load_places_again_writes_nothing() -> None:
    assert load_places() == 0
    assert (County.objects.count(), Municipality.objects.count(), Region.objects.count()) == (21, 290, 21)


def test_load_places_mends_what_differs() -> None:
    Municipality.objects.filter(code="1280").update(display_name="Malmö", population=1)
    assert load_places() == 1
    malmo = Municipality.objects.get(code="1280")
    assert (malmo.display_name, malmo.population > 300_000) == ("Malmö stad", True)


def test_load_places_brings_back_what_is_gone() -> None:
    Region.objects.filter(code="12").delete()
    assert load_places() == 1
    assert str(Region.objects.get(code="12")) == "Region Skåne"


def test_load_places_is_registered() -> None:
    assert "places" in {loader.name for loader in loaders()}


def test_each_place_says_where_its_figure_comes_from_and_when() -> None:
    place = Municipality.objects.get(code="1499")
    assert place.source.startswith("SCB")
    assert place.population_date.isoformat() == "2026-05-31"


def test_gotland_is_municipality_and_region() -> None:
    municipality, region = Municipality.objects.get(code="0980"), Region.objects.get(code="09")
    assert municipality.display_name == region.display_name == "Region Gotland"
    assert municipality.county == region.county


def test_lists_are_in_swedish_order() -> None:
    names = list(Municipality.objects.values_list("short_name", flat=True))
    assert names[0] == "Ale"
    assert names[-1] == "Övertorneå"
    assert names.index("Ystad") < names.index("Åmål") < names.index("Älmhult") < names.index("Öckerö")


def test_counties_come_with_region_and_municipalities(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        found = {c.code: (c.region.code, len(c.municipalities.all())) for c in counties_with_municipalities()}
    assert found["14"] == ("14", 49)
    assert sum(count for _, count in found.values()) == 290


@pytest.mark.parametrize(
    ("code", "path"), [("1499", "1499-falkoping"), ("0980", "0980-gotland"), ("2023", "2023-malung-salen")]
)
def test_place_path_of_a_municipality(code: str, path: str) -> None:
    assert place_path(Municipality.objects.get(code=code)) == path


def test_place_path_of_a_region_and_a_county() -> None:
    assert Region.objects.get(code="14").path == "14-vastra-gotalandsregionen"
    assert County.objects.get(code="12").path == "12-skane-lan"


def test_by_path_reads_the_code_only() -> None:
    assert str(by_path("1499-gammalt-namn")) == "Falköpings kommun"
    assert str(by_path("14")) == "Västra Götalandsregionen"
    assert by_path("9999-ingenstans") is None
    assert by_path("") is None


def test_by_name_gives_the_municipality() -> None:
    found = by_name("FALKÖPINGS KOMMUN")
    assert found is not None
    assert found.code == "1499"
    assert by_name("Visby") is None


def test_the_database_refuses_a_municipality_in_the_wrong_county() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.filter(code="1499").update(county="01")


def test_the_database_refuses_a_code_that_is_no_code() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        County.objects.create(code="1", display_name="x", population=1, population_date="2026-05-31")
