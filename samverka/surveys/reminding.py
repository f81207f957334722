"""When those who have not answered are reminded: twice at most, on working days (see `working_days`).

The first reminder is ten working days before the last day, the second three. If the job could not run that day it is
made up for within two working days; later it is left out. Nobody is reminded within three working days of the
invitation. After the second there is a list of telephone numbers, and no more mail.
"""

import datetime
from dataclasses import dataclass

from .models import Round
from .working_days import is_working_day, working_days_after, working_days_before

#: Working days before the last day: reminder 1 and reminder 2.
BEFORE_CLOSING = (10, 3)
#: Working days within which a reminder that was missed is made up for.
GRACE = 2
#: Working days that one has had the invitation before one is reminded of it.
LEFT_ALONE = 3


@dataclass(frozen=True)
class Planned:
    """A reminder and the day it goes out."""

    number: int
    day: datetime.date


def plan(closes_on: datetime.date | None) -> list[Planned]:
    """Return the reminders of a round that closes that day; none without one."""
    if closes_on is None:
        return []
    days = (working_days_before(closes_on, count) for count in BEFORE_CLOSING)
    return [Planned(number, day) for number, day in enumerate(days, 1)]


def due(found: Round, today: datetime.date) -> int:
    """Return the number of the reminder that goes out on `today`, 0 for none."""
    if found.closes_on is None or today > found.closes_on or not is_working_day(today):
        return 0
    begun = [one for one in plan(found.closes_on) if one.day <= today <= working_days_after(one.day, GRACE)]
    return begun[-1].number if begun else 0


def invited_before(today: datetime.date) -> datetime.date:
    """Return the day on which one must have been invited, at the latest, to be reminded on `today`."""
    return working_days_before(today, LEFT_ALONE)
