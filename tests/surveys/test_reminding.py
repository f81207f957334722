"""Reminders: two at most, on working days, to those who have not answered."""

import datetime
from typing import Any

import pytest
import time_machine

from samverka.kernel.mail import outbox
from samverka.kernel.models import SinkMail
from samverka.surveys.actions import following, round_states
from samverka.surveys.actions.reminding import remind_silent
from samverka.surveys.models import Asked, Reminder
from samverka.surveys.tasks import remind
from tests.people import Village
from tests.surveys.desk import INVITED_ON, bodies, hand_over, invited

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sink(settings: Any) -> None:
    settings.EMAIL_BACKEND = "samverka.kernel.mail.sink.SinkBackend"


def on(month: int, day: int) -> Any:
    """Return the morning of a day in 2027, when the job runs."""
    return time_machine.travel(datetime.datetime(2027, month, day, 6, 30, tzinfo=datetime.UTC), tick=False)


def asked_in_march(village: Village, **facts: Any) -> Asked:
    with time_machine.travel(INVITED_ON, tick=False):
        return invited(village.anna, village.municipality, **facts)[0]


def delivered() -> list[str]:
    """Let what waits leave, and return the subjects of the reminders."""
    for message_id in outbox.waiting_ids():
        outbox.deliver(message_id)
    return list(
        SinkMail.objects.filter(subject__startswith="[Påminnelse").order_by("id").values_list("subject", flat=True)
    )


def test_two_reminders_go_out_on_their_days_and_no_third(village: Village) -> None:
    asked_in_march(village)
    sent = []
    day = datetime.date(2027, 4, 1)
    while day <= datetime.date(2027, 5, 10):
        with on(day.month, day.day):
            sent += [day] * remind_silent(by=None)
            assert remind_silent(by=None) == 0
        day += datetime.timedelta(days=1)
    assert sent == [datetime.date(2027, 4, 16), datetime.date(2027, 4, 27)]
    assert list(Reminder.objects.values_list("number", "sent_on")) == [(1, sent[0]), (2, sent[1])]


@pytest.mark.parametrize("state", ["handed_over", "signed", "declined"])
def test_who_has_answered_or_declined_is_left_alone(village: Village, state: str) -> None:
    asked = asked_in_march(village)
    if state == "declined":
        following.register_decline(by=village.anna, asked_id=asked.public_id, why="")
    else:
        hand_over(asked, signed=state == "signed")
    with on(4, 16):
        assert remind_silent(by=None) == 0


@pytest.mark.parametrize("state", ["opened", "begun"])
def test_who_has_begun_is_reminded_and_told_that_it_is_kept(village: Village, state: str) -> None:
    asked = asked_in_march(village)
    Asked.objects.filter(pk=asked.pk).update(state=state)
    with on(4, 16):
        assert remind_silent(by=None) == 1
        assert delivered() == ["[Påminnelse: svar senast 30 april 2027] Så samverkar ni 2027"]
    assert "Det ni har skrivit finns kvar." in SinkMail.objects.latest("id").text


def test_reminder_of_one_who_answers_before_it_leaves_is_stopped(village: Village) -> None:
    asked = asked_in_march(village)
    with on(4, 16):
        assert remind_silent(by=None) == 1
        hand_over(asked)
        assert delivered() == []


def test_who_was_just_invited_is_not_reminded(village: Village) -> None:
    with on(4, 14):
        invited(village.anna, village.municipality)
    with on(4, 16):
        assert remind_silent(by=None) == 0
    with on(4, 19):
        assert remind_silent(by=None) == 1


def test_no_reminder_in_a_closed_round_or_without_a_last_day(village: Village) -> None:
    asked_in_march(village)
    round_states.close_round(by=village.anna, slug="2027")
    with on(4, 16):
        assert remind_silent(by=None) == 0


def test_reminders_before_easter_are_counted_over_the_holidays(village: Village) -> None:
    # The last day is the Tuesday after Easter; three working days before it lies before Easter.
    with on(3, 1):
        invited(village.anna, village.municipality, closes_on=datetime.date(2027, 3, 30))
    sent = []
    for number in range(8, 31):
        with on(3, number):
            sent += [number] * remind_silent(by=None)
    assert sent == [12, 23]


def test_anonymous_round_reminds_all_and_thanks_those_who_have_answered(village: Village) -> None:
    village.association.email = "info@byalaget.example"
    village.association.save()
    with time_machine.travel(INVITED_ON, tick=False):
        invited(village.anna, village.association, side="civil", access="open")
    with on(4, 16):
        assert remind_silent(by=None) == 1
        delivered()
    assert "Har ni redan svarat? Tack!" in SinkMail.objects.latest("id").text


def test_the_job_reminds_many(village: Village) -> None:
    with time_machine.travel(INVITED_ON, tick=False):
        invited(village.anna, *bodies(60))
    with on(4, 16):
        remind()
        remind()
    assert Reminder.objects.count() == 60


def test_the_job_is_on_the_schedule() -> None:
    from config.schedule import SCHEDULE

    assert SCHEDULE["samverka.surveys.tasks.remind"].endswith("1-5")
