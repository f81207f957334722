"""Numbers, names and moments in words, in the reader's language."""

import datetime
import re
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

#: two to twelve in words; one is written by the caller, since Swedish needs its gender
SMALL_NUMBERS = {
    2: _("två"), 3: _("tre"), 4: _("fyra"), 5: _("fem"), 6: _("sex"), 7: _("sju"),
    8: _("åtta"), 9: _("nio"), 10: _("tio"), 11: _("elva"), 12: _("tolv"),
}  # fmt: skip


def language() -> str:
    """Return the reader's language as babel and the browser know it: sv or en."""
    return (get_language() or "sv").split("-")[0]


def number(value: float) -> str:
    """Write a number with the reader's separators: 1 308 in Swedish, 1,308 in English."""
    return _decimal(value, language())


@lru_cache(maxsize=10_000)
def _decimal(value: float, locale: str) -> str:
    # A list page writes fifty numbers, and Babel takes a tenth of a millisecond for each.
    return format_decimal(value, locale=locale)


def number_in_words(value: int) -> str:
    """Write two to twelve as a word, other numbers in figures."""
    return str(SMALL_NUMBERS[value]) if value in SMALL_NUMBERS else number(value)


def count_sentence(count: int, one: str, many: str, none: str) -> str:
    """Say how many: `none` for 0, `one` for 1, else `many` with {n} replaced; the first letter is made large."""
    said = none if count == 0 else one if count == 1 else many.replace("{n}", number_in_words(count))
    return said[:1].upper() + said[1:]


def duration(minutes: int) -> str:
    """Write a length of time: "25 minuter", "2 timmar", "2 timmar 5 minuter"."""
    hours, rest = divmod(minutes, 60)
    parts = [
        ngettext("{n} timme", "{n} timmar", hours).format(n=hours) if hours else "",
        ngettext("{n} minut", "{n} minuter", rest).format(n=rest) if rest else "",
    ]
    return " ".join(part for part in parts if part)


def names_in_words(names: list[str]) -> str:
    """Join names as a sentence does: "A, B och C"; an empty list gives an empty text."""
    return _list(tuple(names), language()) if names else ""


@lru_cache(maxsize=1_000)
def _list(names: tuple[str, ...], locale: str) -> str:
    return format_list(names, locale=locale)


def day(value: datetime.date | datetime.datetime | None) -> str:
    """Write a date: "12 mars 2027", "12 March 2027"; an empty text for None."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if isinstance(value, datetime.datetime):
        value = value.date()
    return _day(value, language())


@lru_cache(maxsize=10_000)
def _day(value: datetime.date, locale: str) -> str:
    # As numbers: a page of a diary writes a hundred.
    return format_date(value, "d MMMM y", locale=locale)


def clock(value: datetime.datetime | None) -> str:
    """Write a time of day as Swedes do, "14.32"; "14:32" in English; an empty text for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H.%M}" if language() == "sv" else f"{local:%H:%M}"


def moment(value: datetime.datetime | None) -> str:
    """Write date and time: "12 mars 2027 kl. 19.04", "12 March 2027 at 19:04"; an empty text for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return _moment(local.replace(second=0, microsecond=0, tzinfo=None), language())


@lru_cache(maxsize=10_000)
def _moment(minute: datetime.datetime, locale: str) -> str:
    return gettext("{day} kl. {clock}").format(day=_day(minute.date(), locale), clock=clock(minute))


#: A number as it is written: digits, between them spaces, hyphens and brackets. Hours after it stand behind a comma.
_NUMBER = re.compile(r"\+?\(?\d[\d\s()/\u2010-\u2013-]*")
_TRUNK_ZERO = re.compile(r"(\+[\d\s]*)\(0\)")
#: Fewer digits are an hour of the day, unless nothing else is written.
_FEWEST_DIGITS = 5


def dialled(phone: str) -> str:
    """Write a telephone number as a tel: link has it (RFC 3966): digits, and a plus before a country's number.

    What stands around the number is left out ("0123-456 70, vardagar 9–12"), and the zero in +46 (0)8 that is dialled
    only at home.
    """
    numbers = [re.sub(r"[^\d+]", "", found) for found in _NUMBER.findall(_TRUNK_ZERO.sub(r"\1", phone))]
    return next((number for number in numbers if len(number) >= _FEWEST_DIGITS), numbers[0] if numbers else "")
