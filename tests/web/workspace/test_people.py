"""Who may act for our organisation."""

import pytest
from django.test import Client

from samverka.accounts.models import User
from samverka.organisations.models import Membership
from tests.people import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(client: Client, village: Village) -> str:
    client.force_login(village.yusuf)
    return f"/arbete/{village.association.public_id}/organisation/personer/"


def test_everyone_who_acts_is_named_with_roles(client: Client, village: Village, people: str) -> None:
    page = client.get(people).content.decode()
    assert "Yusuf Provsson" in page
    assert "Fatima Provsson" in page
    assert "Administratör" in page


def test_colleague_is_invited_once(client: Client, village: Village, people: str) -> None:
    sent = {"email": "ny@example.se", "role": "member", "idempotency_key": "b" * 20}
    for _time in range(2):
        assert client.post(f"{people}bjud-in/", sent)["Location"] == people
    assert Membership.objects.filter(user=User.objects.get(email="ny@example.se")).count() == 1


def test_invited_person_stands_by_the_typed_address_until_they_come(
    client: Client, village: Village, people: str
) -> None:
    sent = {"email": "vera@example.se", "role": "member"}
    page = client.post(f"{people}bjud-in/", sent, follow=True).content.decode()
    assert "vera@example.se är inbjuden" in page
    held = Membership.objects.get(user=village.vera)
    for path in ("", f"{held.public_id}/roll/", f"{held.public_id}/avsluta/"):
        page = client.get(people + path).content.decode()
        assert "vera@example.se" in page
        assert "Vera Provsson" not in page
    Client().force_login(village.vera)
    assert "Vera Provsson" in client.get(people).content.decode()


def test_role_is_given_and_ended_with_a_reason(client: Client, village: Village, people: str) -> None:
    held = Membership.objects.get(user=village.fatima)
    client.post(f"{people}{held.public_id}/roll/", {"role": "decision_maker"})
    assert Membership.objects.filter(user=village.fatima, role="decision_maker").exists()
    assert client.post(f"{people}{held.public_id}/avsluta/", {"reason": ""}).status_code == 422
    client.post(f"{people}{held.public_id}/avsluta/", {"reason": "Har flyttat"})
    held.refresh_from_db()
    assert held.until


def test_last_administrator_stays(client: Client, village: Village, people: str) -> None:
    held = Membership.objects.get(user=village.yusuf)
    page = client.post(f"{people}{held.public_id}/avsluta/", {"reason": "Slutar"})
    assert page.status_code == 422
    held.refresh_from_db()
    assert held.until is None


def test_member_ends_only_their_own_role(client: Client, village: Village, people: str) -> None:
    client.force_login(village.fatima)
    yusufs, own = Membership.objects.get(user=village.yusuf), Membership.objects.get(user=village.fatima)
    assert client.post(f"{people}{yusufs.public_id}/avsluta/", {"reason": "Nej"}).status_code == 404
    assert client.get(f"{people}bjud-in/").status_code == 403
    assert client.post(f"{people}{own.public_id}/avsluta/", {"reason": "Slutar"})["Location"] == "/arbete/"


def test_claim_is_answered_by_the_municipality(client: Client, village: Village) -> None:
    from samverka.organisations.actions import claims
    from samverka.organisations.models import Organisation

    village.municipality.municipality_id = village.municipality.municipality_id or "1984"
    village.municipality.save()
    asked = Organisation.objects.create(name="Norrby byalag", kind="association", municipality_id="1984")
    claim = claims.start_claim(by=village.vera, organisation=asked, person_role="kassör")
    client.force_login(village.karin)
    people = f"/arbete/{village.municipality.public_id}/organisation/personer/"
    assert "Norrby byalag" in client.get(people).content.decode()
    client.post(f"{people}begaran/{claim.public_id}/", {"answer": "yes"})
    assert Membership.objects.filter(user=village.vera, organisation=asked).exists()
