"""Personal identity numbers and coordination numbers in running text. Only finds them: nothing is logged or kept.

Ten or twelve digits: a date of birth (for a coordination number with 60 added to the day), a hyphen, or a plus from the
year one turns 100, and four digits of which the last is a Luhn check digit. Source: folkbokföringslagen (1991:481) 18
and 18 a §§; dates and check digits by python-stdnum. An organisation number has at least 20 where the month stands.
"""

import datetime
import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.se import personnummer

#: Hyphens that word processors put in the place of the one on the keyboard.
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
#: Not within a longer run of digits: account and case numbers, decimals, numbers that begin with a country's code.
_NUMBER = re.compile(
    rf"(?<![0-9])(?<![0-9][{_HYPHENS}+.])"
    rf"(?P<date>(?:18|19|20)[0-9]{{6}}|[0-9]{{6}})(?P<sign>[{_HYPHENS}+]?)(?P<last>[0-9]{{4}})"
    rf"(?![0-9])(?![{_HYPHENS}+.][0-9])"
)
_WORD = re.compile(r"\b(?:person|samordnings)[\s-]?(?:nummer|numret|numren|nr)", re.IGNORECASE)
#: What says, just before ten digits that could be a telephone number, that they are a person's.
_SAYS_SO = re.compile(rf"(?:{_WORD.pattern}|\bp\.?nr|\bfödd)[^0-9]{{0,20}}$", re.IGNORECASE)
_LOOKED_BACK = 50  # characters


def found_in(text: str) -> bool:
    """Whether a personal identity number or a coordination number stands in `text`."""
    return next(_found(text), None) is not None


def marked(text: str) -> list[str]:
    """Return the numbers as they stand in `text`, in that order."""
    return list(_found(text))


def mentions(text: str) -> bool:
    """Whether `text` holds such a number, or the word personnummer: a table's heading, a question that asks for it."""
    return bool(_WORD.search(text)) or found_in(text)


def _found(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        if _is_number(match) and not _is_telephone(match):
            yield match.group()


def _is_number(match: re.Match[str]) -> bool:
    date, last = match["date"], match["last"]
    return luhn.is_valid(date[-6:] + last) and _is_date(date, "+" if match["sign"] == "+" else "-", last)


def _is_date(date: str, sign: str, last: str) -> bool:
    day = int(date[-2:])
    plain = f"{date[:-2]}{day - 60 if day > 60 else day:02}"
    try:
        born = personnummer.get_birth_date(f"{plain}{sign}{last}")
    except (ValidationError, ValueError):
        return False
    return len(date) == 6 or born <= datetime.date.today()


def _is_telephone(match: re.Match[str]) -> bool:
    """Whether ten digits in a row are rather a telephone number (0701121234): they begin as one, and nothing before
    them says that they are a person's.
    """
    digits = match.group()
    if match.string[match.start() - 1 : match.start()] == "+":
        return True
    if len(digits) != 10 or digits[0] != "0" or digits[1] == "0":
        return False
    return not _SAYS_SO.search(match.string[max(0, match.start() - _LOOKED_BACK) : match.start()])
