"""Uploaded files: their kind told by their content, kept under a random name, given out only as attachments.

Pictures are drawn anew, without what a camera writes beside them; documents with macros or a password are refused.
"""

import codecs
import hashlib
import re
from collections.abc import Collection
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse
from django.utils.translation import gettext as _

from .errors import NotVisible, Refused
from .file_kinds import (
    CSV,
    DOCUMENTS,
    DOCX,
    HEAD,
    JPEG,
    JSON,
    JSON_LINES,
    ODP,
    ODS,
    ODT,
    PDF,
    PNG,
    PPTX,
    TABLES,
    TXT,
    XLSX,
    FileKind,
    kind_by_content_type,
    kind_of,
    unfit_text,
)  # fmt: skip
from .ids import secret_token
from .models import ScanState, StoredFile
from .untrusted import run
from .untrusted.limits import MOST_CHARACTERS, Unfit

__all__ = [
    "CSV", "DOCUMENTS", "DOCX", "JPEG", "JSON", "JSON_LINES", "ODP", "ODS", "ODT", "PDF", "PNG", "PPTX", "TABLES",
    "TXT", "XLSX", "FileKind", "as_attachment", "as_picture", "clean_name", "kind_of", "open_stored", "pdf_cover",
    "pdf_pages", "remove_stored", "store_upload", "text_in",
]  # fmt: skip

#: Bytes of a file: one that is imported, and one that is attached to what somebody writes.
MOST_BYTES = 50 * 1024 * 1024
MOST_ATTACHMENT_BYTES = 20 * 1024 * 1024
_NOT_IN_NAME = re.compile(r"[\x00-\x1f\x7f/\\]+")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


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

    For attachments say `allowed=DOCUMENTS, most_bytes=MOST_ATTACHMENT_BYTES`. Raises Refused when it is empty, larger
    than `most_bytes`, not of an allowed kind by ending and content, broken, locked or with macros; Busy when too many
    files are being opened just now.
    """
    name = clean_name(upload.name or "")
    _refuse_bad_size(upload.size or 0, most_bytes)
    kind = kind_of(name, _head(upload), allowed)
    if not kind.is_text:
        upload = _opened(upload, kind)
        _refuse_bad_size(upload.size or 0, most_bytes)
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


def clean_name(name: str) -> str:
    """Return the last part of a file name, without control characters, at most 200 characters."""
    last = re.split(r"[/\\]", name)[-1]
    return _NOT_IN_NAME.sub(" ", last).strip()[-200:] or "fil"


def open_stored(stored: StoredFile) -> IO[bytes]:
    """Return the file opened for reading. Raises NotVisible if it was stopped by the scanner."""
    if stored.scan_state == ScanState.REFUSED:
        raise NotVisible
    return default_storage.open(stored.path, "rb")


def text_in(stored: StoredFile) -> str:
    """Return the text of a file, at most a million characters, with a form feed after each page of a PDF; "" for a
    picture, a scanned page, what cannot be read and what was stopped by the scanner.

    Takes up to a minute: for a job. Raises Busy when no turn comes.
    """
    kind = kind_by_content_type(stored.content_type)
    if kind in {None, PNG, JPEG} or stored.scan_state == ScanState.REFUSED:
        return ""
    with open_stored(stored) as file:
        content = file.read()
    text = _decoded(content) if kind.is_text else run.text(content, kind.label)
    return _NOT_IN_TEXT.sub("", text.replace("\r\n", "\n")[:MOST_CHARACTERS])


def pdf_pages(stored: StoredFile) -> int | None:
    """Return how many pages a stored PDF has, if that can be told. For a job, as `text_in`."""
    with open_stored(stored) as file:
        return run.pages(file.read())


def pdf_cover(stored: StoredFile) -> bytes:
    """Return the first page of a stored PDF as a JPEG, nothing where it cannot be drawn. For a job, as `text_in`."""
    with open_stored(stored) as file:
        return run.cover(file.read())


def as_picture(stored: StoredFile) -> FileResponse:
    """Return the answer that shows a picture that we have drawn ourselves (PNG or JPEG) on a page."""
    response = FileResponse(open_stored(stored), content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def remove_stored(stored: StoredFile) -> None:
    """Remove a file for good: its row now, its content when the caller's transaction has held."""
    path = stored.path
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


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
        raise Refused(
            _(
                "Filen är för stor. Den får vara högst {most} MB. Dela upp den, eller spara den i mindre storlek."
            ).format(most=most)
        )


def _head(upload: "File[bytes]") -> bytes:
    upload.seek(0)
    head: bytes = upload.read(HEAD)
    upload.seek(0)
    return head


def _opened(upload: "File[bytes]", kind: FileKind) -> "File[bytes]":
    """Return the file to keep, opened and looked at: pictures drawn anew. Raises Refused when it is not fit."""
    content = upload.read()
    upload.seek(0)
    try:
        kept = run.check(content, kind.label)
    except Unfit as unfit:
        raise Refused(unfit_text(unfit.reason, kind)) from unfit
    return upload if kept is content else ContentFile(kept, upload.name)


def _decoded(content: bytes) -> str:
    """Return a plain text in whichever of the usual encodings it is in."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _sha256(upload: "File[bytes]") -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()
