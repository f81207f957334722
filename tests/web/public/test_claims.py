"""Who is the first to act for an organisation."""

import re

import pytest
from django.test import Client

from samverka.kernel.models import OutboxMessage
from samverka.organisations.models import Claim, Function, Membership, Organisation
from tests.people import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(village: Village) -> Organisation:
    made = Organisation.objects.create(name="Norrby kommun", kind="municipality")
    Function.objects.create(organisation=made, kind="registrar", email="registrator@norrby.example")
    return made


def address(organisation: Organisation, end: str = "") -> str:
    return f"/organisationer/{organisation.public_id}/foretrad/{end}"


def test_claiming_needs_sign_in_and_a_look_changes_nothing(
    client: Client, village: Village, body: Organisation
) -> None:
    assert client.get(address(body)).status_code == 302
    client.force_login(village.vera)
    assert client.get(address(body)).status_code == 200
    assert not Claim.objects.exists()


def test_code_goes_to_the_registered_address_and_opens(client: Client, village: Village, body: Organisation) -> None:
    client.force_login(village.vera)
    page = client.post(address(body), {"person_role": "handläggare"}, follow=True).content.decode()
    assert "registrator@norrby.example" in page
    mail = OutboxMessage.objects.filter(to_address="registrator@norrby.example").earliest("id")
    code = re.search(r"\b[2-9BCDFGHJKMNPQRSTVWXZ]{4}[- ]?[2-9BCDFGHJKMNPQRSTVWXZ]{4}\b", mail.text)
    assert code, mail.text
    wrong = client.post(address(body, "kod/"), {"code": "2222 2222"})
    assert wrong.status_code == 422
    assert 'id="id_code_error"' in wrong.content.decode()
    right = client.post(address(body, "kod/"), {"code": code.group()})
    assert right["Location"] == f"/arbete/{body.public_id}/organisation/"
    assert Membership.objects.get(user=village.vera, organisation=body).role == "administrator"


def test_someone_else_can_be_asked_instead(client: Client, village: Village, body: Organisation) -> None:
    client.force_login(village.vera)
    client.post(address(body), {"person_role": "handläggare"})
    page = client.post(address(body, "fraga/"), {"message": "Adressen läses inte"}, follow=True).content.decode()
    assert "Din begäran väntar på svar" in page
    assert Claim.objects.get().state == "asked"


def test_member_is_sent_to_the_workspace(client: Client, village: Village) -> None:
    client.force_login(village.karin)
    assert client.get(address(village.municipality))["Location"].startswith("/arbete/")


def test_code_without_a_claim_is_not_found(client: Client, village: Village, body: Organisation) -> None:
    client.force_login(village.vera)
    assert client.post(address(body, "kod/"), {"code": "2222"}).status_code == 404
    assert client.get(address(body, "kod/")).status_code == 405


def test_an_address_that_is_not_shown_is_masked(client: Client, village: Village) -> None:
    shelter = Organisation.objects.create(
        name="Kvinnojouren Gryning", kind="association", protected=True, email="styrelsen@kvinnojourenarboga.example"
    )
    client.force_login(village.vera)
    page = client.post(address(shelter), {"person_role": "styrelseledamot"}, follow=True).content.decode()
    assert "s…@k….example" in page
    assert "arboga" not in page


# Back to what one was about to do


def claim_by_code(client: Client, body: Organisation, onward: str = "") -> str:
    """Claim the body and answer with the mailed code; return where that leads."""
    given = {"vidare": onward} if onward else {}
    client.post(address(body), {"person_role": "handläggare", **given})
    mail = OutboxMessage.objects.filter(to_address="registrator@norrby.example").earliest("id")
    code = re.search(r"\b[2-9BCDFGHJKMNPQRSTVWXZ]{4}[- ]?[2-9BCDFGHJKMNPQRSTVWXZ]{4}\b", mail.text)
    assert code, mail.text
    led: str = client.post(address(body, "kod/"), {"code": code.group()})["Location"]
    return led


def test_preparation_is_found_again_after_a_claim(client: Client, village: Village, body: Organisation) -> None:
    client.force_login(village.vera)
    page = client.get("/forbered/bjud-in/?steg=1.1&steg=3.2").content.decode()
    assert 'action="/forbered/leta-upp-er/"' in page
    assert client.post("/forbered/leta-upp-er/", {"steg": ["1.1", "3.2"]})["Location"] == "/organisationer/"
    assert claim_by_code(client, body) == "/forbered/bjud-in/?steg=1.1&steg=3.2"
    assert "errand" not in client.session


def test_invitation_is_found_again_after_a_claim(client: Client, village: Village, body: Organisation) -> None:
    client.force_login(village.vera)
    page = client.get(address(body, "?vidare=/inbjudan/abc/")).content.decode()
    assert 'name="vidare" value="/inbjudan/abc/"' in page
    assert claim_by_code(client, body, "/inbjudan/abc/") == "/inbjudan/abc/"


def test_one_is_led_back_within_the_site_only(client: Client, village: Village, body: Organisation) -> None:
    client.force_login(village.vera)
    assert claim_by_code(client, body, "https://ond.example/") == f"/arbete/{body.public_id}/organisation/"


def test_who_has_to_wait_for_an_answer_sees_the_way_back(client: Client, village: Village, body: Organisation) -> None:
    client.force_login(village.vera)
    client.post(address(body), {"person_role": "handläggare", "vidare": "/inbjudan/abc/"})
    page = client.post(address(body, "fraga/"), {"message": ""}, follow=True).content.decode()
    assert '<a href="/inbjudan/abc/">Tillbaka till det du höll på med</a>' in page
