"""A role of the host is used with a second factor only; for others it is a choice."""

import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from samverka.accounts.models import User
from samverka.accounts.second_factor import enrol_totp, totp_code
from samverka.kernel.models import AuditEntry, OutboxMessage

from .steps import host_person, sign_in, signed_in

pytestmark = pytest.mark.django_db
METHODS = "/konto/inloggning/"


def activate_app(client: Client) -> str:
    page = client.get("/konto/tva-steg/app/")
    assert page.status_code == 200
    secret: str = page.context["form"].secret
    assert f"{secret[:4]} {secret[4:8]}" in page.content.decode()
    assert "data:image/svg+xml;base64" in page.content.decode()
    answer = client.post("/konto/tva-steg/app/", {"code": totp_code(secret, time.time())})
    assert answer["Location"] == "/konto/tva-steg/reservkoder/"
    return secret


@pytest.mark.parametrize("path", ["/", "/redaktion/personer/", "/arbete/", "/konto/", "/konto/avsluta/", "/platser/"])
def test_host_role_without_second_factor_reaches_only_enrolment(path: str) -> None:
    client, _user = signed_in(host_roles=["host_administrator"])
    assert client.get(path)["Location"] == METHODS
    page = client.get(METHODS)
    assert page.status_code == 200
    assert "Din roll kräver två steg" in page.content.decode()


def test_host_role_enrols_proves_and_goes_on(django_capture_on_commit_callbacks: Any) -> None:
    client, user = signed_in(host_roles=["host_administrator"])
    with django_capture_on_commit_callbacks(execute=True):
        secret = activate_app(client)
    # Enrolling is not proving: everything but proving is closed now.
    proving = client.get("/konto/tva-steg/reservkoder/")
    assert proving["Location"].startswith("/konto/bekrafta/tva-steg/?next=")
    assert client.get("/konto/passnycklar/ny/")["Location"].startswith("/konto/bekrafta/tva-steg/")
    assert client.get(proving["Location"]).status_code == 200
    with time_machine.travel(time.time() + 31):
        typed = {"code": totp_code(secret, time.time()), "next": "/konto/tva-steg/reservkoder/"}
        proven = client.post(proving["Location"], typed)
        assert proven["Location"] == "/konto/tva-steg/reservkoder/"
        codes = client.get("/konto/tva-steg/reservkoder/")
        assert codes.status_code == 200
        assert client.get("/redaktion/personer/").status_code == 200
    assert AuditEntry.objects.filter(action="second_factor.added", actor_id=user.pk).exists()
    assert OutboxMessage.objects.filter(kind="sign_in_changed", to_address=user.email).exists()


def test_wrong_second_code_does_not_sign_in() -> None:
    user = User.objects.create_user("hedda@vard.example", host_roles=["editor"])
    enrol_totp(user=user)
    client = Client()
    sign_in(client, user.email)
    page = client.get("/konto/logga-in/tva-steg/")
    assert page.status_code == 200
    answer = client.post("/konto/logga-in/tva-steg/", {"code": "000000"})
    assert "Koden stämmer inte" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_second_code_guesses_are_limited() -> None:
    user = User.objects.create_user("hedda@vard.example", host_roles=["editor"])
    secret = enrol_totp(user=user)
    client = Client()
    sign_in(client, user.email)
    for _attempt in range(10):
        client.post("/konto/logga-in/tva-steg/", {"code": "000000"})
    client.post("/konto/logga-in/tva-steg/", {"code": totp_code(secret, time.time())})
    assert "_auth_user_id" not in client.session


def test_host_role_is_never_remembered_for_ninety_days() -> None:
    user = User.objects.create_user("hedda@vard.example", name="Hedda", host_roles=["editor"])
    secret = enrol_totp(user=user)
    client = Client()
    sign_in(client, user.email, remember="on")
    client.post("/konto/logga-in/tva-steg/", {"code": totp_code(secret, time.time())})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session.get_expiry_age() <= 12 * 3600


def test_recovery_code_works_once() -> None:
    user = User.objects.create_user("hedda@vard.example", name="Hedda", host_roles=["editor"])
    enrol_totp(user=user)
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (True, False):
        client = Client()
        sign_in(client, user.email)
        client.post("/konto/logga-in/tva-steg/", {"code": code})
        assert ("_auth_user_id" in client.session) is expected


def test_role_given_to_a_signed_in_person_asks_at_once() -> None:
    client, user = signed_in(name="Alva")
    assert client.get("/konto/").status_code == 200
    User.objects.filter(pk=user.pk).update(host_roles=["analyst"])
    assert client.get("/konto/")["Location"] == METHODS


def test_person_without_host_role_may_choose_two_steps_and_stop() -> None:
    client, user = signed_in(name="Alva")
    secret = activate_app(client)
    again = Client()
    assert sign_in(again, user.email)["Location"] == "/konto/logga-in/tva-steg/"
    with time_machine.travel(time.time() + 31):
        again.post("/konto/logga-in/tva-steg/", {"code": totp_code(secret, time.time())})
        assert again.get("/konto/tva-steg/app/ta-bort/").status_code == 200
        assert again.post("/konto/tva-steg/app/ta-bort/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()


def test_host_role_cannot_stop_the_only_second_factor() -> None:
    client, user, _secret = host_person()
    page = client.post("/konto/tva-steg/app/ta-bort/")
    assert page.status_code == 200
    assert "kräver två steg" in page.content.decode()
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_volunteers_passkey_is_not_demanded_with_the_code() -> None:
    user = User.objects.create_user("alva@forening.example", name="Alva")
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Min telefon", "credential": {}})
    client = Client()
    assert sign_in(client, user.email)["Location"] == "/arbete/"
    page = client.get(METHODS)
    assert "Min telefon" in page.content.decode()


def test_passkey_is_renamed_and_removed_by_its_owner_only() -> None:
    client, user = signed_in(name="Alva")
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Min telefon", "credential": {}})
    name = str(int(key.created_at.timestamp() * 1_000_000))
    assert client.get(f"/konto/passnycklar/{name}/namn/").status_code == 200
    client.post(f"/konto/passnycklar/{name}/namn/", {"name": "Jobbdatorn"})
    key.refresh_from_db()
    assert key.wrap().name == "Jobbdatorn"
    other, _other_user = signed_in("bo@exempelby.example")
    assert other.get(f"/konto/passnycklar/{name}/ta-bort/").status_code == 404
    assert other.post(f"/konto/passnycklar/{name}/ta-bort/").status_code == 404
    assert client.get(f"/konto/passnycklar/{name}/ta-bort/").status_code == 200
    assert Authenticator.objects.filter(pk=key.pk).exists()
    client.post(f"/konto/passnycklar/{name}/ta-bort/")
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_passkey_pages_have_no_inline_script(client: Client) -> None:
    assert client.get("/konto/logga-in/").status_code == 200
    options = client.get("/konto/logga-in/passnyckel/", HTTP_ACCEPT="application/json").json()
    assert options["request_options"]["publicKey"]["challenge"]
    own, _user = signed_in(name="Alva")
    page = own.get("/konto/passnycklar/ny/")
    assert page.status_code == 200
    assert "creation_options" in page.content.decode()
    for text in (client.get("/konto/logga-in/").content.decode(), page.content.decode()):
        for tag in text.split("<script")[1:]:
            head = tag.split(">")[0]
            assert "src=" in head or 'type="application/json"' in head
        assert " onclick=" not in text


def test_bad_passkey_answer_is_refused(client: Client) -> None:
    client.get("/konto/logga-in/passnyckel/", HTTP_ACCEPT="application/json")
    answer = client.post("/konto/logga-in/passnyckel/", {"credential": "{}"})
    assert answer["Location"] == "/konto/logga-in/"
    assert "_auth_user_id" not in client.session
