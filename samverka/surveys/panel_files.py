"""The panel, the board and the call list as files, and the panel read from a file.

The panel comes back by the column "Nyckel": a person writes or mends addresses and telephone numbers in a spreadsheet
and reads it in again. A row without a key adds an organisation, by its number, or its name where only one has it.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samverka.kernel.spreadsheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Column, write_csv, write_xlsx

from .enums import AskedState
from .letters import name_of
from .models import Asked, Round
from .queries.history import called_days
from .queries.progress import begun_blocks, blocks_of
from .shown import shown_email, shown_phone

FORMATS = {"csv": CSV_CONTENT_TYPE, "xlsx": XLSX_CONTENT_TYPE}
KEY, NAME, NUMBER, EMAIL, PHONE, LANGUAGE = "nyckel", "namn", "organisationsnummer", "e-postadress", "telefon", "språk"
_PANEL = (
    Column("key", _("Nyckel"), width=14),
    Column("name", _("Namn"), width=44),
    Column("number", _("Organisationsnummer"), width=20),
    Column("county", _("Län"), width=24),
    Column("email", _("E-postadress"), width=34),
    Column("phone", _("Telefon"), width=20),
    Column("language", _("Språk"), width=8),
    Column("state", _("Läge"), width=16),
)
_BOARD = (
    *_PANEL[1:4],
    Column("state", _("Läge"), width=16),
    Column("invited", _("Inbjuden"), kind="date"),
    Column("opened", _("Öppnade"), kind="date"),
    Column("handed_over", _("Lämnade in"), kind="date"),
    Column("signed", _("Undertecknade"), kind="date"),
    Column("diary_number", _("Diarienummer"), width=18),
)
_CALLS = (
    *_PANEL[1:2],
    Column("phone", _("Telefon"), width=20),
    Column("email", _("E-postadress"), width=34),
    Column("state", _("Läge"), width=16),
    Column("left", _("Kvar att svara på"), width=50),
    Column("called", _("Senast ringt"), kind="date"),
    Column("note", _("Anteckning"), width=40),
)
_LISTS = {"panel": _PANEL, "svar": _BOARD, "ringlista": _CALLS}


def export(found: Round, rows: Iterable[Asked], *, kind: str, format: str, file: BinaryIO) -> int:
    """Write those who are asked to the open binary `file`; return how many. `kind` is panel, svar or ringlista."""
    columns, language = _LISTS[kind], (get_language() or "sv")[:2]
    said = _with_calls(found, list(rows), language) if kind == "ringlista" else (_row(one) for one in rows)
    if format == "csv":
        return write_csv(columns, said, file, language=language)
    return write_xlsx(columns, said, file, title=str(found), language=language)


def _row(one: Asked) -> dict[str, Any]:
    body = one.organisation
    return {
        "key": one.public_id,
        "name": name_of(one),
        "number": "" if body.protected else body.org_number,
        "county": body.county.display_name if body.county else "",
        "email": shown_email(one),
        "phone": shown_phone(one),
        "language": one.language,
        "state": AskedState(one.state).label,
        "invited": _day(one.invited_at),
        "opened": _day(one.opened_at),
        "handed_over": _day(one.handed_over_at),
        "signed": _day(one.signed_at),
        "diary_number": one.diary_number,
        "note": one.note,
    }


def _with_calls(found: Round, rows: list[Asked], language: str) -> Iterator[dict[str, Any]]:
    calls, begun, blocks = called_days(rows), begun_blocks(found, rows), blocks_of(found, language)
    for one in rows:
        left = ", ".join(block.label for block in blocks if block.code not in begun[one.pk])
        yield {**_row(one), "left": left, "called": _day(calls.get(one.public_id))}


def _day(moment: Any) -> Any:
    return timezone.localdate(moment) if moment else None


@dataclass(frozen=True)
class PanelRow:
    """A row of a file: its number, and the cells by the names of the columns above."""

    number: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """Return a cell, "" where there is none."""
        return self.cells.get(name, "")


def read_rows(text: str) -> list[PanelRow]:
    """Return the rows of a sheet as text: CSV with semicolons, commas or tabs, the first line with headings."""
    lines = text.lstrip("\ufeff").splitlines()
    head = next((number for number, line in enumerate(lines) if line.strip()), None)
    if head is None:
        return []
    sign = max(";,\t", key=lines[head].count)
    table = list(csv.reader(lines[head:], delimiter=sign))
    names = [_name(cell) for cell in table[0]]
    rows = (PanelRow(head + at, _cells(names, cells)) for at, cells in enumerate(table[1:], 2))
    return [row for row in rows if any(row.cells.values())]


def _cells(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip().lstrip("'") for name, cell in zip(names, cells, strict=False)}


def _name(heading: str) -> str:
    """Return what a column is called here, whether its heading is in Swedish or in English."""
    word = heading.strip().strip('"').casefold()
    others = {"key": KEY, "name": NAME, "organisation number": NUMBER, "e-mail": EMAIL, "e-mail address": EMAIL,
              "email": EMAIL, "e-post": EMAIL, "phone": PHONE, "telephone": PHONE, "language": LANGUAGE}  # fmt: skip
    return others.get(word, word)
