"""How a sender's own diary numbers look: "{number:04}/{year:2}" gives 0531/20."""

import re

from django.utils.translation import gettext as _

_FIELD = re.compile(r"\{(number)(?::0(\d))?\}|\{(year)(?::(2|4))?\}")


def drawn_number(pattern: str, number: int, year: int) -> str:
    """Return the number as the pattern writes it."""

    def one(found: re.Match[str]) -> str:
        if found[1]:
            return str(number).zfill(int(found[2] or 1))
        return str(year)[-int(found[4] or 4) :]

    return _FIELD.sub(one, pattern)


def pattern_fault(pattern: str) -> str:
    """Return what is wrong with a pattern, and what to write; "" for a right one and for none."""
    if not pattern:
        return ""
    if "{number" not in pattern or "{year" not in pattern:
        return _("Skriv {number} där löpnumret står och {year} där året står: {number:04}/{year:2} ger 0001/27.")
    if re.search(r"[{}]", _FIELD.sub("", pattern)):
        return _("Mönstret går inte att läsa. Skriv till exempel {number:04}/{year:2}, som ger 0001/27.")
    return ""
