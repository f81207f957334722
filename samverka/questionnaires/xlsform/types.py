"""The types of a survey sheet, as they are written and as the engine has them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..enums import QuestionType, SectionKind

T = QuestionType
#: XLSForm's type -> ours, and for a file which kind.
SIMPLE: dict[str, tuple[QuestionType, str]] = {
    "text": (T.TEXT, ""), "string": (T.TEXT, ""), "q string": (T.TEXT, ""), "add text prompt": (T.TEXT, ""),
    "integer": (T.INTEGER, ""), "int": (T.INTEGER, ""), "q int": (T.INTEGER, ""), "add integer prompt": (T.INTEGER, ""),
    "decimal": (T.DECIMAL, ""), "q decimal": (T.DECIMAL, ""), "add decimal prompt": (T.DECIMAL, ""),
    "date": (T.DATE, ""), "q date": (T.DATE, ""), "add date prompt": (T.DATE, ""),
    "note": (T.NOTE, ""), "q note": (T.NOTE, ""), "add note prompt": (T.NOTE, ""),
    "calculate": (T.CALCULATED, ""), "q calculate": (T.CALCULATED, ""), "add calculate prompt": (T.CALCULATED, ""),
    "range": (T.SCALE, ""), "phone number": (T.PHONE, ""),
    "file": (T.FILE, ""), "add file prompt": (T.FILE, ""), "image": (T.FILE, "image"), "photo": (T.FILE, "image"),
    "add image prompt": (T.FILE, "image"), "add photo prompt": (T.FILE, "image"), "q image": (T.FILE, "image"),
    "audio": (T.FILE, "audio"), "add audio prompt": (T.FILE, "audio"), "q audio": (T.FILE, "audio"),
    "video": (T.FILE, "video"), "add video prompt": (T.FILE, "video"), "q video": (T.FILE, "video"),
}  # fmt: skip
#: What a column samverka_type may say, and the type of XLSForm that it then stands on.
OWN: dict[QuestionType, str] = {
    T.MONEY: "decimal", T.ORGANISATION: "text", T.LONG_TEXT: "text", T.YES_NO: "select_one",
}  # fmt: skip
WRITTEN: dict[QuestionType, str] = {
    T.TEXT: "text", T.LONG_TEXT: "text", T.INTEGER: "integer", T.DECIMAL: "decimal", T.MONEY: "decimal",
    T.SCALE: "range", T.DATE: "date", T.NOTE: "note", T.CALCULATED: "calculate", T.PHONE: "phone number",
    T.FILE: "file", T.ORGANISATION: "text",
}  # fmt: skip
YES_NO_LIST = "samverka_yes_no"
MULTILINE = "multiline"
TABLE = "table-list"

_SELECT = re.compile(
    r"(?P<how>select_one|select_multiple|select1|select one from|select one using|select one|select all that apply from"
    r"|select all that apply|select multiple from|select multiple using|select multiple"
    r"|add select one prompt using|add select multiple prompt using)"
    r" (?P<list>\S+)(?P<other> or_other| or specify other| or other)?\Z"
)
_BOUND = re.compile(r"(?P<which>begin|end)[ _](?P<kind>group|repeat|lgroup|looped group|loop)\Z")
_KINDS = {"group": SectionKind.GROUP, "repeat": SectionKind.REPEAT, "lgroup": SectionKind.REPEAT,
          "looped group": SectionKind.REPEAT}  # fmt: skip

#: Why a type is refused, by how it begins.
_REASONS = (
    (("geo", "gps", "location", "q location", "add location"), _("platser på karta läses inte in")),
    (("barcode", "q barcode", "add barcode"), _("streckkoder läses inte in")),
    (("time", "datetime", "start", "end", "q date time", "add date time", "get start", "get end"),
     _("klockslag finns inte, bara datum")),
    (("today", "deviceid", "device", "imei", "sim", "subscriber", "phonenumber", "username", "email", "uri",
      "audit", "get ", "start-geopoint", "background", "last-saved"), _("uppgifter om den som svarar hämtas aldrig")),
    (("rank",), _("rangordning finns inte; använd flera av flera med ett högsta antal")),
    (("select_one_from_file", "select_multiple_from_file", "select_one_external", "csv-external", "xml-external"),
     _("val ur en annan fil läses inte in")),
    (("acknowledge", "trigger", "q acknowledge", "add acknowledge"),
     _("en ruta att bekräfta finns inte; använd ja eller nej")),
    (("hidden",), _("dolda fält finns inte; använd calculate")),
)  # fmt: skip


@dataclass(frozen=True)
class Select:
    several: bool
    choices: str
    or_other: bool


@dataclass(frozen=True)
class Bound:
    """Where a section begins or ends; `kind` is None for one that the engine lacks."""

    begins: bool
    kind: SectionKind | None


def tidy(text: str) -> str:
    """Return the type on one line with single spaces."""
    return " ".join(text.split())


def select(text: str) -> Select | None:
    """Return what a select type says, or None."""
    found = _SELECT.match(text)
    if not found:
        return None
    several = any(word in found["how"] for word in ("multiple", "all that apply"))
    return Select(several, found["list"], bool(found["other"]))


def bound(text: str) -> Bound | None:
    """Return where a section begins or ends, or None."""
    found = _BOUND.match(text.lower())
    return Bound(found["which"] == "begin", _KINDS.get(found["kind"])) if found else None


def why_not(text: str) -> str:
    """Return why a type is refused."""
    small = text.lower()
    reason = next((reason for starts, reason in _REASONS if small.startswith(starts)), _("den typen finns inte"))
    return str(_("Typen %(type)s: %(reason)s.")) % {"type": text, "reason": reason}
