"""The register's editors."""

import pytest
from django.test import Client

from samverka.organisations.actions import claims
from samverka.organisations.actions.corrections import report_correction
from samverka.organisations.models import Membership, Organisation
from tests.people import Village

pytestmark = pytest.mark.django_db
REGISTER = "/redaktion/organisationer/"


@pytest.fixture
def village_without_host(db: None) -> Village:
    """The village, in a test that brings its own host persons."""
    from tests.people import build_village

    return build_village()


def test_editor_adds_an_agency(eva: Client) -> None:
    sent = {"name": "Exempelmyndigheten", "kind": "agency", "county": "", "municipality": ""}
    response = eva.post(f"{REGISTER}ny/", sent)
    made = Organisation.objects.get(name="Exempelmyndigheten")
    assert response["Location"] == f"{REGISTER}{made.public_id}/"
    assert "Exempelmyndigheten" in eva.get(REGISTER, {"q": "exempelmyndigheten"}).content.decode()


def test_editor_mends_withdraws_and_finds_the_withdrawn(eva: Client, village_without_host: Village) -> None:
    association = village_without_host.association
    path = f"{REGISTER}{association.public_id}/"
    sent = {"name": "Exempelby byförening", "kind": "association", "municipality": "Arboga", "county": "", "version": 1}
    assert eva.post(path, sent).status_code == 302
    association.refresh_from_db()
    assert (association.name, association.municipality_id, association.county_id) == (
        "Exempelby byförening",
        "1984",
        "19",
    )
    assert eva.post(f"{path}lage/", {"state": "withdrawn", "reason": ""}).status_code == 422
    eva.post(f"{path}lage/", {"state": "withdrawn", "reason": "Dubblett"})
    assert "Exempelby byförening" in eva.get(REGISTER, {"borttagna": "1"}).content.decode()


def test_conflict_shows_both_texts(eva: Client, village_without_host: Village) -> None:
    path = f"{REGISTER}{village_without_host.association.public_id}/"
    sent = {"name": "Första namnet", "kind": "association", "version": 1}
    eva.post(path, sent)
    page = eva.post(path, {**sent, "name": "Andra namnet"})
    assert page.status_code == 409
    assert "Första namnet" in page.content.decode()


def test_editor_protects(eva: Client, village_without_host: Village) -> None:
    association = village_without_host.association
    eva.post(f"{REGISTER}{association.public_id}/skydd/", {"protected": "yes", "reason": "Hot"})
    association.refresh_from_db()
    assert association.protected


def test_others_may_not(client: Client, village: Village) -> None:
    client.force_login(village.karin)
    assert client.get(REGISTER).status_code == 403


def test_correction_is_answered_and_leaves_the_list(eva: Client, village_without_host: Village) -> None:
    correction = report_correction(organisation=village_without_host.association, text="Fel namn")
    assert "Fel namn" in eva.get("/redaktion/synpunkter/").content.decode()
    eva.post(f"/redaktion/synpunkter/{correction.public_id}/", {"answer": "Rättat"})
    assert "Fel namn" not in eva.get("/redaktion/synpunkter/").content.decode()


def test_claim_is_answered(eva: Client, village_without_host: Village) -> None:
    village = village_without_host
    asked = Organisation.objects.create(name="Norrby byalag", kind="association")
    claim = claims.start_claim(by=village.vera, organisation=asked, person_role="kassör")
    assert "Norrby byalag" in eva.get("/redaktion/begaran/").content.decode()
    eva.post(f"/redaktion/begaran/{claim.public_id}/", {"answer": "yes"})
    assert Membership.objects.filter(user=village.vera, organisation=asked).exists()
