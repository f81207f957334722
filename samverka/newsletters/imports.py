"""A file of addresses, read row by row: what can be used, and what is wrong with the rest. Nothing is written here."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused
from samverka.kernel.file_kinds import XLSX, unfit_text
from samverka.kernel.untrusted import run
from samverka.kernel.untrusted.limits import Unfit
from samverka.organisations.addresses import email_or_none, looks_private

MOST_ROWS = 20_000
_EMAIL = {"e-post", "e-postadress", "epost", "epostadress", "mejl", "mail", "email", "e-mail"}
_NAME = {"namn", "name", "förening", "organisation"}


@dataclass(frozen=True)
class Row:
    """A row of the file: its number, address and name; `refused`: why it cannot be used; `noted`: what to look at."""

    number: int
    email: str
    name: str = ""
    refused: str = ""
    noted: str = ""


def read_rows(content: bytes, name: str) -> list[Row]:
    """Return the rows of a CSV or XLSX file. Raises Refused when it holds no column of addresses, or too many rows."""
    table = _sheet(content) if name.lower().endswith(".xlsx") else _csv(content)
    if not table:
        raise Refused(_("Filen är tom."), field="file")
    place, called = _columns(table[0])
    if len(table) > MOST_ROWS:
        raise Refused(_("Filen har fler än 20 000 rader. Dela den."), field="file")
    return list(_rows(table[1:], place, called))


def _columns(heading: Sequence[str]) -> tuple[int, int | None]:
    words = [cell.strip().lower() for cell in heading]
    place = next((number for number, word in enumerate(words) if word in _EMAIL), None)
    if place is None:
        raise Refused(_("Första raden ska ha rubriker, och en av dem ska vara E-post."), field="file")
    return place, next((number for number, word in enumerate(words) if word in _NAME), None)


def _rows(table: Sequence[Sequence[str]], place: int, called: int | None) -> Iterator[Row]:
    seen: set[str] = set()
    for number, cells in enumerate(table, start=2):
        typed = cells[place].strip() if place < len(cells) else ""
        name = cells[called].strip()[:200] if called is not None and called < len(cells) else ""
        if not any(cell.strip() for cell in cells):
            continue
        email = email_or_none(typed)
        refused = _("Ingen adress") if not typed else _("%(text)s är ingen e-postadress.") % {"text": typed[:80]}
        if email:
            refused = _("Adressen finns redan på en tidigare rad.") if email in seen else ""
            seen.add(email)
        noted = _("Ser ut som en persons egen adress.") if email and not refused and looks_private(email) else ""
        yield Row(number, email or typed[:254], name, refused, noted)


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    return list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=mark))[: MOST_ROWS + 2]


def _sheet(content: bytes) -> list[list[str]]:
    """Read a workbook's rows in a process of its own, since a file from others may be anything."""
    try:
        run.check(content, XLSX.label)
        text = run.text(content, XLSX.label)
    except Unfit as unfit:
        raise Refused(unfit_text(unfit.reason, XLSX), field="file") from unfit
    return [line.split("\t") for line in text.splitlines()][: MOST_ROWS + 2]
