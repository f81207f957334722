"""Files beside what a party says. They are read by the text's circle, never removed, and looked through for numbers."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit, files, personal_numbers
from samverka.kernel.errors import NotAllowed, NotVisible, Refused

from ..enums import Circle, NoticeKind
from ..models import Attachment, Entry
from ..notices import tell
from ..queries import Seat, entry_of
from ..rules import can_change_entry
from .checks import hold, needs_terms
from .trail import record_for_parties

MOST_FILES = 10


@transaction.atomic
def attach_file(*, by: Seat, entry_id: str, upload: "File[bytes]") -> Attachment:
    """Keep a file beside a text that the person may change; whoever reads the text reads the file.

    Raises NotVisible, NotAllowed, Refused for what cannot be taken (its text says why and what to do), Busy.
    """
    entry = _takes_file(by, entry_id)
    stored = files.store_upload(
        upload,
        by=by.user,
        owner_kind="entry",
        owner_id=entry.public_id,
        allowed=files.DOCUMENTS,
        most_bytes=files.MOST_ATTACHMENT_BYTES,
    )
    # To open a file takes a while, and nobody waits for it: the text may have been shared, or struck, meanwhile.
    hold(by)
    entry = _takes_file(by, entry_id)
    attachment = Attachment.objects.create(entry=entry, file=stored, added_by=by.user)
    _record("entry.file_attached", by, attachment)
    if entry.circle == Circle.ALL:
        tell(NoticeKind.FILE_ATTACHED, by=by, about=attachment)
    _look_through_later(attachment)
    return attachment


def _takes_file(by: Seat, entry_id: str) -> Entry:
    """Return the text beside which the person may put one file more."""
    entry = entry_of(by, entry_id)
    if not can_change_entry(by, entry):
        raise NotAllowed
    if entry.circle == Circle.ALL:
        needs_terms(by)
    if entry.attachments.count() >= MOST_FILES:
        raise Refused(_("Det finns redan tio filer här. Lägg den här i en anteckning till."))
    return entry


@transaction.atomic
def withdraw_attachment(*, by: Seat, attachment_id: str, reason: str) -> Attachment:
    """Strike a file: its name stays with the reason, and it can still be fetched by those who could. Whoever reads the
    text later does not see it.

    Raises NotVisible, NotAllowed, Refused without a reason.
    """
    hold(by)
    attachment = attachment_at(by, attachment_id)
    if not can_change_entry(by, attachment.entry) or attachment.withdrawn_at:
        raise NotAllowed
    if not reason.strip():
        raise Refused(_("Skriv varför filen stryks."))
    attachment.withdrawn_at, attachment.withdrawn_reason = timezone.now(), reason.strip()
    attachment.struck_in = attachment.entry.circle
    attachment.save(update_fields=["withdrawn_at", "withdrawn_reason", "struck_in"])
    _record("entry.file_withdrawn", by, attachment)
    return attachment


def attachment_at(seat: Seat, attachment_id: str) -> Attachment:
    """Return the file with that public id, if the person stands in the circle of its text. Raises NotVisible."""
    readable = Attachment.objects.read_from(seat).filter(public_id=attachment_id, entry__in=seat.readable)
    found: Attachment | None = readable.select_related("file", "entry").first()
    if found is None:
        raise NotVisible
    return found


def look_through(*, by: Any, attachment_id: int) -> None:
    """Note whether the file's text mentions a personal identity number; the text itself is kept nowhere."""
    attachment = Attachment.objects.select_related("file").filter(pk=attachment_id).first()
    if attachment is None:
        return
    attachment.mentions_number = personal_numbers.mentions(files.text_in(attachment.file))
    attachment.save(update_fields=["mentions_number"])


def _look_through_later(attachment: Attachment) -> None:
    from ..tasks import look_through_file

    look_through_file.defer(attachment_id=attachment.pk)


def _record(action: str, by: Seat, attachment: Attachment) -> None:
    entry = attachment.entry
    if entry.circle == Circle.AUTHOR:
        return
    record_for_parties(
        action,
        by=by.user,
        collaboration=by.collaboration,
        only=None if entry.circle == Circle.ALL else by.party,
        # A file's name may tell as much as a text does.
        changes={"entry": entry.public_id, "file": audit.hidden_text(attachment.file.name)},
    )
