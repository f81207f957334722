"""The inspiration report as a tagged PDF, made from its edition."""

import hashlib
from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.kernel.ratelimit import allow
from samverka.knowledge.enums import PageKind
from samverka.knowledge.queries import latest_edition, published_page
from samverka.web.client import client_address

from .inspiration import drawn_parts, report_paper
from .page_foot import cite

_KEPT = 24 * 3600
MOST_FILES, FILES_WITHIN = 30, timedelta(minutes=10)


@public
def publication_paper(request: HttpRequest, pid: str) -> HttpResponse:
    """The edition that is out, on paper: contents, foreword, every part, quotes and contacts."""
    page = published_page(pid, PageKind.PUBLICATION)
    edition = latest_edition(page)
    if not edition.document["body"]["parts"]:
        raise NotVisible
    allow(f"inspiration:{client_address(request)}", most=MOST_FILES, within=FILES_WITHIN)
    # A quote that has been taken back since is not on a paper that was kept.
    told = repr(drawn_parts(edition.document["body"]["parts"]))
    key = f"inspiration-pdf:1:{edition.pk}:{hashlib.sha256(told.encode()).hexdigest()}"
    paper: bytes | None = cache.get(key)
    if paper is None:
        paper = report_paper(page, edition, cite=cite(page, edition))
        cache.set(key, paper, _KEPT)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.slug or "skrift"}.pdf"'
    return response
