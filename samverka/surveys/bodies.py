"""Which public body a respondent in a file is.

A respondent may be called by the code of a municipality (1480) or region (14), by an organisation number or by the
public id of the register. Numbers one, two, three and so on look like codes too: codes are believed only when most
respondents of the file can be told.
"""

import re
from collections.abc import Iterable

from samverka.organisations.enums import BODIES, PUBLIC_KINDS
from samverka.organisations.models import Organisation

_CODE = re.compile(r"\d{2}(?:\d{2})?\Z")
_NUMBER = re.compile(r"(?:16)?(\d{6})-?(\d{4})\Z")


def bodies_called(names: Iterable[str]) -> dict[str, int]:
    """Return {what the respondent is called: the organisation's key} for those who are public bodies."""
    known, asked = _Known(), list(names)
    found = {name: key for name in asked if (key := known.body(name))}
    if len(found) * 2 < len(asked):
        found = {name: key for name, key in found.items() if not _CODE.match(name)}
    return found


class _Known:
    """The public bodies by each way to call them."""

    def __init__(self) -> None:
        rows = Organisation.objects.filter(kind__in=PUBLIC_KINDS).exclude(state="withdrawn")
        told = rows.values_list("pk", "public_id", "org_number", "source__name", "source_key", "also_region", "county")
        self._by: dict[str, int] = {}
        for key, public_id, number, source, source_key, also_region, county in told:
            self._by[public_id] = key
            if number:
                self._by[number] = key
            if source == BODIES:
                self._by[source_key.rpartition(":")[2]] = key
                if also_region:
                    self._by[county] = key

    def body(self, name: str) -> int | None:
        """Return the key of the body called `name`, or None."""
        number = _NUMBER.match(name)
        return self._by.get("".join(number.groups()) if number else name)
