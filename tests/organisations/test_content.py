import pytest

from samverka.kernel.content import loaders
from samverka.organisations.models import ActivityField, Organisation
from samverka.organisations.place_names import counties, municipalities
from samverka.organisations.queries import body_of_municipality, body_of_region
from samverka.places.models import County, Municipality, Region, place_path

pytestmark = pytest.mark.django_db


def _bodies() -> list[Organisation]:
    return list(Organisation.objects.filter(source__name="Kommuner och regioner"))


def test_there_are_290_municipalities_and_20_other_regions() -> None:
    kinds = [body.kind for body in _bodies()]
    assert (kinds.count("municipality"), kinds.count("region")) == (290, 20)


def test_every_place_leads_to_a_body_with_its_own_name_and_genitive() -> None:
    for place in Municipality.objects.all():
        body = body_of_municipality(place.code)
        assert body is not None
        assert (body.name, body.genitive) == (place.display_name, place.genitive)
    for region in Region.objects.all():
        body = body_of_region(region.code)
        assert body is not None
        assert (body.name, body.genitive) == (region.display_name, region.genitive)


def test_gotland_is_one_body() -> None:
    body = body_of_region("09")
    assert body is not None
    assert body == body_of_municipality("0980")
    assert body.also_region


def test_loading_again_changes_nothing() -> None:
    assert [loader.load() for loader in loaders()] == [0] * len(loaders())


def test_a_changed_name_is_loaded_and_what_people_wrote_stays() -> None:
    body = body_of_municipality("1499")
    assert body is not None
    Organisation.objects.filter(pk=body.pk).update(name="Gammalt namn", description="Vi gör mycket.")
    assert next(loader for loader in loaders() if loader.name == "public_bodies").load() == 1
    body.refresh_from_db()
    assert (body.name, body.description) == ("Falköpings kommun", "Vi gör mycket.")


def test_fields_have_parents_and_dates() -> None:
    sport = ActivityField.objects.get(scheme="icnpo", code="1.2")
    assert sport.parent is not None
    assert sport.parent.code == "1"
    crisis = ActivityField.objects.get(scheme="mapping", code="crisis_preparedness")
    assert (crisis.valid_from.year, crisis.valid_to) == (2026, None)


def test_place_names_agree_with_the_places() -> None:
    assert {code: name.path for code, name in municipalities().items()} == {
        p.code: place_path(p) for p in Municipality.objects.all()
    }
    assert {code: name.path for code, name in counties().items()} == {
        r.code: place_path(r) for r in Region.objects.all()
    }
    assert {code: name.name for code, name in counties().items()} == {
        c.code: c.display_name for c in County.objects.all()
    }
