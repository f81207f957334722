"""What has changed between two editions of a page: every text that differs, word by word."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .html import blocks

_WORDS = re.compile(r"\s+|[^\s]+")
#: Parts of a document whose words are compared, and what they are called.
LABELS = {
    "title": gettext_lazy("Rubrik"),
    "summary": gettext_lazy("Sammanfattning"),
    "year": gettext_lazy("År"),
    "owner": gettext_lazy("Vem som står för sidan"),
    "place": gettext_lazy("Plats"),
    "contact": gettext_lazy("Kontakt"),
    "contacts": gettext_lazy("Fler kontakter"),
    "html": gettext_lazy("Text"),
    "key_points": gettext_lazy("Det viktigaste"),
    "key_figures": gettext_lazy("Nyckeltal"),
    "series": gettext_lazy("Serie"),
    "isbn": gettext_lazy("ISBN"),
    "diary_number": gettext_lazy("Diarienummer"),
    "adopted_by": gettext_lazy("Antaget av"),
    "adopted_on": gettext_lazy("Antaget den"),
    "valid_to": gettext_lazy("Gäller till och med"),
    "review_on": gettext_lazy("Ska ses över senast"),
    "file": gettext_lazy("PDF, version"),
    "parts": gettext_lazy("Exempel och porträtt"),
}
_NOT_COMPARED = {"kind", "sender_then", "former_senders", "id", "code"}


@dataclass(frozen=True)
class Piece:
    """Some words: "same", "removed" or "added"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Changed:
    """A part that differs: what it is called, and its words."""

    label: str
    pieces: list[Piece]


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Changed]:
    """Return every part that differs between two documents of a page."""
    old, new = dict(_texts(before)), dict(_texts(after))
    return [
        Changed(label, word_changes(old.get(label, ""), new.get(label, "")))
        for label in dict.fromkeys([*new, *old])
        if old.get(label, "") != new.get(label, "")
    ]


def word_changes(before: str, after: str) -> list[Piece]:
    """Return the words of two texts, told apart."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[i:j])))
            continue
        found += [Piece(*one) for one in (("removed", "".join(old[i:j])), ("added", "".join(new[k:m]))) if one[1]]
    return found


def _texts(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in (*document.items(), *document.get("body", {}).items()):
        if name in _NOT_COMPARED or name == "body":
            continue
        text = "\n".join(words for _tag, words in blocks(value)) if name == "html" else "\n".join(_lines(value))
        yield str(LABELS.get(name, name)), text


def _lines(value: Any) -> Iterator[str]:
    """Yield the texts of a value, one a line."""
    if isinstance(value, dict):
        document = value.get("document")
        if document is not None:
            yield document.get("title", _("Utan rubrik"))
            return
        for name, one in value.items():
            if name not in _NOT_COMPARED:
                yield from _lines(one)
    elif isinstance(value, list):
        for one in value:
            yield from _lines(one)
    elif value not in {None, ""}:
        yield str(value)
