"""One page to sign in: nothing tells whether an address is known, and the account comes into being by answering."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from samverka.accounts.models import User
from samverka.kernel import ratelimit
from samverka.kernel.models import AuditEntry, OutboxMessage, RateCount

from .steps import CODE, SIGN_IN, ask_for_code, mailed_code, sign_in, signed_in

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "anna@forening.example", "okand@forening.example"


def without_tokens(page: Any, address: str) -> str:
    text = page.content.decode().replace(address, "ADDRESS")
    return re.sub(r'(name="(?:csrfmiddlewaretoken|idempotency_key)" value=")[^"]+', r"\1", text)


def test_known_and_unknown_address_get_the_same_pages_and_mail() -> None:
    User.objects.create_user(KNOWN, name="Anna")
    seen = []
    for address in (KNOWN, UNKNOWN):
        client = Client()
        answer = ask_for_code(client, address)
        page, wrong = client.get(CODE), client.post(CODE, {"code": "0000 0001"})
        mail = OutboxMessage.objects.get(to_address=address)
        text = re.sub(r"\d{4} \d{4}", "CODE", mail.text)
        seen.append(
            (
                answer.status_code,
                answer["Location"],
                without_tokens(page, address),
                without_tokens(wrong, address),
                mail.subject,
                text,
            )
        )
    assert seen[0] == seen[1]


def test_nothing_is_stored_about_an_unknown_address_before_the_answer() -> None:
    ask_for_code(Client(), UNKNOWN)
    assert not User.objects.filter(email=UNKNOWN).exists()
    assert not EmailAddress.objects.exists()
    assert not RateCount.objects.filter(key__contains="okand").exists()


def test_answering_makes_the_account_and_asks_for_a_name(client: Client) -> None:
    answer = sign_in(client, UNKNOWN)
    user = User.objects.get(email=UNKNOWN)
    assert answer["Location"].startswith("/konto/valkommen/?next=")
    assert EmailAddress.objects.get(user=user).verified
    assert AuditEntry.objects.filter(action="account.created", object_id=user.public_id).exists()
    assert client.get(answer["Location"]).status_code == 200
    named = client.post(answer["Location"], {"name": "Okänd Person"})
    assert named["Location"] == "/arbete/"
    user.refresh_from_db()
    assert user.name == "Okänd Person"


def test_the_name_can_be_left_out(client: Client) -> None:
    welcome = sign_in(client, UNKNOWN, next="/platser/")["Location"]
    assert client.post(welcome, {"name": ""})["Location"] == "/platser/"


def test_address_is_the_same_in_capitals(client: Client) -> None:
    user = User.objects.create_user(KNOWN)
    assert ask_for_code(client, "  Anna@Forening.EXAMPLE ").status_code == 302
    client.post(CODE, {"code": mailed_code(KNOWN)})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1


@pytest.mark.parametrize("typed", ["{} ", "{0}", "{nospace}", "{dashed}"])
def test_code_may_be_typed_with_or_without_space(client: Client, typed: str) -> None:
    ask_for_code(client, KNOWN)
    code = mailed_code(KNOWN)
    shown = typed.format(code, nospace=code.replace(" ", ""), dashed=code.replace(" ", "-"))
    assert client.post(CODE, {"code": shown}).status_code == 302


def test_code_older_than_fifteen_minutes_is_refused(client: Client) -> None:
    ask_for_code(client, KNOWN)
    code = mailed_code(KNOWN)
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=5)):
        answer = client.post(CODE, {"code": code}, follow=True)
    assert "gäller inte längre" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_code_within_fifteen_minutes_holds(client: Client) -> None:
    ask_for_code(client, KNOWN)
    code = mailed_code(KNOWN)
    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        client.post(CODE, {"code": code})
    assert "_auth_user_id" in client.session


def test_five_wrong_codes_spend_it(client: Client) -> None:
    ask_for_code(client, KNOWN)
    code = mailed_code(KNOWN)
    wrong = "1111 1111" if code != "1111 1111" else "2222 2222"
    for _attempt in range(5):
        assert "Det är inte koden" in client.post(CODE, {"code": wrong}).content.decode()
    spent = client.post(CODE, {"code": code})
    assert spent["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_restoring_the_session_gives_no_more_tries(client: Client) -> None:
    ask_for_code(client, KNOWN)
    code, kept = mailed_code(KNOWN), dict(client.session)
    for _attempt in range(5):
        client.post(CODE, {"code": "1111 1111"})
    session = client.session
    session.update(kept)
    session.save()
    client.post(CODE, {"code": code})
    assert "_auth_user_id" not in client.session


def test_code_does_not_hold_in_another_browser() -> None:
    ask_for_code(Client(), KNOWN)
    other = Client()
    assert other.post(CODE, {"code": mailed_code(KNOWN)})["Location"] == SIGN_IN
    ask_for_code(other, "annan@forening.example")
    other.post(CODE, {"code": mailed_code(KNOWN)})
    assert "_auth_user_id" not in other.session


def test_resend_waits_a_minute_and_the_first_code_ends(client: Client) -> None:
    ask_for_code(client, KNOWN)
    first = mailed_code(KNOWN)
    client.post(CODE, {"action": "resend"})
    assert OutboxMessage.objects.filter(to_address=KNOWN).count() == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        client.post(CODE, {"action": "resend"})
        assert OutboxMessage.objects.filter(to_address=KNOWN).count() == 2
        assert client.post(CODE, {"code": first}).status_code == 200
        assert client.post(CODE, {"code": mailed_code(KNOWN)}).status_code == 302


def test_too_many_codes_to_one_address_are_refused_for_all_browsers() -> None:
    for _attempt in range(5):
        assert ask_for_code(Client(), KNOWN).status_code == 302
    refused = ask_for_code(Client(), KNOWN)
    assert refused.status_code == 429
    assert "för många försök" in refused.content.decode()
    assert ask_for_code(Client(), UNKNOWN).status_code == 302


def test_too_many_codes_from_one_place_are_refused() -> None:
    for number in range(100):
        if number in {0, 99}:
            assert ask_for_code(Client(), f"p{number}@forening.example").status_code == 302
        else:
            ratelimit.allow("code-from:127.0.0.1", most=1000, within=timedelta(minutes=15))
    assert ask_for_code(Client(), "one@forening.example").status_code == 429
    assert ask_for_code(Client(REMOTE_ADDR="192.0.2.7"), "one@forening.example").status_code == 302


@pytest.mark.parametrize("method", ["get", "head"])
def test_no_get_signs_in_or_mails(client: Client, method: str) -> None:
    ask_for_code(client, KNOWN)
    code = mailed_code(KNOWN)
    for path in (f"{CODE}?code={code}", f"{SIGN_IN}?email={KNOWN}", "/konto/logga-ut/", "/konto/logga-in/passnyckel/"):
        for _time in range(2):
            getattr(client, method)(path)
    assert "_auth_user_id" not in client.session
    assert OutboxMessage.objects.count() == 1
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        ("/platser/", "/platser/"),
        ("/en/konto/", "/en/konto/"),
        ("https://evil.example/", "/arbete/"),
        ("//evil.example/", "/arbete/"),
        ("/\\evil.example", "/arbete/"),
        ("javascript:alert(1)", "/arbete/"),
        ("platser/", "/arbete/"),
    ],
)
def test_next_stays_on_the_site(client: Client, asked: str, lands: str) -> None:
    User.objects.create_user(KNOWN, name="Anna")
    asked_page = client.post(SIGN_IN, {"email": KNOWN, "next": asked})
    answer = client.post(asked_page["Location"], {"code": mailed_code(KNOWN), "next": asked})
    assert answer["Location"] == lands


def test_next_is_carried_through_the_code_page(client: Client) -> None:
    User.objects.create_user(KNOWN, name="Anna")
    code_page = client.post(f"{SIGN_IN}?next=/platser/", {"email": KNOWN})["Location"]
    assert 'name="next" value="/platser/"' in client.get(code_page).content.decode()
    assert client.post(code_page, {"code": mailed_code(KNOWN)})["Location"] == "/platser/"


def test_the_mail_follows_the_language_of_the_page(client: Client) -> None:
    client.post("/en/konto/logga-in/", {"email": UNKNOWN})
    assert OutboxMessage.objects.get(to_address=UNKNOWN).language == "en"
    answer = client.post("/en/konto/logga-in/kod/", {"code": mailed_code(UNKNOWN)})
    assert answer["Location"].startswith("/en/konto/valkommen/")
    assert User.objects.get(email=UNKNOWN).language == "en"


def test_code_is_secret_and_not_in_the_subject(client: Client) -> None:
    ask_for_code(client, KNOWN)
    message = OutboxMessage.objects.get(to_address=KNOWN)
    assert message.secret
    assert mailed_code(KNOWN) not in message.subject
    assert mailed_code(KNOWN).replace(" ", "") not in str(dict(client.session))


def test_remembered_for_ninety_days_only_when_asked() -> None:
    for remember, days in ((False, 0.5), (True, 90)):
        client = Client()
        sign_in(client, f"dagar{days}@forening.example", **({"remember": "on"} if remember else {}))
        assert client.session.get_expiry_age() == pytest.approx(days * 86400, abs=5)
        assert client.session.get_expire_at_browser_close() is not remember


def test_inactive_person_is_told_after_the_code(client: Client) -> None:
    User.objects.create_user(KNOWN, is_active=False)
    assert sign_in(client, KNOWN)["Location"] == "/konto/avstangt/"
    assert client.get("/konto/avstangt/").status_code == 200
    assert "_auth_user_id" not in client.session


def test_sign_out_is_by_post() -> None:
    client, _user = signed_in()
    assert client.get("/konto/logga-ut/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/konto/logga-ut/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_session_key_changes_at_sign_in(client: Client) -> None:
    ask_for_code(client, KNOWN)
    before = client.session.session_key
    client.post(CODE, {"code": mailed_code(KNOWN)})
    assert client.session.session_key != before


@pytest.mark.django_db
def test_signing_in_without_an_address_asks_for_it(client: Client) -> None:
    page = client.post(SIGN_IN, {"email": ""}).content.decode()
    assert "Skriv din e-postadress." in page
    assert "måste fyllas i" not in page
