"""How publications and articles are published: what stands in an edition, what is indexed, what may be missing."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .documents import Kind, register_kind
from .enums import PageKind, PublicationKind
from .html import blocks, plain
from .models import Page, Publication, PublicationFile
from .senders import former_names, name_when

#: So much of a file's text is indexed; PostgreSQL takes a megabyte of stems with their places.
MOST_INDEXED = 400_000


def publication_body(page: Page) -> dict[str, Any]:
    """Return what a publication holds, as its edition keeps it."""
    one: Publication = page.publication
    newest: PublicationFile | None = one.files.first()
    return {
        "kind": one.kind,
        "html": one.html,
        "key_points": [line.strip() for line in one.key_points.splitlines() if line.strip()],
        "key_figures": one.key_figures,
        "facts": one.facts,
        "contacts": one.contacts,
        "series": one.series,
        "isbn": one.isbn,
        "diary_number": one.diary_number,
        "adopted_by": one.adopted_by,
        **{name: _day(getattr(one, name)) for name in ("adopted_on", "valid_to", "review_on")},
        "sender_then": name_when(page),
        "former_senders": [[str(former), former.until.isoformat()] for former in former_names(page.owner)],
        "file": newest.number if newest else None,
        "parts": [_part(part.page) for part in one.parts.select_related("page")],
    }


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _part(page: Page) -> dict[str, Any]:
    """Return an example or a portrait as the report keeps it: the edition that is out today."""
    edition = page.editions.first()
    return {"id": page.public_id, "kind": page.kind, "document": edition.document if edition else {}}


def publication_words(page: Page) -> Iterable[str]:
    """Return what is indexed of a publication: its text, points, numbers, senders' names, and the PDF's text."""
    one: Publication = page.publication
    newest = one.files.first()
    yield from (one.key_points, one.series, one.isbn, one.diary_number, one.adopted_by)
    yield from (f"{figure} {said}" for figure, said in one.key_figures)
    yield from (str(value) for _label, value in one.facts)
    yield from (str(former) for former in former_names(page.owner))
    yield page.owner.name if page.owner else ""
    yield plain(one.html)[:MOST_INDEXED]
    yield newest.text[:MOST_INDEXED] if newest else ""
    yield from (part.page.title for part in one.parts.select_related("page"))


def publication_faults(page: Page) -> list[str]:
    """Return what a publication lacks."""
    one: Publication = page.publication
    found = []
    if one.kind == PublicationKind.POLICY and not (one.adopted_by and one.adopted_on):
        found.append(_("Skriv vem som har antagit styrdokumentet och när."))
    if one.kind == PublicationKind.INSPIRATION:
        found += _faults_of_parts(one)
    elif not (one.html or one.files.exists()):
        found.append(_("Lägg till en PDF eller skriv texten, så att det finns något att läsa."))
    return found


def _faults_of_parts(one: Publication) -> list[str]:
    parts = list(one.parts.select_related("page"))
    if not parts:
        return [_("Välj minst ett exempel eller porträtt.")]
    return [
        _("”{title}” är inte publicerad. Ta bort den eller vänta tills den är det.").format(title=part.page.title)
        for part in parts if not part.page.is_out
    ]  # fmt: skip


def article_words(page: Page) -> Iterable[str]:
    """Return what is indexed of an article."""
    yield plain(page.article.html)
    yield page.owner.name if page.owner else ""


def article_faults(page: Page) -> list[str]:
    """Return what an article lacks."""
    return [] if any(blocks(page.article.html)) else [_("Artikeln har ingen text.")]


def needs_contact(page: Page) -> bool:
    """Whether somebody must be named: of what was read from a file, the site's own contact answers."""
    return not page.publication.source_path


register_kind(
    PageKind.PUBLICATION,
    Kind(
        body=publication_body, words=publication_words, faults=publication_faults, needs_contact=needs_contact,
    ),
)  # fmt: skip
register_kind(
    PageKind.ARTICLE,
    Kind(
        body=lambda page: {"kind": page.article.kind, "html": page.article.html}, words=article_words,
        faults=article_faults,
    ),
)  # fmt: skip
