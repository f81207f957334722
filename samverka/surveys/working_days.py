"""Swedish working days: when it is right to remind somebody at an office.

A working day is Monday to Friday and no public holiday, no eve on which offices are closed (Midsummer's, Christmas and
New Year's Eve), and no klämdag: a single weekday with a day off on each side, when most offices stand empty. What the
library `holidays` says of Sweden decides which days are off.
"""

import datetime
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

_DAY = datetime.timedelta(days=1)
#: Months in which few answer (users.md D.3).
QUIET_MONTHS = {7: _("juli"), 12: _("december")}


@lru_cache(maxsize=16)
def _off(year: int) -> frozenset[datetime.date]:
    """Return the days off of a year that are no Saturday or Sunday as such."""
    from holidays.countries.sweden import Sweden  # a fifth of a second to read, and few processes need it

    return frozenset(Sweden(years=year, categories=("public", "de_facto"), include_sundays=False))


def is_off(day: datetime.date) -> bool:
    """Whether offices are closed: a weekend, a public holiday, or an eve that is kept as one."""
    return day.weekday() >= 5 or day in _off(day.year)


def is_squeezed(day: datetime.date) -> bool:
    """Whether `day` is a klämdag: not off itself, between two days that are."""
    return not is_off(day) and is_off(day - _DAY) and is_off(day + _DAY)


def is_working_day(day: datetime.date) -> bool:
    """Whether people are likely to be at work."""
    return not is_off(day) and not is_squeezed(day)


def working_days_before(day: datetime.date, count: int) -> datetime.date:
    """Return the working day that lies `count` working days before `day`, which is not itself counted."""
    while count:
        day -= _DAY
        count -= is_working_day(day)
    return day


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    """Return the working day that lies `count` working days after `day`, which is not itself counted."""
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day
