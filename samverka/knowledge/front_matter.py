"""What stands above a Markdown text between two lines of ---: `name: value` lines, in Swedish or English."""

import datetime
import re
from dataclasses import dataclass, field

from .enums import PublicationKind

_LINE = re.compile(r"([A-Za-zÅÄÖåäö_][\wÅÄÖåäö -]*?):[ \t]*(.*)\Z")
#: What a fact may be called in a file -> what it is here.
_NAMES = {
    "rubrik": "title", "title": "title", "titel": "title",
    "sammanfattning": "summary", "summary": "summary", "ingress": "summary", "description": "summary",
    "beteckning": "number", "sfs": "number", "sfs_nummer": "number",
    "utfardad_datum": "day", "datum": "day", "date": "day", "publicerad": "day", "published": "day",
    "ar": "year", "år": "year", "year": "year", "sprak": "language", "språk": "language", "language": "language",
    "lang": "language", "isbn": "isbn", "diarienummer": "diary_number", "dnr": "diary_number", "serie": "series",
    "series": "series", "slag": "kind", "kind": "kind", "typ": "kind", "type": "kind",
}  # fmt: skip
#: Other facts that are shown, and what they are called on the page.
_SHOWN = {
    "beteckning": "SFS-nummer", "departement": "Departement", "utfardad_datum": "Utfärdad", "ikraft_datum": "I kraft",
    "upphor_datum": "Upphör", "utgivare": "Utgivare", "publisher": "Utgivare", "forfattare": "Författare",
    "author": "Författare", "pdf_url": "Källa", "url": "Källa", "kalla": "Källa", "source": "Källa",
}  # fmt: skip
_KINDS = {
    "rapport": PublicationKind.REPORT, "report": PublicationKind.REPORT, "vägledning": PublicationKind.GUIDE,
    "vagledning": PublicationKind.GUIDE, "guide": PublicationKind.GUIDE, "styrdokument": PublicationKind.POLICY,
    "policy": PublicationKind.POLICY, "ställningstagande": PublicationKind.POSITION,
}  # fmt: skip


@dataclass
class Told:
    """What a file says of itself, and its text."""

    text: str
    title: str = ""
    summary: str = ""
    number: str = ""
    isbn: str = ""
    diary_number: str = ""
    series: str = ""
    language: str = "sv"
    kind: str = ""
    year: int | None = None
    day: datetime.date | None = None
    facts: list[list[str]] = field(default_factory=list)


def told_by(source: str) -> Told:
    """Return what a Markdown file says of itself. Lines that are no `name: value` at the margin are passed over."""
    lines = source.replace("\r\n", "\n").split("\n")
    ends = [place for place, line in enumerate(lines[1:], start=1) if line.rstrip() in {"---", "..."}]
    if lines[0].strip() != "---" or not ends:
        return Told(source)
    told = Told("\n".join(lines[ends[0] + 1 :]))
    for line in lines[1 : ends[0]]:
        if match := _LINE.match(line):
            _take(told, match[1].strip().lower(), _unquoted(match[2]))
    return told


def _take(told: Told, name: str, value: str) -> None:
    if not value:
        return
    if name in _SHOWN:
        told.facts.append([_SHOWN[name], value[:500]])
    known = _NAMES.get(name)
    if known == "day":
        told.day = told.day or _day(value)
    elif known == "year":
        told.year = int(value) if re.fullmatch(r"\d{4}", value) else None
    elif known == "language":
        told.language = "en" if value.lower().startswith("en") else "sv"
    elif known == "kind":
        told.kind = _KINDS.get(value.lower(), "")
    elif known:
        setattr(told, known, value)


def _unquoted(value: str) -> str:
    text = value.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].replace('\\"', '"').replace("''", "'")
    return text


def _day(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value[:10])
    except ValueError:
        return None
