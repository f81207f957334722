"""Articles and news for everybody."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from samverka.kernel.access import public
from samverka.knowledge.enums import ArticleKind, PageKind
from samverka.knowledge.models import Page, PageEdition
from samverka.knowledge.queries import latest_edition, page_ever_out
from samverka.web.components.rich_text import formed
from samverka.web.components.words import language

from .addresses import page_path
from .feeds import feeds_of
from .page_foot import page_foot

PAGE_SIZE = 20


@public
def articles(request: HttpRequest) -> HttpResponse:
    """All articles and news, newest first; `slag` chooses one of them."""
    kind = request.GET.get("slag", "")
    rows = Page.objects.published().filter(kind=PageKind.ARTICLE).select_related("article", "owner")
    if kind in ArticleKind.values:
        rows = rows.filter(article__kind=kind)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, "public/knowledge/articles.html", {"page": page, "kind": kind, "kinds": ArticleKind.choices})


@public
def article(request: HttpRequest, pid: str, name: str = "") -> HttpResponse:
    """An article. A wrong or old name in the address leads to the right one; a withdrawn one says so (410)."""
    page = page_ever_out(pid, PageKind.ARTICLE)
    if page.slug != name:
        return HttpResponsePermanentRedirect(page_path(page))
    if page.withdrawn_at:
        return render(request, "public/knowledge/withdrawn.html", {"page": page}, status=410)
    return render(request, "public/knowledge/article.html", article_context(page, latest_edition(page)))


def article_context(page: Page, edition: PageEdition, *, preview: bool = False) -> dict[str, Any]:
    """Return what the page of an article shows of an edition; `preview`: of one that is not made yet."""
    body = edition.document["body"]
    return {
        "page": page,
        "document": edition.document,
        "html": formed(body["html"]),
        "kind_label": ArticleKind(body["kind"]).label,
        "feeds": feeds_of(edition.document),
        "foot": None if preview else page_foot(page, edition),
        "preview": preview,
        "is_other_language": edition.document["language"] != language(),
    }
