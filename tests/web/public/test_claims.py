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
