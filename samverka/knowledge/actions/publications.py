"""What starts and changes publications, with their files, former addresses and senders' former names."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import audit, files
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.search import store_vector

from ..documents import document_of, words_of
from ..enums import PageKind, ReadState
from ..html import clean
from ..kinds import MOST_INDEXED
from ..models import FormerAddress, FormerSender, Page, Publication, PublicationFile
from .checks import hold_saves, locked_page, require_editor
from .heads import keep_address, made_page, set_head
from .trail import note_page

FACTS = (
    "kind", "html", "key_points", "key_figures", "facts", "contacts", "series", "isbn", "diary_number", "adopted_by",
    "adopted_on", "valid_to", "review_on",
)  # fmt: skip


@transaction.atomic
def start_publication(*, by: Any, values: Mapping[str, Any], source: tuple[str, str] = ("", "")) -> Page:
    """Begin a publication as a draft. `source`: the path and SHA-256 of the file it is read from. Raises NotAllowed,
    Refused.
    """
    require_editor(by)
    page = made_page(by=by, kind=PageKind.PUBLICATION, values=values)
    Publication.objects.create(page=page, source_path=source[0], source_sha256=source[1], **_facts(values))
    note_page("publication.started", page, by=by)
    return page


@transaction.atomic
def change_publication(*, by: Any, page_id: str, version: int | None, values: Mapping[str, Any]) -> Page:
    """Set the facts in `values` (heads.HEAD, fields and FACTS) in the draft. `version` is the
    `saves` of the page that the person began from. Raises NotAllowed, Conflict, Refused.
    """
    require_editor(by)
    page = locked_page(page_id)
    hold_saves(page, version)
    found, facts = set_head(page, values), _facts(values)
    one = page.publication
    found |= audit.changed_fields({name: getattr(one, name) for name in facts}, facts)
    for name, value in facts.items():
        setattr(one, name, value)
    one.save()
    note_page("publication.changed", page, by=by, changes=_short(found))
    return page


def _facts(values: Mapping[str, Any]) -> dict[str, Any]:
    facts = {name: values[name] for name in FACTS if name in values}
    if "html" in facts:
        facts["html"] = clean(facts["html"])
    if facts.get("adopted_on") and facts.get("valid_to") and facts["valid_to"] < facts["adopted_on"]:
        raise Refused(_("Den dag styrdokumentet gäller till kommer före den dag det antogs."), field="valid_to")
    return facts


def _short(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the changes without long texts, which the editions hold."""
    return {name: both if name != "html" else ["…", "…"] for name, both in changes.items()}


@transaction.atomic
def add_file(*, by: Any, page_id: str, upload: "File[bytes]", note: str = "") -> PublicationFile:
    """Add a PDF as the newest version; a job reads it. Raises NotAllowed, Refused when it is no fit PDF."""
    require_editor(by)
    page = locked_page(page_id)
    number = page.publication.files.count() + 1
    if number > 1 and by is not None and not note.strip():
        raise Refused(_("Skriv vad som är ändrat sedan förra versionen."), field="note")
    stored = files.store_upload(upload, by=by, owner_kind="publication", owner_id=page.public_id, allowed=[files.PDF])
    made: PublicationFile = PublicationFile.objects.create(
        publication=page.publication, number=number, file=stored, note=note.strip()[:300], created_by=by
    )
    page.version += 1
    page.save(update_fields=["version"])
    note_page("publication.file_added", page, by=by, changes={"version": [None, number]})
    _read_later(made)
    return made


def _read_later(made: PublicationFile) -> None:
    from ..tasks import read_file

    read_file.defer(file_id=made.pk)


@transaction.atomic
def read_file(*, by: Any, file_id: int) -> PublicationFile | None:
    """Read a file's text, pages and cover, and let search find them if the page is out. For a job or an import; what
    has been read is left alone.
    """
    rows = PublicationFile.objects.select_for_update(of=("self",)).select_related("file", "publication__page__owner")
    found: PublicationFile | None = rows.filter(pk=file_id).first()
    if found is None or found.state != ReadState.WAITING:
        return found
    found.text = files.text_in(found.file)
    found.pages = files.pdf_pages(found.file)
    found.state = ReadState.READ if found.text.strip() else ReadState.WITHOUT_TEXT
    if found.cover is None and (drawn := files.pdf_cover(found.file)):
        found.cover = files.store_upload(
            ContentFile(drawn, "omslag.jpg"), by=by, owner_kind="publication",
            owner_id=found.publication.page.public_id, allowed=[files.JPEG],
        )  # fmt: skip
    found.save()
    _find_in_file(found)
    return found


def _find_in_file(found: PublicationFile) -> None:
    page = found.publication.page
    edition = page.editions.first()
    if edition and edition.document["body"]["file"] == found.number:
        _find_anew(page, more=found.text)


def _find_anew(page: Page, *, more: str = "") -> None:
    """Let search find what has come to a page that is out. A draft that has been changed since is not let in: then only
    `more` is added to what is found already, and the rest comes when it is published.
    """
    edition = page.editions.first()
    if not page.is_out or edition is None:
        return
    unchanged = document_of(page) == edition.document
    page.search_text = words_of(page) if unchanged else f"{page.search_text}\n{more}"[:MOST_INDEXED]
    page.save(update_fields=["search_text"])
    page.title, page.summary = edition.document["title"], edition.document["summary"]
    store_vector(page)


@transaction.atomic
def add_address(*, by: Any, page_id: str, path: str) -> FormerAddress:
    """Let an address that a page had before lead to it. Raises NotAllowed, Refused."""
    require_editor(by)
    page = locked_page(page_id)
    made = keep_address(page, path)
    note_page("page.address_added", page, by=by, changes={"path": [None, made.path]})
    return made


@transaction.atomic
def remove_address(*, by: Any, page_id: str, address_id: int) -> None:
    """Let an address no longer lead to the page. Raises NotAllowed, NotVisible."""
    require_editor(by)
    page = locked_page(page_id)
    found = page.former_addresses.filter(pk=address_id).first()
    if found is None:
        raise NotVisible
    note_page("page.address_removed", page, by=by, changes={"path": [found.path, None]})
    found.delete()


@transaction.atomic
def add_former_sender(*, by: Any, values: Mapping[str, Any]) -> FormerSender:
    """Note what an organisation was called as a sender until a day; pages published anew say it. Raises NotAllowed."""
    require_editor(by)
    if FormerSender.objects.filter(organisation=values["organisation"], name=values["name"]).exists():
        raise Refused(_("Det namnet står redan här."), field="name")
    made: FormerSender = FormerSender.objects.create(**values)
    audit.record(
        "sender.former_added", by=by, kind="former_sender", object_id=str(made.pk), label=str(made),
        organisation=made.organisation.public_id,
    )  # fmt: skip
    _find_all_anew(made.organisation, more=str(made))
    return made


@transaction.atomic
def remove_former_sender(*, by: Any, sender_id: int) -> None:
    """Take such a name away. Raises NotAllowed, NotVisible."""
    require_editor(by)
    found = FormerSender.objects.select_related("organisation").filter(pk=sender_id).first()
    if found is None:
        raise NotVisible
    audit.record(
        "sender.former_removed", by=by, kind="former_sender", object_id=str(found.pk), label=str(found),
        organisation=found.organisation.public_id,
    )  # fmt: skip
    organisation = found.organisation
    found.delete()
    _find_all_anew(organisation)


def _find_all_anew(organisation: Any, more: str = "") -> None:
    for page in Page.objects.published().filter(owner=organisation, kind=PageKind.PUBLICATION):
        _find_anew(page, more=more)
