"""Who holds the host's roles."""

import pytest
from django.test import Client

from samverka.accounts.models import User
from tests.web.account.steps import host_person, signed_in

pytestmark = pytest.mark.django_db
PEOPLE = "/redaktion/personer/"
BACK = "http://testserver/redaktion/personer/"


def test_administrator_gives_and_takes_a_role() -> None:
    client, _hedda, _secret = host_person()
    eva = User.objects.create_user("eva@vard.example", name="Eva")
    assert client.get(PEOPLE).status_code == 200
    page = client.post(PEOPLE, {"email": eva.email, "role": "editor"}, follow=True)
    assert "Eva har fått rollen" in page.content.decode()
    assert "Eva fick rollen Redaktör" in page.content.decode()
    page = client.post(f"{PEOPLE}{eva.public_id}/ta-roll/", {"role": "editor"}, follow=True)
    assert "Eva blev av med rollen Redaktör" in page.content.decode()
    eva.refresh_from_db()
    assert eva.host_roles == []


def test_unknown_person_is_refused_at_the_field() -> None:
    client, _hedda, _secret = host_person()
    page = client.post(PEOPLE, {"email": "ingen@vard.example", "role": "editor"})
    assert "Ingen har loggat in med den adressen" in page.content.decode()


def test_last_administrator_gets_a_message_and_keeps_the_role() -> None:
    client, hedda, _secret = host_person()
    path = f"{PEOPLE}{hedda.public_id}/ta-roll/"
    page = client.post(path, {"role": "host_administrator"}, HTTP_REFERER=BACK, follow=True)
    assert "minst en administratör" in page.content.decode()
    hedda.refresh_from_db()
    assert hedda.host_roles == ["host_administrator"]


def test_second_factor_of_another_is_reset() -> None:
    client, _hedda, _secret = host_person()
    _eva_client, eva, _eva_secret = host_person("editor", "eva@vard.example")
    path = f"{PEOPLE}{eva.public_id}/nollstall/"
    assert client.get(path).status_code == 200
    assert client.post(path)["Location"] == PEOPLE
    assert not eva.authenticator_set.exists()
    assert _eva_client.get("/redaktion/")["Location"].startswith("/konto/logga-in/")


@pytest.mark.parametrize("role", ["editor", "analyst"])
def test_other_host_roles_are_shut_out(role: str) -> None:
    client, _user, _secret = host_person(role)
    assert client.get(PEOPLE).status_code == 403
    assert client.post(PEOPLE, {"email": "x@vard.example", "role": "editor"}).status_code == 403


def test_others_are_shut_out() -> None:
    client, user = signed_in(name="Alva")
    assert client.get(PEOPLE).status_code == 403
    assert client.post(f"{PEOPLE}{user.public_id}/ta-roll/").status_code == 403
    assert Client().get(PEOPLE)["Location"] == f"/konto/logga-in/?next={PEOPLE}"


def test_unknown_person_in_the_address_is_not_found() -> None:
    client, _hedda, _secret = host_person()
    assert client.get(f"{PEOPLE}bcdfghjkmn/nollstall/").status_code == 404
