"""Tables out as CSV and XLSX: the one writer, so that no cell ever becomes a formula at the reader's.

An export is a list of `Column` and an iterable of rows; a row is a mapping from column key to value.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, Literal

import xlsxwriter
from django.utils import timezone, translation
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Kind = Literal["text", "int", "decimal", "date", "datetime", "url"]
Row = Mapping[str, Any]

CSV_CONTENT_TYPE = "text/csv; charset=utf-8"
XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What a spreadsheet takes as the beginning of a formula, the full-width forms included.
# Source: OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767  # characters; Excel's limit
_LINKED_ROWS = 10_000  # Excel takes at most 65,530 links a sheet, and each is kept in memory
_CHUNK = 64 * 1024
_ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTHS: dict[Kind, int] = {"text": 28, "int": 12, "decimal": 14, "date": 12, "datetime": 18, "url": 40}
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Column:
    """A column: the key of its values in a row, its heading, their kind, its width in characters (0: by kind)."""

    key: str
    label: Any
    kind: Kind = "text"
    width: int = 0


def write_csv(columns: Sequence[Column], rows: Iterable[Row], file: BinaryIO, *, language: str = "sv") -> int:
    """Write `rows` as CSV to a binary file; return how many. The form is that of `csv_chunks`."""
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    for chunk in csv_chunks(columns, counted(), language=language):
        file.write(chunk)
    return count


def csv_chunks(columns: Sequence[Column], rows: Iterable[Row], *, language: str = "sv") -> Iterator[bytes]:
    """Return CSV piece by piece, for an answer that is streamed.

    UTF-8 with a byte order mark, which Excel needs to see å ä ö; in Swedish with semicolons and decimal commas, as
    Excel in Sweden reads it, else with commas and points. Dates as 2027-03-12, times as 2027-03-12 19:04 in Stockholm.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if language == "sv" else ",", lineterminator="\r\n")
    with translation.override(language):
        heading = [defuse(str(column.label)) for column in columns]
        words = {True: gettext("ja"), False: gettext("nej")}
    buffer.write("\ufeff")
    writer.writerow(heading)
    comma = language == "sv"
    for row in rows:
        writer.writerow([_csv_cell(row.get(column.key), words, comma) for column in columns])
        if buffer.tell() >= _CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write_xlsx(
    columns: Sequence[Column], rows: Iterable[Row], file: BinaryIO, *, title: str, language: str = "sv"
) -> int:
    """Write `rows` as one XLSX sheet to a binary file; return how many. Rows are written as they come, none is kept.

    The heading row stays in view and has filters; numbers are numbers and dates are dates; text is never a formula.
    """
    with translation.override(language):
        headings = [str(column.label) for column in columns]
        words = {True: gettext("ja"), False: gettext("nej")}
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, **_ONLY_TEXT},
    )
    book.set_properties({"title": title, "comments": "", "author": ""})
    sheet = book.add_worksheet(_sheet_name(title))
    writer = _SheetWriter(sheet, _formats(book), words)
    writer.heading(columns, headings)
    count = 0
    for count, row in enumerate(rows, 1):
        writer.row(count, columns, row)
    if columns:
        sheet.autofilter(0, 0, count, len(columns) - 1)
    book.close()
    return count


def write_sheets(sheets: Mapping[str, Sequence[Sequence[str]]], file: BinaryIO, *, title: str) -> None:
    """Write sheets of text (name -> rows, the first with headings) to a binary file: for workbooks that a program
    reads, so every cell is text just as it is, and none is a formula.
    """
    book = xlsxwriter.Workbook(file, _ONLY_TEXT)
    book.set_properties({"title": title, "comments": "", "author": ""})
    formats = _formats(book)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(_sheet_name(name))
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(rows):
            for place, text in enumerate(cells):
                if text:
                    quoted = formats["quoted"] if text.startswith(_FORMULA_START) else formats["number"]
                    sheet.write_string(number, place, text, formats["heading"] if number == 0 else quoted)
    book.close()


def defuse(text: str) -> str:
    """Return `text`, with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_START) else text


def _csv_cell(value: Any, words: dict[bool, str], decimal_comma: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return words[value]
        case int() | float() | Decimal():
            return str(value).replace(".", ",") if decimal_comma else str(value)
        case datetime.datetime():
            return f"{_local(value):%Y-%m-%d %H:%M}"
        case datetime.date():
            return value.isoformat()
    return defuse(str(value))


class _SheetWriter:
    """Writes one sheet, row by row."""

    def __init__(self, sheet: Worksheet, formats: dict[str, Format], words: dict[bool, str]) -> None:
        self._sheet, self._formats, self._words = sheet, formats, words

    def heading(self, columns: Sequence[Column], headings: Sequence[str]) -> None:
        for place, (column, label) in enumerate(zip(columns, headings, strict=True)):
            self._sheet.set_column(place, place, column.width or max(_WIDTHS[column.kind], min(len(label) + 3, 40)))
            self._sheet.write_string(0, place, label, self._formats["heading"])
        self._sheet.freeze_panes(1, 0)

    def row(self, number: int, columns: Sequence[Column], row: Row) -> None:
        for place, column in enumerate(columns):
            value = row.get(column.key)
            if value is not None and value != "":
                self._cell(number, place, column.kind, value)

    def _cell(self, row: int, place: int, kind: Kind, value: Any) -> None:
        sheet, formats = self._sheet, self._formats
        match value:
            case bool():
                sheet.write_string(row, place, self._words[value])
            case int() | float() | Decimal():
                sheet.write_number(row, place, _plain(value), formats["decimal" if kind == "decimal" else "number"])
            case datetime.datetime():
                sheet.write_datetime(row, place, _local(value).replace(tzinfo=None), formats["datetime"])
            case datetime.date():
                sheet.write_datetime(row, place, datetime.datetime.combine(value, datetime.time()), formats["date"])
            case _:
                self._text(row, place, kind, str(value)[:_LONGEST_CELL])

    def _text(self, row: int, place: int, kind: Kind, text: str) -> None:
        if kind == "url" and row <= _LINKED_ROWS and text.startswith(("https://", "http://")) and len(text) < 2000:
            self._sheet.write_url(row, place, text, string=text)
        elif text.startswith(_FORMULA_START):
            # The mark that Excel itself keeps for a cell typed with an apostrophe: editing it makes no formula either.
            self._sheet.write_string(row, place, text, self._formats["quoted"])
        else:
            self._sheet.write_string(row, place, text)


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    return {
        "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "number": book.add_format(),
        "decimal": book.add_format({"num_format": "#,##0.0##"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        "quoted": book.add_format({"quote_prefix": True}),
    }


def _plain(number: int | float | Decimal) -> int | float:
    return number if isinstance(number, int) else float(number)


def _local(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _sheet_name(title: str) -> str:
    return _NOT_IN_SHEET_NAME.sub(" ", title)[:31].strip() or "1"
