"""Pages of places."""

import pytest
from django.test import Client

from samverka.organisations.indexing import store_index
from samverka.organisations.models import Organisation
from samverka.organisations.revision import touch_register

pytestmark = pytest.mark.django_db


def test_all_places_stand_by_county(client: Client) -> None:
    page = client.get("/platser/").content.decode()
    assert page.count('href="/platser/') >= 311
    assert "Malmö stad" in page
    assert 'id="lan-12"' in page
    assert len(page.encode()) < 60_000


def test_search_finds_a_place_and_says_so(client: Client) -> None:
    page = client.get("/platser/", {"q": "falk"}).content.decode()
    assert "Falköpings kommun" in page
    assert "Arboga" not in page
    nothing = client.get("/platser/", {"q": "Visby"}).content.decode()
    assert "Ingen plats" in nothing


def test_wrong_name_after_the_code_leads_right(client: Client) -> None:
    response = client.get("/platser/1984-fel/")
    assert (response.status_code, response["Location"]) == (301, "/platser/1984-arboga/")
    assert client.get("/platser/9999-ingenstans/").status_code == 404


def test_municipality_page_has_population_with_source(client: Client) -> None:
    page = client.get("/platser/1984-arboga/").content.decode()
    assert "<h1>Arboga kommun</h1>" in page
    assert "SCB, folkmängd per kommun och län, 31 maj 2026" in page
    assert "Inga föreningar är inlagda för Arboga kommun än" in page


def test_gotland_is_municipality_and_region_with_the_same_body(client: Client) -> None:
    municipality, region = client.get("/platser/0980-gotland/"), client.get("/platser/09-region-gotland/")
    bodies = {answer.context["body"].public_id for answer in (municipality, region)}
    assert len(bodies) == 1
    assert "<h1>Region Gotland</h1>" in municipality.content.decode()


def test_associations_are_counted_and_the_protected_ones_left_out(client: Client) -> None:
    for name, protected in (("Aspens bygdegård", False), ("Tjejjouren Aspen", True)):
        made = Organisation.objects.create(
            name=name, kind="association", municipality_id="1984", county_id="19", protected=protected
        )
        store_index(made)
    touch_register()
    page = client.get("/platser/1984-arboga/")
    assert page.context["count"] == 1
    assert "Tjejjouren" not in page.content.decode()
    assert "Tjejjouren" in client.get("/platser/19-region-vastmanland/").content.decode()
