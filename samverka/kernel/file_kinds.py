"""Kinds of files that may be sent in, told by name and content, and what to do when a file is none of them."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import puremagic
from django.utils.translation import gettext as _

from .errors import Refused
from .untrusted.limits import MOST_PIXELS, Reason
from .untrusted.office import COMPOUND, MIMETYPES, ZIP

#: Bytes at a file's beginning that its kind is told by.
HEAD = 64 * 1024
# What puremagic is sure of; below this a text that begins with "MZ" or "BM" would count as a program or a picture.
_SURE = 0.3
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class FileKind:
    """A kind that may be uploaded: the name shown to people, its file endings, and whether it is plain text.

    What is no text is opened before it is kept (`untrusted`); an office document is a ZIP.
    """

    label: str
    endings: tuple[str, ...]
    content_type: str
    is_text: bool = False
    is_zip: bool = False


CSV = FileKind("CSV", (".csv", ".tsv", ".txt"), "text/csv", is_text=True)
JSON = FileKind("JSON", (".json",), "application/json", is_text=True)
JSON_LINES = FileKind("JSON Lines", (".jsonl", ".ndjson"), "application/x-ndjson", is_text=True)
TXT = FileKind("TXT", (".txt",), "text/plain", is_text=True)
PDF = FileKind("PDF", (".pdf",), "application/pdf")
PNG = FileKind("PNG", (".png",), "image/png")
JPEG = FileKind("JPEG", (".jpg", ".jpeg"), "image/jpeg")
DOCX = FileKind("DOCX", (".docx",), f"{_OOXML}wordprocessingml.document", is_zip=True)
XLSX = FileKind("XLSX", (".xlsx",), f"{_OOXML}spreadsheetml.sheet", is_zip=True)
PPTX = FileKind("PPTX", (".pptx",), f"{_OOXML}presentationml.presentation", is_zip=True)
ODT = FileKind("ODT", (".odt",), MIMETYPES["ODT"], is_zip=True)
ODS = FileKind("ODS", (".ods",), MIMETYPES["ODS"], is_zip=True)
ODP = FileKind("ODP", (".odp",), MIMETYPES["ODP"], is_zip=True)
#: What an import reads.
TABLES = (CSV, JSON, JSON_LINES)
#: What people attach to what they write. TXT before CSV: the first that has the ending counts.
DOCUMENTS = (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG, JPEG, TXT, CSV)

_BY_CONTENT_TYPE = {kind.content_type: kind for kind in (*DOCUMENTS, *TABLES)}
_WITH_MACROS = {".docm": DOCX, ".dotm": DOCX, ".xlsm": XLSX, ".xlsb": XLSX, ".pptm": PPTX, ".ppsm": PPTX}
#: As what to save a file of another kind.
_SAVED_AS = {
    **dict.fromkeys((".doc", ".dot", ".dotx", ".rtf"), DOCX),
    **dict.fromkeys((".xls", ".xlt", ".xltx"), XLSX),
    **dict.fromkeys((".ppt", ".pps", ".ppsx", ".potx"), PPTX),
    **dict.fromkeys((".heic", ".heif", ".webp", ".gif", ".bmp", ".tif", ".tiff"), JPEG),
    **dict.fromkeys((".pages", ".numbers", ".key", ".htm", ".html", ".eml", ".msg", ".md", ".odg", ".svg"), PDF),
}
_PACKED = (".zip", ".7z", ".rar", ".gz", ".tar")


def kind_of(name: str, head: bytes, allowed: Collection[FileKind]) -> FileKind:
    """Return the allowed kind of a file from its name and first bytes. Raises Refused, saying what to do instead."""
    kind = next((kind for kind in allowed if name.lower().endswith(kind.endings)), None)
    if kind is None or (kind.is_text and not _is_harmless_text(head)):
        raise Refused(_not_taken(name, allowed))
    if not kind.is_text and not _begins_as(kind, head):
        raise Refused(unfit_text(Reason.OTHER_KIND, kind))
    return kind


def kind_by_content_type(content_type: str) -> FileKind | None:
    """Return the kind that a stored file was taken as."""
    return _BY_CONTENT_TYPE.get(content_type)


def unfit_text(reason: Reason, kind: FileKind) -> str:
    """Return what a person is told when a file that should be of `kind` is not taken, and what to do instead."""
    said = {
        Reason.BROKEN: _(
            "Filen går inte att öppna. Den kan vara skadad. Öppna den hos dig, spara den på nytt och skicka den nya."
        ),
        Reason.OTHER_KIND: _(
            "Filen har ett namn som slutar på {ending}, men den innehåller något annat. "
            "Öppna den, spara den som {kind} och skicka den nya."
        ),
        Reason.OLD_FORMAT: _(
            "Filen är sparad på ett äldre sätt. Öppna den, välj Spara som {kind} och skicka den nya filen."
        ),
        Reason.ENCRYPTED: _(
            "Filen är låst med ett lösenord, så de andra kan inte läsa den. Ta bort lösenordet och skicka filen igen."
        ),
        Reason.MACROS: _(
            "Filen innehåller makron. Det är små program som kan skada andras datorer. "
            "Spara filen som {kind} utan makron och skicka den nya."
        ),
        Reason.TOO_LARGE: _(
            "Filen blir alldeles för stor när den öppnas. Dela upp den i flera filer, eller spara den som PDF."
        ),
        Reason.TOO_MANY_PIXELS: _(
            "Bilden är för stor. Den får ha högst {most} miljoner bildpunkter. Gör den mindre och skicka den igen."
        ),
    }[reason]
    return said.format(ending=kind.endings[0], kind=kind.label, most=MOST_PIXELS // 1_000_000)


def _not_taken(name: str, allowed: Collection[FileKind]) -> str:
    ending = name[name.rfind(".") :].lower()
    if (kind := _WITH_MACROS.get(ending)) in allowed and kind:
        return unfit_text(Reason.MACROS, kind)
    labels = ", ".join(kind.label for kind in allowed)
    said = _("Filen går inte att ta emot. Här går det att skicka in: {kinds}.").format(kinds=labels)
    if (kind := _SAVED_AS.get(ending)) in allowed and kind:
        said += " " + _("Öppna filen, spara den som {kind} och skicka den nya.").format(kind=kind.label)
    elif ending in _PACKED:
        said += " " + _("Packa upp filen och skicka det som ligger i den.")
    return said


def _begins_as(kind: FileKind, head: bytes) -> bool:
    # An office document in the older form, or a locked one, is told from the whole of it.
    return head.startswith((ZIP, COMPOUND)) if kind.is_zip else kind.content_type in _surely(head)


def _is_harmless_text(head: bytes) -> bool:
    harmless = {"", "text/plain", "text/csv", "application/json"}
    return not _CONTROL.search(head) and all(mime in harmless for mime in _surely(head))


def _surely(head: bytes) -> list[str]:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []
    return [match.mime_type for match in found if match.confidence >= _SURE]
