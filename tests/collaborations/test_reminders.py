"""Reminders to those who are silent: when, to whom, with what, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from samverka.collaborations import actions
from samverka.collaborations.actions.reminders import remind_silent_parties
from samverka.collaborations.enums import PhaseAnswer, StepState
from samverka.collaborations.models import PhaseReminder
from samverka.kernel.mail import outbox
from samverka.kernel.models import AuditEntry, OutboxMessage, SinkMail
from samverka.organisations.models import ActivityField, Membership
from tests.people import Together
from tests.world import seat_of

from .crowd import more_parties

CONFIRMED = PhaseAnswer.CONFIRMED


def day(number: int) -> time_machine.travel:
    """The 1st of March and `number` days, at noon."""
    return time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC) + timedelta(days=number), tick=False)


@pytest.fixture
def asked(together: Together, settings) -> Together:
    """Karin has confirmed phase 3; she is to be rung at 0123-456 78."""
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"
    together.village.karin.phone = "0123-456 78"
    together.village.karin.save()
    with day(0):
        karin = seat_of(together, "karin")
        actions.change_step(by=karin, step="3.2", state=StepState.DONE)
        actions.answer_phase(by=karin, phase=3, answer=CONFIRMED, comment="Målet är skrivet.")
    return together


def run_on(number: int) -> int:
    with day(number):
        return remind_silent_parties()


def test_nobody_is_reminded_before_a_week(asked: Together) -> None:
    assert run_on(6) == 0
    assert not OutboxMessage.objects.filter(kind="phase_unanswered").exists()


def test_reminders_come_at_7_and_21_days_once_each(asked: Together) -> None:
    assert [run_on(number) for number in (7, 8, 20, 21, 22, 60)] == [1, 0, 0, 1, 0, 0]
    assert list(PhaseReminder.objects.order_by("days").values_list("days", flat=True)) == [7, 21]


def test_after_a_stop_of_the_job_only_the_later_reminder_is_sent(asked: Together) -> None:
    assert [run_on(number) for number in (30, 31)] == [1, 0]
    assert PhaseReminder.objects.get().days == 21


def test_reminder_goes_to_contact_and_deputy_of_the_silent_party_only(asked: Together) -> None:
    asked.civil_party.deputy = asked.village.fatima
    asked.civil_party.save()
    run_on(7)
    assert set(OutboxMessage.objects.values_list("to_address", flat=True)) == {"yusuf@example.se", "fatima@example.se"}


def test_contact_who_no_longer_takes_part_is_left_out(asked: Together) -> None:
    Membership.objects.filter(user=asked.village.yusuf).update(until=datetime(2027, 3, 2, tzinfo=UTC))
    Membership.objects.filter(user=asked.village.fatima).update(role="administrator")
    run_on(7)
    assert list(OutboxMessage.objects.values_list("to_address", flat=True)) == ["fatima@example.se"]


def test_answer_of_either_kind_ends_the_reminders(asked: Together) -> None:
    with day(3):
        actions.answer_phase(
            by=seat_of(asked, "yusuf"), phase=3, answer=PhaseAnswer.NOT_YET, comment="Styrelsen möts på torsdag"
        )
    assert run_on(7) == run_on(21) == 0


def test_phase_that_is_confirmed_anew_is_reminded_of_anew(asked: Together) -> None:
    run_on(7)
    with day(8):
        actions.change_step(by=seat_of(asked, "karin"), step="3.2", state=StepState.REOPENED, reason="Nytt läge")
    assert run_on(21) == 0
    with day(30):
        actions.answer_phase(by=seat_of(asked, "karin"), phase=3, answer=CONFIRMED)
    assert [run_on(number) for number in (36, 37, 38)] == [0, 1, 0]


def test_each_silent_party_of_many_is_reminded(asked: Together) -> None:
    with day(0):
        seats = more_parties(asked, 3)
        actions.answer_phase(by=seats[0], phase=3, answer=CONFIRMED)
    assert run_on(7) == 3


def test_reminder_is_in_the_log_of_the_parties(asked: Together) -> None:
    run_on(7)
    rows = AuditEntry.objects.filter(action="phase.reminded")
    assert rows.count() == 2
    assert {row.changes["organisation"] for row in rows} == {"Exempelby byalag"}


def test_reminder_is_nothing_new_in_the_collaboration(asked: Together) -> None:
    asked.collaboration.refresh_from_db()
    before = asked.collaboration.changed_at
    run_on(7)
    asked.collaboration.refresh_from_db()
    assert asked.collaboration.changed_at == before


def test_reminder_does_not_leave_when_all_is_over(asked: Together) -> None:
    run_on(7)
    actions.end_collaboration(by=seat_of(asked, "karin"), reason="Vi är klara")
    message = OutboxMessage.objects.get(kind="phase_unanswered")
    with day(7):
        assert not outbox.deliver(message.pk)
    assert not SinkMail.objects.exists()


def test_mail_says_the_matter_and_whom_to_ring(asked: Together) -> None:
    run_on(7)
    message = OutboxMessage.objects.get()
    assert (message.text, message.html) == ("", "")
    assert message.subject == "Är ni klara med Enas om målet? Läxhjälp på tre språk"
    assert message.reply_to == ["karin@example.se"]
    with day(7):
        assert outbox.deliver(message.pk)
    mail = SinkMail.objects.get()
    for said in (
        "Målet är skrivet.",
        "Exempelby kommun: klar, 1 mars 2027",
        "3.2 Skriv ett gemensamt mål (klart)",
        "Karin Provsson, 0123-456 78",
        f"/samverkan/{asked.collaboration.public_id}/fas/3/",
    ):
        assert said in mail.text, said


def test_mail_tells_also_who_said_not_yet(asked: Together) -> None:
    third, *_rest = more_parties(asked, 1)
    with day(1):
        actions.answer_phase(by=third, phase=3, answer=PhaseAnswer.NOT_YET, comment="Vi vill höra barnen först.")
    run_on(7)
    with day(7):
        assert outbox.deliver(OutboxMessage.objects.get(to_address="yusuf@example.se").pk)
    mail = SinkMail.objects.get()
    assert f"{third.party.name}: inte klar än, 2 mars 2027. ”Vi vill höra barnen först.”" in mail.text


def test_mail_is_stopped_when_the_party_has_answered_meanwhile(asked: Together) -> None:
    run_on(7)
    with day(7):
        actions.answer_phase(by=seat_of(asked, "yusuf"), phase=3, answer=CONFIRMED)
        assert not outbox.deliver(OutboxMessage.objects.get().pk)
    assert not SinkMail.objects.exists()


@pytest.mark.parametrize("why", ["field", "protected"])
def test_mail_leaves_out_the_matter_where_it_is_sensitive(asked: Together, why: str) -> None:
    if why == "field":
        asked.collaboration.fields.add(
            ActivityField.objects.create(
                code="violence", scheme="icnpo", name_sv="Våld", sensitive=True, valid_from="2020-01-01"
            )
        )
    else:
        asked.village.association.protected, asked.village.association.protected_reason = True, "Exempel"
        asked.village.association.save()
    run_on(7)
    message = OutboxMessage.objects.get()
    with day(7):
        assert outbox.deliver(message.pk)
    mail = SinkMail.objects.get()
    for secret in ("Läxhjälp", "målet", "Målet är skrivet", "Karin"):
        assert secret not in mail.text + mail.html + mail.subject + str(message.arguments), secret
    assert "Logga in för att läsa och svara" in mail.text


def test_reminder_stands_in_the_thread_of_the_collaborations_other_mails(asked: Together) -> None:
    run_on(7)
    headers = OutboxMessage.objects.get(kind="phase_unanswered").headers
    assert headers["References"].startswith(f"<collaboration.{asked.collaboration.public_id}@")
