"""The register's list and an organisation's page."""

import pytest
from django.test import Client

from samverka.organisations.indexing import store_index
from samverka.organisations.models import Offer, Organisation
from samverka.organisations.revision import touch_register
from samverka.web.public.organisations import MOST_FILES
from tests.people import Village

pytestmark = pytest.mark.django_db
LIST = "/organisationer/"


def association(name: str, **fields: object) -> Organisation:
    values = {"kind": "association", "municipality_id": "1984", "county_id": "19", "postal_town": "Arboga", **fields}
    made = Organisation.objects.create(name=name, **values)
    store_index(made)
    touch_register()
    return made


def page_of(organisation: Organisation) -> str:
    return f"{LIST}{organisation.public_id}-{organisation.slug}/"


def test_list_says_how_many_and_links_to_each(client: Client) -> None:
    made = [association("Aspens bygdegård"), association("Bokens vänner")]
    page = client.get(LIST, {"kommun": "1984", "slag": "association"}).content.decode()
    assert "Två organisationer" in page
    assert all(page_of(one) in page for one in made)


def test_list_asks_the_same_queries_for_one_and_many_rows(
    client: Client, django_assert_max_num_queries: object
) -> None:
    association("Aspens bygdegård")
    client.get(LIST, {"kommun": "1984"})
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(LIST, {"kommun": "1984"})
    for number in range(12):
        association(f"Förening {number}")
    client.get(LIST, {"kommun": "1984"})
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = client.get(LIST, {"kommun": "1984"})
    assert "Förening 11" in page.content.decode()


def test_search_keeps_the_filters_and_shows_them_as_chips(client: Client) -> None:
    association("Aspens bygdegård")
    page = client.get(LIST, {"q": "bygdegård", "lan": "19"}).content.decode()
    assert '<input type="hidden" name="lan" value="19">' in page
    assert "Sökning: bygdegård" in page
    assert "Län: Västmanlands län" in page


def test_search_without_answer_says_what_to_try(client: Client) -> None:
    page = client.get(LIST, {"q": "xyzzyqwertz"}).content.decode()
    assert "Inga organisationer matchar" in page
    assert "Lägg till en organisation som saknas" in page


def test_htmx_gets_only_the_part_that_changes(client: Client) -> None:
    association("Aspens bygdegård")
    response = client.get(LIST, {"q": "aspen"}, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "data-announce" in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_export_holds_the_whole_selection(client: Client) -> None:
    association("Aspens bygdegård")
    association("Bokens vänner")
    text = client.get(f"{LIST}ladda-ner.csv", {"q": "aspens"}).getvalue().decode("utf-8-sig")
    assert "Aspens bygdegård" in text
    assert "Bokens vänner" not in text
    assert client.get(f"{LIST}ladda-ner.exe").status_code == 404


def test_export_is_limited_by_address(client: Client) -> None:
    def status(**request: str) -> int:
        answer = client.get(f"{LIST}ladda-ner.csv", {"q": "aspens"}, **request)
        answer.getvalue()  # a file is closed when it has been read
        return answer.status_code

    assert [status() for _time in range(MOST_FILES + 1)] == [200] * MOST_FILES + [429]
    assert status(REMOTE_ADDR="192.0.2.7") == 200


def test_wrong_name_in_the_address_leads_to_the_right_one(client: Client) -> None:
    made = association("Aspens bygdegård")
    for wrong in (f"{LIST}{made.public_id}-gammalt-namn/", f"{LIST}{made.public_id}/"):
        response = client.get(wrong)
        assert (response.status_code, response["Location"]) == (301, page_of(made))


def test_withdrawn_organisation_has_no_page(client: Client) -> None:
    made = association("Aspens bygdegård", state="withdrawn")
    assert client.get(page_of(made)).status_code == 404


def test_page_says_who_looks_after_it_and_asks_what_is_wrong(client: Client, village: Village) -> None:
    unclaimed = association("Aspens bygdegård")
    page = client.get(page_of(unclaimed)).content.decode()
    assert "Jag representerar Aspens bygdegård" in page
    assert f"{LIST}{unclaimed.public_id}/stammer-inte/" in page
    claimed = client.get(page_of(village.association)).content.decode()
    assert "Exempelby byalag sköter själv sina uppgifter" in claimed


def test_protected_organisation_shows_only_its_county(client: Client) -> None:
    made = association("Tjejjouren Aspen", protected=True, email="info@tjejjouren.example")
    page = client.get(page_of(made)).content.decode()
    assert "Västmanlands län" in page
    assert "Arboga" not in page
    assert "tjejjouren.example" not in page
    assert made.name not in client.get(LIST, {"kommun": "1984"}).content.decode()


def test_offers_stand_with_the_line_that_they_are_no_procurement(client: Client) -> None:
    made = association("Aspens bygdegård")
    Offer.objects.create(organisation=made, kind="need", text="En lokal på torsdagar")
    page = client.get(page_of(made)).content.decode()
    assert "En lokal på torsdagar" in page
    assert "inte en upphandling och inget löfte om uppdrag eller pengar" in page


def test_adding_needs_sign_in_and_shows_those_alike_first(client: Client, village: Village) -> None:
    assert client.get(f"{LIST}ny/").status_code == 302
    alike = association("Aspens bygdegård")
    client.force_login(village.vera)
    sent = {"name": "Aspens bygdegårds", "kind": "association", "municipality": "Arboga", "person_role": "kassör"}
    page = client.post(f"{LIST}ny/", sent)
    assert page.status_code == 422
    assert page_of(alike) in page.content.decode()
    added = client.post(f"{LIST}ny/", {**sent, "sure": "on"})
    made = Organisation.objects.get(name="Aspens bygdegårds")
    assert added["Location"] == f"/arbete/{made.public_id}/organisation/"


def test_adding_in_no_municipality_is_said_at_the_field(client: Client, village: Village) -> None:
    client.force_login(village.vera)
    sent = {"name": "Nya byns vänner", "kind": "association", "municipality": "Visby", "person_role": "kassör"}
    page = client.post(f"{LIST}ny/", sent).content.decode()
    assert 'id="id_municipality_error"' in page
    assert "Skriv kommunens namn, inte orten" in page
