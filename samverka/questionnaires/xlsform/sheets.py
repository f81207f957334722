"""The sheets of a workbook as rows of named cells, with the row numbers that a spreadsheet shows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .columns import Heading, heading

SUFFIXES = (".xlsx", ".xls", ".md")
LARGEST = 10_000_000  # bytes
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"[‘'](survey|choices|settings|entities|osm|external_choices)['’] sheet")


@dataclass(frozen=True)
class Refusal:
    """Why a workbook is not read: the sheet, the row as a spreadsheet numbers it (0: the sheet as a whole)."""

    sheet: str
    row: int
    reason: str

    def __str__(self) -> str:
        where = _("bladet %(sheet)s, rad %(row)d") if self.row else _("bladet %(sheet)s")
        return f"{where % {'sheet': self.sheet, 'row': self.row}}: {self.reason}"


class WorkbookRefused(Exception):
    """The workbook cannot be read, or says what the engine lacks. Nothing has been written."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("\n".join(map(str, refusals)))
        self.refusals = tuple(refusals)


@dataclass(frozen=True)
class Row:
    """A row: its number, and its cells by the name of the column and the language as the heading writes it."""

    number: int
    cells: Mapping[tuple[str, str], str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get((name, ""), "")

    def texts(self, name: str) -> dict[str, str]:
        """Return the cells of a column that has one for each language."""
        return {language: text for (found, language), text in self.cells.items() if found == name and text}


@dataclass(frozen=True)
class Sheet:
    name: str
    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """The sheets that a questionnaire is read from; `others` are those that XLSForm has besides, with something in."""

    stem: str
    survey: Sheet
    choices: Sheet
    settings: Sheet
    others: tuple[str, ...] = ()
    judged: tuple[Refusal, ...] = field(default=())


def open_workbook(path: Path) -> Workbook:
    """Return the sheets of a workbook, and what pyxform says is wrong with it. Raises WorkbookRefused."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    if path.suffix.lower() not in SUFFIXES:
        raise _unreadable(path, _("filen ska vara .xlsx, .xls eller .md"))
    if path.stat().st_size > LARGEST:
        raise _unreadable(path, _("filen är större än 10 MB"))
    try:
        found = get_xlsform(str(path))
    except PyXFormError as error:
        raise _unreadable(path, str(error)) from error
    others = tuple(name for name in ("entities", "osm", "external_choices") if getattr(found, name))
    survey, choices, settings = (_sheet(name, found) for name in ("survey", "choices", "settings"))
    return Workbook(path.stem, survey, choices, settings, others, tuple(_judged(path, survey)))


def _unreadable(path: Path, reason: str) -> WorkbookRefused:
    return WorkbookRefused([Refusal(path.name, 0, reason)])


def _sheet(name: str, found: Any) -> Sheet:
    titles = [title for row in getattr(found, f"{name}_header") or () for title in row]
    headings = {title: heading(title) for title in titles if title}
    rows = enumerate(getattr(found, name) or (), start=2)
    return Sheet(name, tuple(headings.values()), tuple(_rows(headings, rows)))


def _rows(headings: Mapping[str, Heading], rows: Iterator[tuple[int, Mapping[str, Any]]]) -> Iterator[Row]:
    for number, cells in rows:
        named = {(headings[title].name, headings[title].language): str(text) for title, text in cells.items() if title}
        if named:
            yield Row(number, named)


def _judged(path: Path, survey: Sheet) -> Iterator[Refusal]:
    """Return what pyxform refuses: the first thing it meets, with the row where it says one or names a question."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert(str(path), validate=False)
    except PyXFormError as error:
        text = " ".join(str(error).split())
        row, sheet = _ROW.search(text), _SHEET.search(text)
        number = int(row[1]) if row else _row_named_in(text, survey)
        yield Refusal(
            sheet[1] if sheet else "survey", number, _("XLSForm godkänner inte detta: %(text)s") % {"text": text}
        )


def _row_named_in(text: str, survey: Sheet) -> int:
    quoted = set(re.findall(r"['‘\"]([\w.-]+)['’\"]", text))
    return next((row.number for row in survey.rows if row["name"] in quoted), 0)
