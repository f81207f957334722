"""The id of a mail, the thread it stands in, and where its answer goes, as they leave."""

import email
import email.policy
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.utils import timezone

from samverka.kernel.checks import reply_address_is_an_address
from samverka.kernel.mail import addressing, outbox
from samverka.kernel.mail.emails import Email, Rendered
from samverka.kernel.models import OutboxMessage, SinkMail

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Note(Email):
    """A mail that needs no template."""

    words: str
    code: ClassVar[str] = "note"

    def render(self, language, built=None):
        return Rendered("Hej", self.words, "")


@pytest.fixture(autouse=True)
def installation(settings):
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    settings.BASE_URL = "https://samverka.example:8443"
    settings.CONTACT_EMAIL = "kontakt@samverka.example"
    settings.REPLY_ADDRESS = ""


def left(**options):
    """Send a mail; return its row and the mail as it left."""
    message = outbox.send(Note("Hej!"), to="karin@example.se", **options)
    assert outbox.deliver(message.pk)
    raw = bytes(SinkMail.objects.latest("pk").raw)
    return message, email.message_from_bytes(raw, policy=email.policy.default)


def test_mail_has_an_id_of_its_own_that_is_the_same_when_sent_again():
    message, mail = left()
    assert mail["Message-ID"] == f"<{message.public_id}@samverka.example>"
    OutboxMessage.objects.update(state="queued", next_attempt_at=timezone.now())
    assert outbox.deliver(message.pk)
    assert len({bytes(one.raw).split(b"Message-ID:")[1].split(b"\n")[0] for one in SinkMail.objects.all()}) == 1


def test_mails_of_one_matter_name_the_same_first_mail():
    _message, mail = left(thread="bcdfg23456.notes")
    assert mail["References"] == mail["In-Reply-To"] == "<bcdfg23456.notes@samverka.example>"


def test_mail_without_thread_refers_to_nothing():
    _message, mail = left()
    assert mail["References"] is None


@pytest.mark.parametrize("thread", ["a b", "x>\r\nBcc: alla@example.se", "å", "x" * 101])
def test_thread_is_named_by_ids(thread):
    with pytest.raises(ValueError, match="thread"):
        outbox.send(Note("Hej!"), to="karin@example.se", thread=thread)


def test_host_of_the_ids_is_plain(settings):
    settings.BASE_URL = "https://åby.example"
    assert addressing.message_id("bcdfg23456") == "<bcdfg23456@xn--by-xia.example>"


@pytest.mark.parametrize(
    ("given", "goes_to"),
    [
        ((), "kontakt@samverka.example"),
        ("", "kontakt@samverka.example"),
        ("karin@example.se", "karin@example.se"),
        (["karin@example.se", "", "kim@example.se", "karin@example.se"], "karin@example.se, kim@example.se"),
    ],
)
def test_answer_goes_to_those_who_are_given(settings, given, goes_to):
    _message, mail = left(reply_to=given)
    assert mail["Reply-To"] == goes_to


def test_answer_goes_nowhere_when_there_is_nobody(settings):
    settings.CONTACT_EMAIL = ""
    _message, mail = left()
    assert mail["Reply-To"] is None


def test_answer_to_a_late_mail_goes_to_its_own_address_first(settings):
    settings.REPLY_ADDRESS = "svar@samverka.example"

    def found(given):
        return addressing.reply_addresses(given, public_id="bcdfg23456", late=True)

    assert found("karin@example.se") == ["svar+bcdfg23456@samverka.example", "karin@example.se"]
    assert found(()) == ["svar+bcdfg23456@samverka.example"]


def test_answer_to_an_ordinary_mail_has_no_address_of_its_own(settings):
    settings.REPLY_ADDRESS = "svar@samverka.example"
    _message, mail = left(reply_to="karin@example.se")
    assert mail["Reply-To"] == "karin@example.se"


@pytest.mark.parametrize("address", ["svar", "Svar <svar@samverka.example>", "svar@", "@samverka.example"])
def test_reply_address_that_is_none_is_refused(settings, address):
    settings.REPLY_ADDRESS = address
    assert [error.id for error in reply_address_is_an_address(None)] == ["samverka.E004"]


@pytest.mark.parametrize("address", ["", "svar@samverka.example"])
def test_reply_address_or_none_is_taken(settings, address):
    settings.REPLY_ADDRESS = address
    assert reply_address_is_an_address(None) == []
