import pytest
from django.utils import timezone

from samverka.kernel.mail.emails import registered
from samverka.kernel.models import OutboxMessage, OutboxState

pytestmark = pytest.mark.django_db
OUTBOX = "/redaktion/meddelanden/"
CODES = sorted(email.code for email in registered())


def message(**fields):
    return OutboxMessage.objects.create(
        **{
            "kind": "sign_in_code",
            "to_address": "karin.provsson@exempelby.example",
            "subject": "Koden 4711",
            "text": "MARKÖR i texten",
            "html": "<p>MARKÖR i webbsidan</p>",
            "purge_on": timezone.localdate(),
            **fields,
        }
    )


def test_outbox_shows_title_and_masked_address_and_never_content(hedda):
    message()
    page = hedda.get(OUTBOX).content.decode()
    assert "Kod för att logga in" in page
    assert "k…@exempelby.example" in page
    for hidden in ("MARKÖR", "4711", "karin.provsson"):
        assert hidden not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"late": True, "text": "", "html": ""}, True),
        ({"secret": True, "state": OutboxState.SENT, "sent_at": timezone.now(), "text": "", "html": ""}, True),
        ({"secret": True}, False),
        ({}, False),
    ],
)
def test_outbox_says_where_no_text_is_kept(hedda, fields, said):
    OutboxMessage.objects.all().delete()
    message(**fields)
    assert ("Texten sparas inte här" in hedda.get(OUTBOX).content.decode()) == said


def test_outbox_of_one_state(hedda):
    OutboxMessage.objects.all().delete()
    message()
    page = hedda.get(f"{OUTBOX}?lage=failed").content.decode()
    assert "Inga meddelanden här" in page
    assert "k…@exempelby.example" not in page


def test_failed_message_is_sent_again_by_post_only(hedda):
    failed = message(state=OutboxState.FAILED, attempts=8, last_error="SMTPServerDisconnected: gone")
    page = hedda.get(OUTBOX).content.decode()
    assert "Efter 8 försök: SMTPServerDisconnected: gone" in page
    path = f"{OUTBOX}{failed.public_id}/forsok-igen/"
    assert path in page
    assert hedda.get(path).status_code == 405
    assert "Meddelandet är på väg igen." in hedda.post(path, follow=True).content.decode()
    failed.refresh_from_db()
    assert failed.state == OutboxState.QUEUED


def test_unknown_message_is_not_found(hedda):
    assert hedda.post(f"{OUTBOX}bcdfg23456/forsok-igen/").status_code == 404


def test_outbox_takes_the_same_queries_for_one_and_for_many(hedda, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    message()
    hedda.get(OUTBOX)
    with CaptureQueriesContext(connection) as one:
        hedda.get(OUTBOX)
    for _number in range(20):
        message()
    with django_assert_num_queries(len(one)):
        hedda.get(OUTBOX)


def test_every_mail_is_on_the_list_of_previews(hedda):
    page = hedda.get(f"{OUTBOX}mallar/").content.decode()
    for code in CODES:
        assert f"/redaktion/meddelanden/mallar/{code}/sv/" in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_mail_can_be_looked_at(hedda, language):
    for code in CODES:
        look_at(hedda, code, language)


def look_at(hedda, code, language):
    page = hedda.get(f"{OUTBOX}mallar/{code}/{language}/")
    assert page.status_code == 200
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert 'sandbox="' in page.content.decode()
    framed = hedda.get(f"{OUTBOX}mallar/{code}/{language}/html/")
    assert f'<html lang="{language}"' in framed.content.decode()
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "sandbox" in framed["Content-Security-Policy"]
    assert "script-src" not in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"


def test_other_pages_may_not_hold_frames_nor_be_framed(hedda):
    page = hedda.get(OUTBOX)
    assert "frame-src" not in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["mallar/no_such_mail/sv/", "mallar/sign_in_code/fi/", "mallar/sign_in_code/fi/html/"])
def test_preview_of_nothing_is_not_found(hedda, path):
    assert hedda.get(f"{OUTBOX}{path}").status_code == 404
