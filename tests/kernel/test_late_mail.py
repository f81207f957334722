"""A late mail: what only some may read stands in no row; it is read when the mail leaves, as it is then."""

from dataclasses import dataclass
from importlib import import_module
from smtplib import SMTPDataError, SMTPServerDisconnected
from typing import ClassVar

import pytest
from django.core import serializers
from django.db import IntegrityError, connection
from django.template import engines
from django.utils import timezone, translation

from samverka.kernel.mail import emails, outbox, overview
from samverka.kernel.mail.emails import Email, register
from samverka.kernel.models import OutboxMessage, OutboxState, SinkMail

pytestmark = pytest.mark.django_db
TEXT = "Vi behöver qvastskåp till hösten"
TEMPLATES = {
    "mail/late_note.txt": '{% extends "mail/base.txt" %}{% block body %}{{ author }}: {{ words }}{% endblock %}',
    "mail/late_note.html": '{% extends "mail/base.html" %}{% block body %}<p>{{ words }}</p>{% endblock %}',
}
#: What the database says of each note when the mail leaves; None: withdrawn.
NOTES: dict[str, str | None] = {}


@dataclass(frozen=True)
class LateNote(Email):
    """Names the note; says it first when it leaves."""

    note_id: str
    receiver_id: int
    author: str
    code: ClassVar[str] = "late_note"
    title: ClassVar[str] = "Ny anteckning"
    when: ClassVar[str] = "Vid prov"
    late: ClassVar[bool] = True

    @classmethod
    def sample(cls):
        return cls(note_id="bcdfg23456", receiver_id=1, author="Karin Provsson")

    @classmethod
    def sample_context(cls):
        return {"words": "Påhittade ord"}

    def subject(self):
        return {"sv": "Ny anteckning av %s", "en": "New note by %s"}[translation.get_language()] % self.author

    def build(self):
        words = NOTES[self.note_id]
        return None if words is None else {"words": f"{words} ({translation.get_language()})"}


@pytest.fixture(autouse=True)
def known(settings, monkeypatch):
    """Let the mail and its templates be known, and caught as rows."""
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    settings.BASE_URL = "https://samverka.example"
    monkeypatch.setitem(emails._registered, "late_note", LateNote)
    monkeypatch.setattr(
        emails, "render_to_string", lambda name, said: engines["django"].from_string(TEMPLATES[name]).render(said)
    )
    monkeypatch.setitem(NOTES, "bcdfg23456", TEXT)


def sent(**options):
    return outbox.send(LateNote.sample(), to="yusuf@example.se", **options)


def whole_row():
    return serializers.serialize("json", OutboxMessage.objects.all())


def test_late_mail_waits_with_ids_and_labels_only():
    message = sent()
    assert message.arguments == {"note_id": "bcdfg23456", "receiver_id": 1, "author": "Karin Provsson"}
    assert (message.subject, message.text, message.html) == ("Ny anteckning av Karin Provsson", "", "")
    assert "qvastskåp" not in whole_row()


def test_late_mail_says_what_is_so_when_it_leaves(monkeypatch):
    message = sent()
    monkeypatch.setitem(NOTES, "bcdfg23456", "Vi behöver ett större skåp")
    assert outbox.deliver(message.pk)
    mail = SinkMail.objects.get()
    assert mail.subject == "Ny anteckning av Karin Provsson"
    assert mail.text.startswith("Karin Provsson: Vi behöver ett större skåp (sv)")
    assert "<h1>Ny anteckning av Karin Provsson</h1>" in mail.html


def test_late_mail_leaves_nothing_of_its_text_behind():
    message = sent()
    assert outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.text, message.html) == (OutboxState.SENT, "", "")
    assert "qvastskåp" in SinkMail.objects.get().text
    assert "qvastskåp" not in whole_row()


def test_late_mail_is_written_in_the_language_of_its_row():
    with translation.override("sv"):
        outbox.deliver(sent(language="en").pk)
    mail = SinkMail.objects.get()
    assert mail.subject == "New note by Karin Provsson"
    assert "skåp till hösten (en)" in mail.text
    assert '<html lang="en"' in mail.html


def test_late_mail_of_a_withdrawn_text_is_cancelled(monkeypatch):
    message = sent()
    monkeypatch.setitem(NOTES, "bcdfg23456", None)
    assert not outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (OutboxState.CANCELLED, None)
    assert not SinkMail.objects.exists()
    assert not outbox.try_again(message.pk)


def test_late_mail_is_made_anew_after_a_failure(monkeypatch):
    message = sent()
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_hand_over", raising(SMTPServerDisconnected("gone")))
        assert not outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.last_error == "SMTPServerDisconnected: gone"
    monkeypatch.setitem(NOTES, "bcdfg23456", "Nu med bättre ord")
    OutboxMessage.objects.update(next_attempt_at=timezone.now())
    assert outbox.deliver(message.pk)
    assert "Nu med bättre ord" in SinkMail.objects.get().text


def raising(error):
    def fail(*_arguments):
        raise error

    return fail


@pytest.mark.parametrize(
    ("place", "error", "noted"),
    [
        ("_rendered", ValueError(TEXT), "ValueError"),
        ("_hand_over", UnicodeError(TEXT), "UnicodeError"),
        ("_hand_over", SMTPDataError(554, f"5.7.1 spam: {TEXT}"), "SMTPDataError: 554"),
    ],
)
def test_failure_of_a_late_mail_is_noted_without_its_text(monkeypatch, place, error, noted):
    message = sent()
    monkeypatch.setattr(outbox, place, raising(error))
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.last_error, message.state) == (noted, OutboxState.QUEUED)


def test_late_mail_unknown_after_an_upgrade_is_not_sent_empty(monkeypatch):
    message = sent()
    monkeypatch.delitem(emails._registered, "late_note")
    assert not outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.last_error == "KeyError"


@pytest.mark.parametrize("author", ["x" * 301, ["Karin"], None, {"a": "b"}])
def test_late_mail_takes_ids_and_labels_only(author):
    with pytest.raises(TypeError, match=r"LateNote\.author"):
        outbox.send(LateNote("bcdfg23456", 1, author), to="yusuf@example.se")
    assert not OutboxMessage.objects.exists()


def test_subject_of_a_late_mail_is_one_line():
    outbox.send(LateNote("bcdfg23456", 1, "Karin\r\nBcc: alla@example.se"), to="yusuf@example.se")
    assert OutboxMessage.objects.get().subject == "Ny anteckning av Karin Bcc: alla@example.se"


def test_database_refuses_a_late_mail_with_a_text():
    with pytest.raises(IntegrityError, match="outbox_late_keeps_no_text"):
        OutboxMessage.objects.create(
            kind="late_note", to_address="yusuf@example.se", late=True, text=TEXT, purge_on=timezone.localdate()
        )


def test_late_mail_is_rendered_only_with_what_it_built():
    with pytest.raises(TypeError, match="build"):
        LateNote.sample().render("sv")


def test_example_of_a_late_mail_shows_invented_content():
    assert LateNote.example("en").subject == "New note by Karin Provsson"
    assert "Påhittade ord" in LateNote.example("sv").text


@pytest.mark.parametrize("lacking", ["subject", "build"])
def test_late_mail_without_subject_or_build_is_not_registered(lacking):
    class Lacking(LateNote):
        code = "lacking"

    setattr(Lacking, lacking, getattr(Email, lacking))
    with pytest.raises(TypeError, match="Lacking is late"):
        register(Lacking)


def test_secret_late_mail_forgets_its_arguments_too(monkeypatch):
    monkeypatch.setattr(LateNote, "secret", True)
    message = sent()
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.arguments == {}


def test_host_sees_that_no_text_is_kept():
    message = sent()
    assert [(row.title, row.has_text) for row in overview.rows([message])] == [("Ny anteckning", False)]


def test_migration_turns_one_address_into_a_list_and_back():
    migration = import_module("samverka.kernel.migrations.0002_late_mail")
    told, untold = sent(reply_to="karin@example.se"), sent()
    with connection.cursor() as cursor:
        cursor.execute(migration.SEVERAL_TO_ONE)
        cursor.execute("SELECT reply_to FROM kernel_outboxmessage ORDER BY id")
        assert cursor.fetchall() == [("karin@example.se",), ("",)]
        cursor.execute(migration.ONE_TO_SEVERAL)
    for message, addresses in ((told, ["karin@example.se"]), (untold, [])):
        message.refresh_from_db()
        assert message.reply_to == addresses
