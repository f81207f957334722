"""Translations without gettext on the machine: strings are found by babel, catalogues are read and compiled by polib.

The source strings are Swedish, so Swedish needs no catalogue of ours. locale/en holds the English; locale/sv may hold
Swedish for strings of other packages that they lack themselves, written by hand.
"""

import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib

SOURCES = ("samverka", "config")
DOMAIN = "django"
_KEYWORDS: dict[str, Any] = {
    name + lazy: places
    for name, places in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
} | {"_": None, "gettext_noop": None}
_TEMPLATES = (".html", ".txt", ".svg")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_TAG = re.compile(r"</?[a-z][a-z0-9]*")
_HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

Key = tuple[str, str]


@dataclass
class Message:
    """A string in the code: its context ("" if none), its plural ("" if none) and the files it stands in."""

    text: str
    context: str = ""
    plural: str = ""
    files: set[str] = field(default_factory=set)


# Finding


def find_messages(root: Path, sources: Iterable[str] = SOURCES) -> dict[Key, Message]:
    """Return every marked string below the folders `sources` of `root`, by (context, text)."""
    found: dict[Key, Message] = {}
    for source in sources:
        for path in sorted((root / source).rglob("*")):
            if path.suffix == ".py" or (path.suffix in _TEMPLATES and "templates" in path.parts):
                _add_file(found, path, path.relative_to(root).as_posix())
    return found


def _add_file(found: dict[Key, Message], path: Path, name: str) -> None:
    text = path.read_text(encoding="utf-8")
    for message in messages_in(text if path.suffix == ".py" else _as_python(text, name)):
        known = found.setdefault((message.context, message.text), message)
        known.plural = known.plural or message.plural
        known.files.add(name)


def _as_python(template: str, name: str) -> str:
    """Return a template's strings as Python calls; in parentheses, so that indentation means nothing."""
    from django.utils.translation.template import templatize

    return f"(\n{templatize(template, origin=name)}\n)"


def messages_in(python: str) -> Iterator[Message]:
    """Return the marked strings of Python source."""
    from babel.messages.extract import extract

    for _line, said, _comments, context in extract("python", io.BytesIO(python.encode()), keywords=_KEYWORDS):
        texts = list(said) if isinstance(said, tuple) else [said]
        if texts and texts[0]:
            yield Message(texts[0], context or "", texts[1] if len(texts) > 1 else "")


# Keeping the catalogue


def catalogue_path(locale: Path, language: str) -> Path:
    """Return where a language's catalogue is."""
    return locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def update_catalogue(path: Path, found: dict[Key, Message], language: str) -> Counter[str]:
    """Bring a catalogue up to date: new strings untranslated, gone ones obsolete; return how many of each."""
    catalogue = polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)
    catalogue.metadata = {"Language": language, **_HEADER}
    known = {_key(entry): entry for entry in catalogue}
    done: Counter[str] = Counter()
    for key, message in found.items():
        entry = known.pop(key, None)
        if entry is None:
            entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
            catalogue.append(entry)
            done["new"] += 1
        _bring_up_to_date(entry, message)
    for entry in known.values():
        done["obsolete"] += not entry.obsolete
        entry.obsolete = True
    catalogue.sort(key=_place)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path), newline="\n")
    return done


def _bring_up_to_date(entry: polib.POEntry, message: Message) -> None:
    entry.obsolete = False
    entry.occurrences = [(name, "") for name in sorted(message.files)]
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr, 1: ""}
        entry.msgstr = ""
    elif entry.msgid_plural:
        entry.msgstr, entry.msgid_plural, entry.msgstr_plural = entry.msgstr_plural.get(0, ""), "", {}
    python = bool(re.search(r"%\(\w+\)[a-z]|%[sd]", message.text + message.plural))
    entry.flags = [flag for flag in entry.flags if flag != "python-format"] + ["python-format"] * python


def _key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid)


def _place(entry: polib.POEntry) -> tuple[Any, ...]:
    files = [name for name, _line in entry.occurrences]
    return (entry.obsolete, min(files, default=""), entry.msgid, entry.msgctxt or "")


# Checking and compiling


def problems(path: Path, found: dict[Key, Message]) -> list[str]:
    """Return what is wrong with a catalogue for the strings `found`, one line each; an empty list is good."""
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    entries = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    said = [f"missing: {_shown(text)}" for context, text in found if (context, text) not in entries]
    said += [f"not in the code any more: {_shown(text)}" for context, text in entries if (context, text) not in found]
    for entry in entries.values():
        said += [f"{problem}: {_shown(entry.msgid)}" for problem in _entry_problems(entry)]
    return said


def _entry_problems(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    if not entry.translated() and not entry.fuzzy:
        yield "untranslated"
        return
    sources = [entry.msgid, entry.msgid_plural or entry.msgid]
    for number, text in entry.msgstr_plural.items() if entry.msgid_plural else [(0, entry.msgstr)]:
        expected = {frozenset(_PLACEHOLDER.findall(source)) for source in sources}
        if frozenset(_PLACEHOLDER.findall(text)) not in expected:
            yield "placeholders differ"
        if sorted(_TAG.findall(text)) != sorted(_TAG.findall(sources[min(int(number), 1)])):
            yield "tags differ"


def _shown(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 90 else f"{one_line[:89]}…"


def compile_stale(locale: Path) -> list[Path]:
    """Compile every catalogue that is newer than its compiled form; return the files written.

    Needs neither Django nor gettext: called before either is asked for a text. Two processes may do it at once.
    """
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        partial.write_bytes(polib.pofile(str(source)).to_binary())
        partial.replace(target)
        written.append(target)
    return written
