"""Addresses that pages had before, here or on a site that was here before: they lead on (301)."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from samverka.knowledge.models import FormerAddress
from samverka.knowledge.queries import with_published_heads

from .addresses import page_path


def moved(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the page that had the address before; None where there is none."""
    if request.method not in {"GET", "HEAD"}:
        return None
    # No address that is kept has a NUL in it, and the database takes none.
    paths = {path for path in (request.path, request.get_full_path()) if "\0" not in path}
    rows = FormerAddress.objects.filter(path__in=paths, page__published_at__isnull=False).select_related("page")
    found = max(rows, key=lambda row: len(row.path), default=None)
    return HttpResponsePermanentRedirect(page_path(with_published_heads([found.page])[0])) if found else None
