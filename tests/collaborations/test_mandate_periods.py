"""Whether a decision outlives the mandate period."""

from datetime import date

import pytest
from django.utils import timezone

from samverka.collaborations.mandate_periods import Holds, election_days, holds, next_election

TODAY = date(2027, 1, 15)


@pytest.mark.parametrize(
    ("valid_until", "expected"),
    [
        (date(2026, 12, 31), Holds.PAST),
        (date(2027, 1, 15), Holds.NEEDS_NEW),
        (date(2030, 9, 8), Holds.NEEDS_NEW),
        (date(2030, 12, 31), Holds.OUTLIVES),
        (None, Holds.NO_END),
    ],
)
def test_decision_is_held_against_the_next_election(valid_until: date | None, expected: Holds) -> None:
    assert holds(valid_until, TODAY) == expected


def test_election_day_itself_belongs_to_the_period_that_ends() -> None:
    assert next_election(date(2026, 9, 12)) == date(2026, 9, 13)
    assert next_election(date(2026, 9, 13)) == date(2030, 9, 8)


def test_elections_are_second_sundays_of_september_and_the_next_is_known() -> None:
    for day in election_days():
        assert (day.month, day.weekday(), 8 <= day.day <= 14) == (9, 6, True)
    assert next_election(timezone.localdate()) is not None
