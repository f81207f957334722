"""Uploaded files: their kind told by their content, kept under a random name, given out only as attachments."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO, Any

import puremagic
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.translation import gettext as _

from .errors import NotVisible, Refused
from .ids import secret_token
from .models import ScanState, StoredFile

MOST_BYTES = 50 * 1024 * 1024
_HEAD = 64 * 1024
# What puremagic is sure of; below this a text that begins with "MZ" or "BM" would count as a program or a picture.
_SURE = 0.3
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_NOT_IN_NAME = re.compile(r"[\x00-\x1f\x7f/\\]+")


@dataclass(frozen=True)
class FileKind:
    """A kind that may be uploaded: the name shown to people, its file endings, and whether it is plain text."""

    label: str
    endings: tuple[str, ...]
    content_type: str
    is_text: bool


CSV = FileKind("CSV", (".csv", ".tsv", ".txt"), "text/csv", is_text=True)
JSON = FileKind("JSON", (".json",), "application/json", is_text=True)
JSON_LINES = FileKind("JSON Lines", (".jsonl", ".ndjson"), "application/x-ndjson", is_text=True)
PDF = FileKind("PDF", (".pdf",), "application/pdf", is_text=False)
TABLES = (CSV, JSON, JSON_LINES)


def store_upload(
    upload: "File[bytes]",
    *,
    by: Any,
    owner_kind: str,
    owner_id: str,
    allowed: Collection[FileKind],
    most_bytes: int = MOST_BYTES,
) -> StoredFile:
    """Keep an uploaded file and return its row; `by` is a user, owner_kind and owner_id say what it belongs to.

    Raises Refused when it is empty, larger than `most_bytes`, or not of an allowed kind by ending and content.
    """
    name = clean_name(upload.name or "")
    _refuse_bad_size(upload.size or 0, most_bytes)
    kind = kind_of(name, _head(upload), allowed)
    path = default_storage.save(f"{owner_kind}/{secret_token()}", upload)
    try:
        return StoredFile.objects.create(
            name=name,
            content_type=kind.content_type,
            size=upload.size or 0,
            sha256=_sha256(upload),
            path=path,
            owner_kind=owner_kind,
            owner_id=owner_id,
            created_by_id=getattr(by, "pk", None),
        )
    except BaseException:
        default_storage.delete(path)
        raise


def kind_of(name: str, head: bytes, allowed: Collection[FileKind]) -> FileKind:
    """Return the allowed kind of a file from its name and first bytes. Raises Refused, naming what may be sent."""
    kind = next((kind for kind in allowed if name.lower().endswith(kind.endings)), None)
    if kind is None or not _holds_what_it_says(kind, head):
        labels = ", ".join(kind.label for kind in allowed)
        raise Refused(_("Filen går inte att ta emot. Här går det att skicka in: {kinds}.").format(kinds=labels))
    return kind


def clean_name(name: str) -> str:
    """Return the last part of a file name, without control characters, at most 200 characters."""
    last = re.split(r"[/\\]", name)[-1]
    return _NOT_IN_NAME.sub(" ", last).strip()[-200:] or "fil"


def open_stored(stored: StoredFile) -> IO[bytes]:
    """Return the file opened for reading. Raises NotVisible if it was stopped by the scanner."""
    if stored.scan_state == ScanState.REFUSED:
        raise NotVisible
    return default_storage.open(stored.path, "rb")


def as_attachment(stored: StoredFile) -> FileResponse:
    """Return the answer that gives the file out, to be saved and never shown as a page; ask the owner's rule first."""
    response = FileResponse(
        open_stored(stored), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _refuse_bad_size(size: int, most_bytes: int) -> None:
    if not size:
        raise Refused(_("Filen är tom. Kontrollera att det är rätt fil."))
    if size > most_bytes:
        most = most_bytes // (1024 * 1024)
        raise Refused(_("Filen är för stor. Den får vara högst {most} MB.").format(most=most))


def _head(upload: "File[bytes]") -> bytes:
    upload.seek(0)
    head: bytes = upload.read(_HEAD)
    upload.seek(0)
    return head


def _holds_what_it_says(kind: FileKind, head: bytes) -> bool:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    sure = [match.mime_type for match in found if match.confidence >= _SURE]
    if not kind.is_text:
        return kind.content_type in sure
    harmless = {"", "text/plain", "text/csv", "application/json"}
    return not _CONTROL.search(head) and all(mime in harmless for mime in sure)


def _sha256(upload: "File[bytes]") -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
