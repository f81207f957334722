"""The text of office documents, read piece by piece: what people would see, and what stands beside it (notes, comments,
what is struck with tracked changes), since whoever gets the file can read that too.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat  # nosec B407 - declarations are refused, see office.xml_parser

from .limits import MOST_CHARACTERS, MOST_READ
from .office import xml_parser

_CHUNK = 64 * 1024
#: The parts with text, in the order they are read.
_PARTS = {
    "DOCX": (r"word/document\d*\.xml", r"word/(footnotes|endnotes|comments|header|footer)\d*\.xml"),
    "PPTX": (r"ppt/slides/slide\d+\.xml", r"ppt/(notesSlides/notesSlide|comments/\w+?)\d*\.xml"),
    "XLSX": (
        r"xl/sharedStrings\.xml",
        r"xl/worksheets/sheet\d+\.xml",
        r"xl/(comments|threadedComments/threadedComment|drawings/drawing|comments/comment)\d*\.xml",
    ),
    "ODF": (r"content\.xml", r"styles\.xml"),
}
_MOST_STRINGS = 1_000_000
_MOST_COLUMNS = 16_384
_DIGITS = re.compile(r"\d+")


class Full(Exception):
    """As much text has been read as is wanted."""


def text(content: bytes, kind: str) -> Iterator[str]:
    """Return the text of a document piece by piece, as far as it can be read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        left, strings = MOST_READ, list[str]()
        for name in _names(archive, _PARTS.get(kind, _PARTS["ODF"])):
            reader = _reader(kind, name, strings)
            with archive.open(name) as part:
                while left > 0 and not reader.ended and (piece := part.read(_CHUNK)):
                    left -= len(piece)
                    yield from reader.read(piece)
            yield "\n"


def _names(archive: zipfile.ZipFile, patterns: tuple[str, ...]) -> list[str]:
    found = []
    for pattern in patterns:
        parts = [name for name in archive.namelist() if re.fullmatch(pattern, name, re.IGNORECASE)]
        found += sorted(parts, key=lambda name: (_DIGITS.sub("", name), [int(n) for n in _DIGITS.findall(name)]))
    return found


def _reader(kind: str, name: str, strings: list[str]) -> "Reader":
    if kind not in _PARTS:
        return OpenDocument()
    if name.lower() == "xl/sharedstrings.xml":
        return SharedStrings(strings)
    return Sheet(strings) if name.lower().startswith("xl/worksheets/") else Words()


class Reader:
    """Reads one part: hears of each element's start and end, and of the characters between."""

    def __init__(self) -> None:
        """Begin a part."""
        self._said: list[str] = []
        self._left = MOST_CHARACTERS
        self.inside = self.skipped = 0
        self.ended = False
        self._parser = xml_parser()
        self._parser.StartElementHandler = lambda name, said: self.start(name.rpartition(" ")[2], said)
        self._parser.EndElementHandler = lambda name: self.end(name.rpartition(" ")[2])
        self._parser.CharacterDataHandler = self.characters

    def read(self, piece: bytes) -> Iterator[str]:
        """Return what one more piece of the part says; `ended` after MOST_CHARACTERS, or where the part is broken."""
        try:
            self._parser.Parse(piece, False)
        except (Full, expat.ExpatError):
            self.ended = True
        yield from self._said
        self._said.clear()

    def say(self, words: str) -> None:
        """Add to the text. Raises Full when there is enough."""
        self._left -= len(words)
        if self._left < 0:
            raise Full
        self._said.append(words)

    def characters(self, words: str) -> None:
        """Hear characters."""
        if self.inside and not self.skipped:
            self.say(words)

    def start(self, name: str, said: dict[str, str]) -> None:
        """Hear that an element starts."""

    def end(self, name: str) -> None:
        """Hear that an element ends."""


class Words(Reader):
    """Paragraphs of Word and PowerPoint, and comments of all three."""

    _TEXT = frozenset({"t", "delText", "text"})
    _SIGNS = {"br": "\n", "cr": "\n", "noBreakHyphen": "-"}

    def start(self, name: str, said: dict[str, str]) -> None:
        """Count where text stands; what is there once more for older programs is left out."""
        self.skipped += name == "Fallback"
        self.inside += name in self._TEXT
        if name in self._SIGNS:
            self.say(self._SIGNS[name])
        elif name == "tab" and not said:
            self.say("\t")

    def end(self, name: str) -> None:
        """End a paragraph with a line."""
        self.skipped -= name == "Fallback"
        self.inside -= name in self._TEXT
        if name in {"p", "text"}:
            self.say("\n")


class SharedStrings(Reader):
    """The texts that the cells of Excel's sheets point at by number; says nothing itself."""

    def __init__(self, strings: list[str]) -> None:
        """Fill `strings`."""
        super().__init__()
        self._strings = strings
        self._parts: list[str] = []
        self._room = MOST_CHARACTERS

    def start(self, name: str, said: dict[str, str]) -> None:
        """Leave out how Japanese is pronounced."""
        self.skipped += name == "rPh"
        self.inside += name == "t"

    def end(self, name: str) -> None:
        """Add a text to the list."""
        self.skipped -= name == "rPh"
        self.inside -= name == "t"
        if name == "si" and len(self._strings) < _MOST_STRINGS:
            self._strings.append("".join(self._parts))
            self._parts.clear()

    def say(self, words: str) -> None:
        """Keep the words for the list, as long as there is room."""
        self._room -= len(words)
        if self._room >= 0:
            self._parts.append(words)


class Sheet(Reader):
    """The cells of one of Excel's sheets, row by row."""

    def __init__(self, strings: list[str]) -> None:
        """Look texts up in `strings`."""
        super().__init__()
        self._strings = strings
        self._kind = ""
        self._column = 0
        self._value: list[str] = []

    def start(self, name: str, said: dict[str, str]) -> None:
        """Begin a row or a cell."""
        if name == "row":
            self._column = 0
        if name == "c":
            self._kind = said.get("t", "")
            self._value.clear()
            self._pass_empty(said.get("r", ""))
        self.inside += name in {"v", "t"}

    def _pass_empty(self, place: str) -> None:
        """Leave a tab for each empty cell before this one, which the file does not hold, so that columns stand under
        each other; `place` is such as C7.
        """
        column = 0
        for letter in place.rstrip("0123456789")[:3]:
            column = column * 26 + ord(letter) - ord("A") + 1
        if self._column < column <= _MOST_COLUMNS:
            self.say("\t" * (column - self._column - 1))
        self._column = max(self._column + 1, column)

    def end(self, name: str) -> None:
        """Say the cell, and end a row with a line."""
        self.inside -= name in {"v", "t"}
        if name == "c":
            self.say(self._shown("".join(self._value)) + "\t")
        elif name == "row":
            self.say("\n")

    def characters(self, words: str) -> None:
        """Gather the cell's value."""
        if self.inside:
            self._value.append(words)

    def _shown(self, value: str) -> str:
        if self._kind != "s":
            return value
        number = int(value) if value.isdecimal() else -1
        return self._strings[number] if 0 <= number < len(self._strings) else ""


class OpenDocument(Reader):
    """Paragraphs and headings of OpenDocument, cells of its tables too."""

    _LINES = frozenset({"p", "h"})
    _SIGNS = {"s": " ", "tab": "\t", "line-break": "\n"}

    def start(self, name: str, said: dict[str, str]) -> None:
        """Count where text stands."""
        self.inside += name in self._LINES
        if self.inside and name in self._SIGNS:
            self.say(self._SIGNS[name])

    def end(self, name: str) -> None:
        """End a paragraph with a line."""
        self.inside -= name in self._LINES
        if name in self._LINES:
            self.say("\n")
