from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import ClassVar

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samverka.kernel import tasks
from samverka.kernel.mail import outbox
from samverka.kernel.mail.emails import Email, Rendered
from samverka.kernel.models import OutboxMessage, OutboxState, SinkMail

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Note(Email):
    """A mail that needs no template."""

    words: str
    code: ClassVar[str] = "note"
    title: ClassVar[str] = "Not"
    when: ClassVar[str] = "Vid prov"

    def render(self, language):
        return Rendered(f"Hej på {language}", self.words, f"<p>{self.words}</p>")


@dataclass(frozen=True)
class SecretNote(Note):
    code: ClassVar[str] = "secret_note"
    secret: ClassVar[bool] = True


@pytest.fixture(autouse=True)
def sink(settings):
    """Keep mails as rows; pytest-django would keep them in memory."""
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"


@pytest.fixture
def broken_server(monkeypatch):
    """Let every mail meet a server that hangs up."""

    def hang_up(*_message):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(outbox, "_hand_over", hang_up)


def jobs():
    return ProcrastinateJob.objects.filter(task_name="samverka.kernel.tasks.send_message")


def test_send_writes_a_row_and_a_job_and_nothing_leaves_yet():
    message = outbox.send(Note("Hej!"), to="karin@example.se")
    assert message.state == OutboxState.QUEUED
    assert [job.args for job in jobs()] == [{"message_id": message.pk}]
    assert not SinkMail.objects.exists()


def test_job_arguments_hold_ids_only():
    outbox.send(SecretNote("4711 4711"), to="karin@example.se")
    assert "4711 4711" not in str(jobs().get().args)


def test_send_in_an_undone_transaction_sends_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.send(Note("Hej!"), to="karin@example.se")
        raise ZeroDivisionError
    assert not OutboxMessage.objects.exists()
    assert not jobs().exists()


def test_deliver_sends_once():
    message = outbox.send(Note("Hej!"), to="karin@example.se", language="en")
    assert outbox.deliver(message.pk)
    assert not outbox.deliver(message.pk)
    mail = SinkMail.objects.get()
    assert (mail.subject, mail.text, mail.to_addresses) == ("Hej på en", "Hej!", "karin@example.se")
    assert b"Content-Language: en" in bytes(mail.raw)


def test_deliver_keeps_the_body_of_an_ordinary_message():
    message = outbox.send(Note("Hej!"), to="karin@example.se")
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.text) == (OutboxState.SENT, "Hej!")
    assert message.sent_at is not None


def test_deliver_removes_the_body_of_a_secret_message():
    message = outbox.send(SecretNote("4711 4711"), to="karin@example.se")
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.text, message.html) == ("", "")
    assert "4711" in SinkMail.objects.get().text


def test_failure_is_noted_and_tried_again_later(broken_server):
    message = outbox.send(Note("Hej!"), to="karin@example.se")
    assert not outbox.deliver(message.pk)
    message.refresh_from_db()
    assert message.state == OutboxState.QUEUED
    assert message.last_error == "SMTPServerDisconnected: gone"
    assert message.next_attempt_at > timezone.now()
    assert outbox.waiting_ids() == []


def test_failure_waits_twice_as_long_each_time_and_gives_up_at_last(broken_server):
    message = outbox.send(Note("Hej!"), to="karin@example.se")
    now = timezone.now()
    waits = []
    for _attempt in range(outbox.MOST_ATTEMPTS):
        with time_machine.travel(now, tick=False):
            assert outbox.waiting_ids() == [message.pk]
            outbox.deliver(message.pk)
        message.refresh_from_db()
        waits.append(message.next_attempt_at - now)
        now = message.next_attempt_at
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert message.state == OutboxState.FAILED
    assert outbox.waiting_ids() == []


def test_message_leased_by_a_dead_worker_is_tried_after_the_lease():
    message = outbox.send(Note("Hej!"), to="karin@example.se")
    assert outbox._lease(message.pk) is not None  # the worker dies here
    assert not outbox.deliver(message.pk)
    with time_machine.travel(timezone.now() + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.waiting_ids() == [message.pk]
        assert outbox.deliver(message.pk)


def test_waiting_mail_is_sent_by_the_periodic_job():
    outbox.send(Note("Ett"), to="karin@example.se")
    outbox.send(Note("Två"), to="yusuf@example.se")
    tasks.send_waiting_mail.func()
    assert SinkMail.objects.count() == 2


def test_try_again_puts_a_failed_message_back(broken_server):
    message = outbox.send(Note("Hej!"), to="karin@example.se")
    OutboxMessage.objects.update(state=OutboxState.FAILED, attempts=8)
    assert outbox.try_again(message.pk)
    assert not outbox.try_again(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (OutboxState.QUEUED, 0)
    assert jobs().count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_message():
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    message = outbox.send(Note("Hej!"), to="karin@example.se")

    def deliver(_number):
        try:
            return outbox.deliver(message.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(deliver, range(4))) == [False, False, False, True]
    assert SinkMail.objects.count() == 1
