"""From the bytes of a file to rows: JSON Lines or CSV, whatever their encoding. A line that is no row is told,
never raised.
"""

import codecs
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from .synonyms import BOXES, names_a_name, plain

csv.field_size_limit(64 * 1024 * 1024)
_SAMPLE = 256 * 1024
_DELIMITERS = ";,\t|"
#: A quoted cell that goes on over more lines than this has lost its closing quote.
_MOST_LINES_IN_A_CELL = 40

NOT_UTF8 = _("Tecknen går inte att läsa: raden är inte i UTF-8.")
NOT_JSON = _("Raden är inte giltig JSON.")
NOT_A_ROW = _("Raden är ingen post med fält och värden.")
OPEN_QUOTE = _("Ett citattecken öppnas men stängs inte.")
NO_NAME_COLUMN = _("Filen har ingen kolumn för namn. Kalla den till exempel Namn.")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line: its number (from 1), its values by their own column names, or why it is no row; bytes read
    so far.
    """

    number: int
    values: dict[str, Any]
    fault: Any = None
    read: int = 0


def read_lines(file: IO[bytes], *, name: str = "", needs_name: bool = True) -> Iterator[Line]:
    """Return the non-empty lines of an open, seekable binary file; `name` may tell the format by its ending.

    `needs_name`: a CSV file without a column for the organisation's name has no row that can be used.
    """
    sample = file.read(_SAMPLE)
    file.seek(0)
    lines: IO[bytes] | _Narrowed = file
    if wide := _wide_encoding(sample):
        lines = _Narrowed(file, wide)
        sample = lines.sample()
    if _is_json(sample, name):
        return _json_lines(lines)
    return _csv_lines(lines, needs_name=needs_name)


def _wide_encoding(sample: bytes) -> str:
    """Return utf-16 or utf-32 when a mark, or the zero bytes of plain letters, say so."""
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(sample) >= 4 and sample[1] == 0 != sample[0] and sample[3] == 0 != sample[2]:
        return "utf-16-le"
    if len(sample) >= 4 and sample[0] == 0 != sample[1] and sample[2] == 0 != sample[3]:
        return "utf-16-be"
    return ""


class _Narrowed:
    """A file in UTF-16 or UTF-32 as lines of UTF-8."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        self._text = codecs.getreader(encoding)(file, "replace")
        self._first: list[bytes] = []

    def sample(self) -> bytes:
        while len(self._first) < 20 and (line := self._text.readline()):
            self._first.append(line.encode("utf-8", "replace"))
        return b"".join(self._first)

    def __iter__(self) -> Iterator[bytes]:
        yield from self._first
        while line := self._text.readline():
            yield line.encode("utf-8", "replace")


def _is_json(sample: bytes, name: str) -> bool:
    lowered = name.lower()
    if lowered.endswith((".jsonl", ".ndjson", ".json")):
        return True
    if lowered.endswith((".csv", ".tsv", ".txt")):
        return False
    lines = [line.strip() for line in sample.removeprefix(codecs.BOM_UTF8).splitlines() if line.strip()][:20]
    return any(line.startswith(b"{") for line in lines)


def _json_lines(file: Any) -> Iterator[Line]:
    read = 0
    for number, raw in enumerate(file, 1):
        read += len(raw)
        line = raw.strip()
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8).strip()
        if line:
            yield _json_line(number, line, read)


def _json_line(number: int, line: bytes, read: int) -> Line:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return Line(number, {}, NOT_UTF8, read)
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return Line(number, {}, NOT_JSON, read)
    if not isinstance(values, dict):
        return Line(number, {}, NOT_A_ROW, read)
    return Line(number, _unboxed(values), None, read)


def _unboxed(values: dict[str, Any]) -> dict[str, Any]:
    """Lift the fields of {"organisation": {...}, "address": {...}} out of their boxes; what stands outside wins."""
    boxes = [value for key, value in values.items() if isinstance(value, dict) and plain(key) in BOXES]
    if not boxes:
        return values
    inner: dict[str, Any] = {}
    for box in boxes:
        inner = _unboxed(box) | inner
    return inner | {key: value for key, value in values.items() if not isinstance(value, dict)}


def _csv_lines(file: Any, *, needs_name: bool) -> Iterator[Line]:
    lines = _numbered_texts(file)
    first = next((line for line in lines if line[1] is None or line[1].strip()), None)
    if first is None:
        return
    number, heading, read = first
    if heading is None:
        yield Line(number, {}, NOT_UTF8, read)
        heading = ""
    delimiter = max(_DELIMITERS, key=heading.count)
    keys = _cells(heading, delimiter) or []
    fault = NO_NAME_COLUMN if needs_name and not names_a_name(keys) else None
    for number, record, read, broken in _records(lines, delimiter):
        if broken:
            yield Line(number, {}, broken, read)
            continue
        cells = _cells(record, delimiter)
        if cells is None:
            yield Line(number, {}, NOT_A_ROW, read)
            continue
        if any(cell.strip() for cell in cells):
            yield Line(number, _paired(keys, cells), fault, read)


def _cells(record: str, delimiter: str) -> list[str] | None:
    """Return the cells of a record, or None if it has none that can be told apart."""
    text = record.replace("\r\n", "\n").replace("\r", " ")
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return None


def _paired(keys: list[str], cells: list[str]) -> dict[str, Any]:
    """Pair headings with cells; of two columns with the same heading the first that says something counts."""
    values: dict[str, Any] = {}
    for key, cell in zip(keys, cells, strict=False):
        if cell.strip() and not values.get(key):
            values[key] = cell
    return values


def _numbered_texts(file: Any) -> Iterator[tuple[int, str | None, int]]:
    """Return (number, text or None when it cannot be decoded, bytes read) of each line."""
    encoding = _narrow_encoding(file)
    read = 0
    for number, raw in enumerate(file, 1):
        read += len(raw)
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            yield number, None, read
            continue
        yield number, text.removeprefix("\ufeff") if number == 1 else text, read


def _narrow_encoding(file: Any) -> str:
    """Return cp1252 for a file that has letters beyond ASCII and none of them in UTF-8; Excel in Sweden saves so."""
    if isinstance(file, _Narrowed):
        return "utf-8"
    wrong = False
    for raw in file:
        if raw.isascii():
            continue
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            wrong = True
        else:
            wrong = False
            break
    file.seek(0)
    return "cp1252" if wrong else "utf-8"


def _records(lines: Iterator[tuple[int, str | None, int]], delimiter: str) -> Iterator[tuple[int, str, int, Any]]:
    """Join lines that a quoted cell goes on over; return (first line's number, text, bytes read, what is wrong)."""
    waiting: list[tuple[int, str | None, int]] = []

    def following() -> tuple[int, str | None, int] | None:
        return waiting.pop(0) if waiting else next(lines, None)

    while line := following():
        number, text, read = line
        if text is None:
            yield number, "", read, NOT_UTF8
            continue
        if '"' not in text or not _ends_inside(text, delimiter):
            if text.strip():
                yield number, text, read, None
            continue
        held, inside = [(number, text, read)], True
        while inside and len(held) < _MOST_LINES_IN_A_CELL and (more := following()):
            if more[1] is None:
                waiting.insert(0, more)
                break
            held.append((more[0], more[1], more[2]))
            inside = _ends_inside(more[1], delimiter, inside=True)
        if inside:
            waiting[:0] = held[1:]
            yield number, "", read, OPEN_QUOTE
        else:
            yield number, "".join(part for _n, part, _r in held), held[-1][2], None


def _ends_inside(text: str, delimiter: str, *, inside: bool = False) -> bool:
    """Return whether `text`, begun `inside` a quoted cell or not, ends in one. A quote opens a cell only where the
    cell begins.
    """
    at_start = not inside
    for letter in text:
        if letter == '"' and (inside or at_start):
            inside = not inside
            at_start = False
        elif not inside:
            at_start = letter == delimiter
        # A doubled quote closes and opens again: `at_start` must let it.
        if letter == '"' and not inside:
            at_start = True
    return inside
