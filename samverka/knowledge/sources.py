"""What search holds of the knowledge bank: every published page as it was published, for everybody."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from samverka.collaborations.enums import form_labels
from samverka.kernel.search import Document, TextSource, register_texts

from .enums import PageKind
from .models import Page, PageEdition


def documents(page: Page) -> Iterable[Document]:
    """Return what anybody may read of `page`: its latest edition, nothing of a draft or of a page withdrawn."""
    if page.published_at is None or page.withdrawn_at is not None:
        return
    shown = _published(page)
    yield Document(
        kind=page.kind,
        object_id=page.public_id,
        title=shown["title"],
        summary=shown["summary"],
        keywords=_keywords(page),
        body=shown["search_text"],
        language=page.language,
        forms=tuple(page.forms),
        field_ids=tuple(sorted({key for f in page.fields.all() for key in (f.pk, f.parent_id) if key})),
        county=page.county_id or (page.municipality.county_id if page.municipality else ""),
        municipality=page.municipality_id or "",
        year=page.year or page.published_at.year,
        found_from=page.published_at,
    )


def _published(page: Page) -> dict[str, str]:
    """Return the texts of the latest edition; of a page without editions, its own."""
    edition = max(page.editions.all(), key=lambda row: row.number, default=None)
    document = edition.document if edition else {}
    return {name: str(document.get(name, getattr(page, name))) for name in ("title", "summary", "search_text")}


def _keywords(page: Page) -> str:
    """Return the names of its fields and forms, its place and whoever answers for it."""
    owner = page.owner.name if page.owner and not page.owner.protected else ""
    places = [str(place) for place in (page.municipality, page.county) if place]
    names = [*(field.name_sv for field in page.fields.all()), *form_labels(page.forms)]
    return " ".join([*names, *places, owner]).strip()


def _rows() -> Any:
    editions = Prefetch("editions", PageEdition.objects.all())
    rows = Page.objects.published().select_related("municipality", "county", "owner")
    return rows.prefetch_related("fields", editions).order_by("pk")


def _visible(keys: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    there = Page.objects.published().filter(public_id__in=[object_id for _kind, object_id in keys])
    return set(keys) & set(there.values_list("kind", "public_id"))


register_texts(TextSource(Page, {kind.value: kind.label for kind in PageKind}, documents, _rows, _visible))
