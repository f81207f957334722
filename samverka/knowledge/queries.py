"""Reads of pages, and of what was published of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models.fields.json import KT

from samverka.kernel.errors import NotVisible

from .models import Feedback, Page, PageDraft, PageEdition


def published_page(public_id: str, kind: str = "") -> Page:
    """Return a page that anyone may read, with title and summary as they are out: not to save. Raises NotVisible."""
    rows = Page.objects.published().filter(public_id=public_id, **({"kind": kind} if kind else {}))
    found: Page | None = rows.select_related("owner", "municipality", "county").first()
    if found is None:
        raise NotVisible
    return with_published_heads([found])[0]


def page_called(public_id: str, kind: str = "") -> Page:
    """Return a page in any state, for an editor. Raises NotVisible."""
    rows = Page.objects.filter(public_id=public_id, **({"kind": kind} if kind else {}))
    found: Page | None = rows.select_related("owner", "municipality", "county", "sent_in_by").first()
    if found is None:
        raise NotVisible
    return found


def latest_edition(page: Page) -> PageEdition:
    """Return what everybody reads of a page. Raises NotVisible."""
    found: PageEdition | None = page.editions.first()
    if found is None:
        raise NotVisible
    return found


def editions_of(page: Page) -> list[PageEdition]:
    """Return all editions of a page without their documents, newest first."""
    return list(page.editions.defer("document"))


def changed_after_feedback(page: Page) -> Any:
    """Return when the page was last changed after what a visitor said; None if never."""
    handled = page.feedback.filter(led_to_change=True).order_by("-handled_at")
    return handled.values_list("handled_at", flat=True).first()


def feedback_called(page: Page, public_id: str) -> Feedback:
    """Return what a visitor has begun to say of the page. Raises NotVisible."""
    found: Feedback | None = page.feedback.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def typed_of(user: Any, kind: str, page: Page | None) -> PageDraft | None:
    """Return what the person is typing in the form of a page, of a new one of the kind for None."""
    found: PageDraft | None = PageDraft.objects.filter(user=user, kind=kind, page=page).first()
    return found


def page_ever_out(public_id: str, kind: str) -> Page:
    """Return a page that is out, or was and is withdrawn, as `published_page`. Raises NotVisible."""
    rows = Page.objects.filter(public_id=public_id, kind=kind, published_at__isnull=False)
    found: Page | None = rows.select_related("owner", "municipality", "county").first()
    if found is None:
        raise NotVisible
    return with_published_heads([found])[0]


def with_published_heads(rows: Iterable[Page]) -> list[Page]:
    """Return the pages with title and summary as they are out, whatever their drafts say; for lists. One query."""
    pages = list(rows)
    latest = PageEdition.objects.filter(page__in=pages).order_by("page", "-number").distinct("page")
    heads = latest.values_list("page", KT("document__title"), KT("document__summary"))
    told = {pk: (title, summary) for pk, title, summary in heads}
    for page in pages:
        page.title, page.summary = told.get(page.pk, (page.title, page.summary))
    return pages
