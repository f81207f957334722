"""One's own account: details, addresses, password, sessions, what is kept, and the end."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client

from samverka.accounts.models import User
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.organisations.queries import current_memberships
from tests.people import Village

from .steps import host_person, mailed_code, sign_in, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "en lång mening om byalaget"
PAGES = (
    "", "uppgifter/", "e-post/", "e-post/ny/", "inloggning/", "losenord/", "passnycklar/ny/", "tva-steg/app/",
    "inloggad/", "mina-uppgifter/", "avsluta/", "bekrafta/kod/", "valkommen/", "logga-ut/",
)  # fmt: skip


def choose_password(client: Client) -> None:
    answer = client.post("/konto/losenord/", {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == "/konto/inloggning/"


@pytest.mark.parametrize("prefix", ["/konto/", "/en/konto/"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_one_heading_and_a_language(prefix: str, page: str) -> None:
    client, _user = signed_in(name="Alva")
    text = client.get(prefix + page).content.decode()
    assert text.count("<h1") == 1
    assert f'<html lang="{"en" if prefix.startswith("/en") else "sv"}"' in text
    assert "<main" in text


@pytest.mark.parametrize("page", [page for page in PAGES if page not in {"logga-ut/"}])
def test_signed_out_is_sent_to_sign_in_and_back(client: Client, page: str) -> None:
    answer = client.get(f"/konto/{page}")
    assert answer["Location"] == f"/konto/logga-in/?next=/konto/{page}"


def test_details_are_changed_and_audited_without_values() -> None:
    client, user = signed_in(name="Alva")
    client.post("/konto/uppgifter/", {"name": "Alva Berg", "phone": "070-123 45 67", "language": "en"})
    user.refresh_from_db()
    assert (user.name, user.phone, user.language) == ("Alva Berg", "070-123 45 67", "en")
    row = AuditEntry.objects.get(action="account.details_changed")
    assert row.changes == {"fields": ["language", "name", "phone"]}


def test_sensitive_pages_ask_anew_after_a_quarter() -> None:
    client, user = signed_in(name="Alva")
    with time_machine.travel(time.time() + 16 * 60):
        for path in (
            "/konto/losenord/",
            "/konto/e-post/",
            "/konto/passnycklar/ny/",
            "/konto/avsluta/",
            "/konto/tva-steg/app/",
        ):
            assert client.get(path)["Location"].startswith("/konto/bekrafta/kod/?next=")
        proving = client.get("/konto/losenord/")["Location"]
        before = OutboxMessage.objects.count()
        assert client.get(proving).status_code == 200
        assert OutboxMessage.objects.count() == before
        client.post(proving, {"action": "send"})
        assert "Det är inte koden" in client.post(proving, {"code": "1111 1111"}).content.decode()
        assert client.post(proving, {"code": mailed_code(user.email)})["Location"] == "/konto/losenord/"
        assert client.get("/konto/losenord/").status_code == 200


def test_password_is_a_choice_and_signs_in() -> None:
    client, user = signed_in(name="Alva")
    choose_password(client)
    assert client.get("/konto/").status_code == 200
    assert OutboxMessage.objects.filter(kind="sign_in_changed").exists()
    other = Client()
    page = "/konto/logga-in/losenord/"
    assert "hör inte ihop" in other.post(page, {"email": user.email, "password": "fel"}).content.decode()
    assert other.post(page, {"email": user.email, "password": PASSWORD})["Location"] == "/arbete/"


def test_unknown_address_and_wrong_password_read_the_same(client: Client) -> None:
    user = User.objects.create_user("alva@exempelby.example", PASSWORD)
    said = [
        client.post("/konto/logga-in/losenord/", {"email": address, "password": "fel fel fel"})
        .content.decode()
        .count("hör inte ihop")
        for address in (user.email, "ingen@exempelby.example")
    ]
    assert said[0] == said[1] > 0


def test_password_guesses_are_limited(client: Client) -> None:
    user = User.objects.create_user("alva@exempelby.example", PASSWORD)
    for _attempt in range(10):
        client.post("/konto/logga-in/losenord/", {"email": user.email, "password": "fel"})
    answer = client.post("/konto/logga-in/losenord/", {"email": user.email, "password": PASSWORD})
    assert "för många försök" in answer.content.decode()
    # The code still opens: nobody is shut out by another's guesses.
    assert sign_in(Client(), user.email).status_code == 302


def test_short_password_is_refused() -> None:
    client, user = signed_in(name="Alva")
    assert client.post("/konto/losenord/", {"password1": "kort", "password2": "kort"}).status_code == 200
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_forgotten_password_is_removed_after_a_code() -> None:
    client, user = signed_in(name="Alva")
    choose_password(client)
    assert client.get("/konto/losenord/byt/").status_code == 200
    assert client.get("/konto/losenord/ta-bort/").status_code == 200
    client.post("/konto/losenord/ta-bort/")
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert client.get("/konto/").status_code == 200


def test_password_can_prove_who_one_is() -> None:
    client, _user = signed_in(name="Alva")
    choose_password(client)
    with time_machine.travel(time.time() + 16 * 60):
        page = client.get("/konto/bekrafta/?next=/konto/e-post/")
        assert page.status_code == 200
        assert "Få en kod med e-post" in page.content.decode()
        answer = client.post("/konto/bekrafta/", {"password": PASSWORD, "next": "/konto/e-post/"})
        assert answer["Location"] == "/konto/e-post/"
        assert client.get("/konto/e-post/").status_code == 200


def test_second_address_is_confirmed_made_first_and_removed() -> None:
    client, user = signed_in(name="Alva")
    client.post("/konto/e-post/ny/", {"email": "ALVA@hemma.example"})
    assert not EmailAddress.objects.filter(email="alva@hemma.example").exists()
    assert client.get("/konto/e-post/kod/").status_code == 200
    client.post("/konto/e-post/kod/", {"code": mailed_code("alva@hemma.example")})
    other = Client()
    sign_in(other, "alva@hemma.example")
    assert other.session["_auth_user_id"] == str(user.pk)
    client.post("/konto/e-post/", {"action": "primary", "email": "alva@hemma.example"})
    user.refresh_from_db()
    assert user.email == "alva@hemma.example"
    assert client.get("/konto/e-post/").status_code == 200
    client.post("/konto/e-post/", {"action": "remove", "email": "alva@exempelby.example"})
    assert list(EmailAddress.objects.filter(user=user).values_list("email", flat=True)) == ["alva@hemma.example"]


def test_the_first_address_cannot_be_removed() -> None:
    client, user = signed_in(name="Alva")
    page = client.post(
        "/konto/e-post/",
        {"action": "remove", "email": user.email},
        HTTP_REFERER="http://testserver/konto/e-post/",
        follow=True,
    )
    assert "Välj en annan" in page.content.decode()
    assert EmailAddress.objects.filter(user=user).exists()


def test_anothers_address_looks_the_same_and_is_never_taken() -> None:
    User.objects.create_user("bo@exempelby.example")
    client, _user = signed_in(name="Alva")
    assert client.post("/konto/e-post/ny/", {"email": "bo@exempelby.example"})["Location"] == "/konto/e-post/kod/"
    mail = OutboxMessage.objects.get(to_address="bo@exempelby.example")
    assert mail.kind == "address_in_use"
    for typed in ("1111 1111", "0", " "):
        client.post("/konto/e-post/kod/", {"code": typed})
    assert EmailAddress.objects.filter(email="bo@exempelby.example").count() == 0


def test_sessions_are_listed_and_ended_elsewhere() -> None:
    here, user = signed_in(name="Alva")
    there = Client(headers={"user-agent": "Mozilla/5.0 (Android 15) Firefox/140.0"})
    sign_in(there, user.email)
    text = here.get("/konto/inloggad/").content.decode()
    assert "Firefox, Android" in text
    here.post("/konto/inloggad/")
    assert here.get("/konto/").status_code == 200
    assert there.get("/konto/")["Location"].startswith("/konto/logga-in/")
    assert UserSession.objects.filter(user=user).count() == 1


def test_my_data_names_secrets_and_never_gives_them_out() -> None:
    client, user, secret = host_person()
    answer = client.get("/konto/mina-uppgifter/fil/")
    data = answer.json()
    assert data["person"]["email"] == user.email
    assert {way["kind"] for way in data["ways_to_sign_in"]} == {"totp", "recovery_codes"}
    assert secret not in answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]


def test_ended_account_keeps_no_address() -> None:
    client, user = signed_in()
    address = user.email
    assert client.get("/konto/avsluta/").status_code == 200
    assert client.post("/konto/avsluta/")["Location"] == "/"
    user.refresh_from_db()
    assert (user.name, user.phone, user.is_active) == ("Borttagen person", "", False)
    assert address not in user.email
    assert not EmailAddress.objects.filter(email=address).exists()
    assert AuditEntry.objects.filter(actor_id=user.pk, action="account.ended").exists()
    assert not AuditEntry.objects.filter(actor_label=address).exists()
    assert "_auth_user_id" not in client.session
    # The same address may begin anew, as somebody else.
    again = Client()
    sign_in(again, address)
    assert again.session["_auth_user_id"] != str(user.pk)


def test_last_host_administrator_cannot_end_the_account() -> None:
    client, user, _secret = host_person()
    page = client.post("/konto/avsluta/", HTTP_REFERER="http://testserver/konto/avsluta/", follow=True)
    assert "minst en administratör" in page.content.decode()
    user.refresh_from_db()
    assert user.is_active


def test_cross_site_post_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/konto/logga-in/", {"email": "alva@exempelby.example"})
    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()


def test_session_ends_after_twelve_hours() -> None:
    client, _user = signed_in(name="Alva")
    with time_machine.travel(time.time() + timedelta(hours=12, minutes=1).total_seconds()):
        assert client.get("/konto/").status_code == 302


def test_only_administrator_of_an_organisation_hands_over_first(village: Village) -> None:
    client, _karin = signed_in(village.karin.email)
    page = client.post("/konto/avsluta/", HTTP_REFERER="http://testserver/konto/avsluta/", follow=True)
    assert village.municipality.name in page.content.decode()
    village.karin.refresh_from_db()
    assert village.karin.is_active


def test_roles_end_with_the_account(village: Village) -> None:
    client, _fatima = signed_in(village.fatima.email)
    client.post("/konto/avsluta/")
    village.fatima.refresh_from_db()
    assert not village.fatima.is_active
    assert not current_memberships(village.fatima).exists()


def test_my_organisations_and_roles_are_listed(village: Village) -> None:
    client, _kim = signed_in(village.kim.email)
    text = client.get("/konto/").content.decode()
    assert "Exempelby kommun, Fritidsnämnden: Medarbetare" in text
