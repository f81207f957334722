"""Addresses that pages had before, here or on a site that was here before: they lead on (301)."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from samverka.knowledge.models import FormerAddress

from .addresses import page_path


def moved(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the page that had the address before; None where there is none."""
    if request.method not in {"GET", "HEAD"}:
        return None
    paths = {request.path, request.get_full_path()}
    rows = FormerAddress.objects.filter(path__in=paths, page__published_at__isnull=False).select_related("page")
    found = max(rows, key=lambda row: len(row.path), default=None)
    return HttpResponsePermanentRedirect(page_path(found.page)) if found else None
