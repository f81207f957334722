"""Days on which offices are open, and when reminders go out."""

import datetime

import pytest

from samverka.surveys.models import Round
from samverka.surveys.reminding import due, invited_before, plan
from samverka.surveys.working_days import is_squeezed, is_working_day, working_days_after, working_days_before

D = datetime.date


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (D(2027, 3, 26), "Good Friday"),
        (D(2027, 3, 29), "Easter Monday"),
        (D(2027, 5, 6), "Ascension Day"),
        (D(2027, 5, 7), "the klämdag after it"),
        (D(2027, 6, 25), "Midsummer's Eve"),
        (D(2027, 6, 26), "a Saturday"),
        (D(2026, 12, 24), "Christmas Eve"),
        (D(2026, 12, 31), "New Year's Eve"),
        (D(2026, 1, 5), "the klämdag before Epiphany"),
    ],
)
def test_offices_are_closed(day: datetime.date, why: str) -> None:
    assert not is_working_day(day), why


def test_an_ordinary_friday_and_the_day_before_a_holiday_are_working_days() -> None:
    assert is_working_day(D(2027, 4, 30))
    assert is_working_day(D(2027, 3, 25))
    assert is_working_day(D(2027, 1, 5)) and not is_squeezed(D(2027, 1, 5))


def test_working_days_are_counted_over_a_holiday_and_a_klamdag() -> None:
    # 10 May is a Monday: Ascension Day, the klämdag and the weekend lie before it.
    assert working_days_before(D(2027, 5, 10), 1) == D(2027, 5, 5)
    assert working_days_after(D(2027, 5, 5), 1) == D(2027, 5, 10)
    assert working_days_before(D(2027, 5, 10), 0) == D(2027, 5, 10)


def test_reminders_are_planned_ten_and_three_working_days_before() -> None:
    assert [(one.number, one.day) for one in plan(D(2027, 4, 30))] == [(1, D(2027, 4, 16)), (2, D(2027, 4, 27))]
    # Easter lies between: the first one comes before it.
    assert [one.day for one in plan(D(2027, 4, 5))] == [D(2027, 3, 18), D(2027, 3, 31)]
    assert plan(None) == []


@pytest.mark.parametrize(
    ("today", "number"),
    [
        (D(2027, 4, 15), 0),
        (D(2027, 4, 16), 1),
        (D(2027, 4, 17), 0),  # Saturday
        (D(2027, 4, 19), 1),  # made up for on Monday
        (D(2027, 4, 20), 1),
        (D(2027, 4, 21), 0),  # too late
        (D(2027, 4, 27), 2),
        (D(2027, 4, 29), 2),
        (D(2027, 4, 30), 0),
        (D(2027, 5, 3), 0),
    ],
)
def test_reminder_is_due_on_its_day_or_soon_after(today: datetime.date, number: int) -> None:
    assert due(Round(closes_on=D(2027, 4, 30)), today) == number


def test_nothing_is_due_without_a_last_day_or_after_it() -> None:
    assert due(Round(closes_on=None), D(2027, 4, 16)) == 0
    assert due(Round(closes_on=D(2027, 4, 15)), D(2027, 4, 16)) == 0


def test_one_is_left_alone_for_three_working_days_after_the_invitation() -> None:
    assert invited_before(D(2027, 4, 16)) == D(2027, 4, 13)
    assert invited_before(D(2027, 4, 19)) == D(2027, 4, 14)
