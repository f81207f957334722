"""Organisation numbers as people write them.

Ten digits, the third at least 2 (which tells them from personal identity numbers), the last a Luhn check digit. Twelve
digits begin with 16 for an organisation and 19 or 20 for a person. Source: Skatteverket, SKV 709; Luhn by python-
stdnum.
"""

import re
from dataclasses import dataclass

from stdnum import luhn

from .enums import OrgNumberStatus

_DIGITS = re.compile(r"\d")
_SPACES_AND_SIGNS = re.compile(r"[\s\-–—.,:/+]+")
_PREFIX = re.compile(r"^(?:org(?:anisations)?\.?\s*(?:nr|nummer)\.?\s*:?\s*|SE-ON-|SE)", re.IGNORECASE)
STATED_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: `number` has ten digits when it is right, else ""; `stated` is what was written, unless it
    is a person's.
    """

    number: str
    stated: str
    status: OrgNumberStatus


NOTHING = Number("", "", OrgNumberStatus.NONE)


def read(text: str) -> Number:
    """Return what `text` says; a personal identity number is not kept, not even as stated."""
    stated = " ".join(text.split())[:STATED_LENGTH]
    digits = _SPACES_AND_SIGNS.sub("", _PREFIX.sub("", stated))
    if not digits:
        return NOTHING
    if not digits.isascii() or not digits.isdigit():
        return _unreadable(stated)
    if len(digits) == 12 and digits[:2] == "16":
        digits = digits[2:]
    if _is_personal(digits):
        return Number("", "", OrgNumberStatus.PERSONAL)
    if len(digits) != 10:
        return Number("", stated, OrgNumberStatus.MALFORMED)
    if not luhn.is_valid(digits):
        return Number("", stated, OrgNumberStatus.WRONG_CHECK_DIGIT)
    return Number(digits, stated, OrgNumberStatus.VALID)


def as_written(number: str) -> str:
    """Return ten digits with the hyphen: 802123-4561."""
    return f"{number[:6]}-{number[6:]}" if number else ""


def _unreadable(stated: str) -> Number:
    """Letters among the digits: kept as stated, unless the digits could be a person's."""
    digits = "".join(_DIGITS.findall(stated))
    if _is_personal(digits) or _is_personal(digits[:10]) or _is_personal(digits[:12]):
        return Number("", "", OrgNumberStatus.PERSONAL)
    return Number("", stated, OrgNumberStatus.MALFORMED)


def _is_personal(digits: str) -> bool:
    """Whether digits are or may be a personal identity or coordination number: a month where organisations have 20
    and up.

    A wrong check digit is no proof of the opposite, so it is not asked for.
    """
    if len(digits) == 12 and digits[:2] in {"18", "19", "20"}:
        digits = digits[2:]
    if len(digits) != 10:
        return False
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) % 60 <= 31
