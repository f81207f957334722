"""Published examples and portraits as files: the whole selection, only what everybody reads."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import form_labels
from samverka.kernel.spreadsheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Column, write_csv, write_xlsx

from .enums import PageKind
from .finding import Filters, selected
from .models import Page, PageEdition, told_of
from .telling import texts_of

FORMATS = {"csv": CSV_CONTENT_TYPE, "xlsx": XLSX_CONTENT_TYPE}
_BATCH = 500
_HEAD = (
    Column("title", _("Rubrik"), width=44),
    Column("summary", _("Sammanfattning"), width=60),
    Column("place", _("Plats"), width=24),
    Column("parties", _("Parter"), width=44),
    Column("forms", _("Form"), width=30),
    Column("fields", _("Område"), width=30),
    Column("year", _("År"), kind="int"),
)
_FOOT = (
    Column("licence", _("Licens"), width=12),
    Column("published", _("Publicerad"), kind="date"),
    Column("confirmed", _("Senast bekräftad"), kind="date"),
    Column("url", _("Sidan här"), kind="url"),
)


def columns_of(kind: str) -> tuple[Column, ...]:
    """Return the columns of a kind, with the labels of its texts."""
    page = Page(kind=kind)
    model: Any = Page._meta.get_field(str(kind)).related_model
    texts = (Column(name, model._meta.get_field(name).verbose_name, width=60) for name in texts_of(page))
    return (*_HEAD, *texts, *_FOOT)


def export_pages(kind: PageKind, filters: Filters, *, format: str, file: BinaryIO) -> int:
    """Write every page of the selection to the open binary `file`; return how many. `format` is a key of FORMATS."""
    language = (get_language() or "sv")[:2]
    if format == "csv":
        return write_csv(columns_of(kind), _rows(kind, filters), file, language=language)
    return write_xlsx(columns_of(kind), _rows(kind, filters), file, title=str(kind.label), language=language)


def _rows(kind: str, filters: Filters) -> Iterator[dict[str, Any]]:
    keys = list(selected(kind, filters).order_by("-published_at", "-pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        pages = Page.objects.select_related(kind).in_bulk(batch)
        latest = PageEdition.objects.filter(page__in=batch).order_by("page_id", "-number").distinct("page_id")
        documents = {edition.page_id: edition.document for edition in latest}
        for key in batch:
            yield _row(pages[key], documents[key])


def _row(page: Page, document: dict[str, Any]) -> dict[str, Any]:
    body, place = document["body"], document["place"]
    return {
        "title": document["title"],
        "summary": document["summary"],
        "place": place["name"] if place else "",
        "parties": ", ".join(party["name"] for party in body["parties"]),
        "forms": ", ".join(form_labels(document["forms"])),
        "fields": ", ".join(name for _code, name, _english in document["fields"]),
        "year": document["year"],
        **{name: body.get(name, "") for name in texts_of(page)},
        "licence": document["licence"],
        "published": page.published_at,
        "confirmed": told_of(page).confirmed_on,
        "url": f"{settings.BASE_URL}/sidor/{page.public_id}/",
    }
