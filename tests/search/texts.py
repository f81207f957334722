"""Texts for tests of search: published pages with little more than words."""

from datetime import UTC, datetime
from typing import Any

from samverka.kernel.search import store_vector
from samverka.knowledge.models import Page

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def published(title: str, body: str = "", **values: Any) -> Page:
    """Return a page that anybody may read, in the index."""
    defaults: dict[str, Any] = {"kind": "publication", "state": "published", "published_at": AT, "year": 2026}
    page = Page.objects.create(title=title, search_text=body, **(defaults | values))
    store_vector(page)
    return page
