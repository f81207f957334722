"""Examples and portraits for everybody: the list, its files, the page, its pictures, saving it for oneself."""

import tempfile
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel.access import public, signed_in
from samverka.kernel.errors import NotVisible
from samverka.kernel.files import open_stored
from samverka.kernel.ratelimit import allow
from samverka.knowledge.actions.questions import asked_at
from samverka.knowledge.actions.saving import drop_page, save_page
from samverka.knowledge.enums import PageKind
from samverka.knowledge.example_exports import FORMATS, export_pages
from samverka.knowledge.finding import PAGE_SIZE, Filters, facet_counts, listed, similar_to
from samverka.knowledge.models import Bookmark, Page, Picture
from samverka.knowledge.queries import latest_edition, published_page
from samverka.knowledge.rules import can_edit_knowledge
from samverka.knowledge.writing import is_asked_about, pages_to_write
from samverka.web.client import client_address

from .addresses import page_path
from .example_list import ExampleList
from .example_page import ExampleView
from .page_foot import page_foot

MOST_FILES, FILES_WITHIN = 20, timedelta(minutes=10)
KEPT = 3600
MOST_QUESTIONS = 50


@public
def examples(request: HttpRequest) -> HttpResponse:
    """The list of examples: search, filters, counts; htmx gets only what changes."""
    return _list(request, PageKind.EXAMPLE)


@public
def portraits(request: HttpRequest) -> HttpResponse:
    """The list of portraits, in the same way."""
    return _list(request, PageKind.PORTRAIT)


def _list(request: HttpRequest, kind: PageKind) -> HttpResponse:
    filters = Filters.from_query(request.GET)
    page = Paginator(listed(kind, filters), PAGE_SIZE).get_page(filters.page)
    listing = ExampleList(kind, filters, page, facet_counts(kind, filters))
    htmx = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    template = "public/knowledge/examples_list.html" if htmx else "public/knowledge/examples.html"
    response = render(request, template, {"listing": listing, "filters": filters})
    patch_vary_headers(response, ["HX-Request"])
    return response


@public
def examples_export(request: HttpRequest, format: str) -> FileResponse:
    """The whole selection of examples as a file; how often is limited by address."""
    return _export(request, PageKind.EXAMPLE, format)


@public
def portraits_export(request: HttpRequest, format: str) -> FileResponse:
    """The whole selection of portraits as a file."""
    return _export(request, PageKind.PORTRAIT, format)


def _export(request: HttpRequest, kind: PageKind, format: str) -> FileResponse:
    if format not in FORMATS:
        raise Http404
    allow(f"export:{client_address(request)}", most=MOST_FILES, within=FILES_WITHIN)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    export_pages(kind, Filters.from_query(request.GET), format=format, file=file)
    file.seek(0)
    name = {PageKind.EXAMPLE: "exempel", PageKind.PORTRAIT: "portratt"}[kind]
    return FileResponse(file, as_attachment=True, filename=f"{name}.{format}", content_type=FORMATS[format])


@public
def example(request: HttpRequest, pid: str, name: str = "") -> HttpResponse:
    """One example: what was done, what it cost, what went wrong and whom to ring, first (users.md G9)."""
    return _page(request, PageKind.EXAMPLE, pid, name)


@public
def portrait(request: HttpRequest, pid: str, name: str = "") -> HttpResponse:
    """One municipality or region that tells how it is set up."""
    return _page(request, PageKind.PORTRAIT, pid, name)


def _page(request: HttpRequest, kind: PageKind, pid: str, name: str) -> HttpResponse:
    page = _visible(pid, kind)
    if page.withdrawn_at:
        return render(request, "public/knowledge/example_withdrawn.html", {"page": page}, status=410)
    if page.slug != name:
        return HttpResponsePermanentRedirect(page_path(page))
    edition = latest_edition(page)
    user = request.user
    saved = user.is_authenticated and Bookmark.objects.filter(user=user, page=page).exists()
    context: dict[str, Any] = {
        "page": page,
        "view": ExampleView.of(page, edition.document),
        "foot": page_foot(page, edition),
        "asked": asked_at(page),
        "questions": _answered(page),
        "similar": similar_to(page),
        "saved": saved,
    }
    return render(request, "public/knowledge/example.html", context)


def _answered(page: Page) -> Any:
    shown = page.questions.filter(shown_at__isnull=False).select_related("organisation")
    return shown.order_by("-shown_at")[:MOST_QUESTIONS]


def _visible(pid: str, kind: PageKind) -> Page:
    """Return a page that has been published, also one that is withdrawn: its address says why. Raises NotVisible."""
    rows = Page.objects.filter(public_id=pid, kind=kind, published_at__isnull=False)
    found: Page | None = rows.select_related("owner", "municipality", "county", kind).first()
    if found is None:
        raise NotVisible
    return found


@public
def picture(request: HttpRequest, picture: str) -> FileResponse:
    """A picture of a published page, drawn anew when it came; those of a draft are read by who tells, and editors."""
    rows = Picture.objects.filter(public_id=picture).select_related("file", "page__example", "page__portrait")
    found: Picture | None = rows.first()
    if found is None or not may_see(request.user, found.page, found):
        raise NotVisible
    response = FileResponse(open_stored(found.file), content_type=found.file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = f"private, max-age={KEPT}"
    return response


def may_see(user: Any, page: Page, found: Picture) -> bool:
    """Whether the picture is published, or the person tells the page, is asked about it, or is to review it."""
    edition = page.editions.first() if page.published_at and not page.withdrawn_at else None
    if edition and found.public_id in {one["id"] for one in edition.document["body"].get("pictures", [])}:
        return True
    reviewed = can_edit_knowledge(user) and page.state != "draft"
    return reviewed or is_asked_about(user, page) or pages_to_write(user).filter(pk=page.pk).exists()


@signed_in
@require_POST
def page_save(request: HttpRequest, pid: str) -> HttpResponse:
    """Put the page aside for oneself, or take it out again; `do` says which."""
    page = published_page(pid)
    if request.POST.get("do") == "drop":
        drop_page(by=request.user, page_id=pid)
        messages.success(request, _("Sidan är borttagen ur det du har sparat."))
    else:
        save_page(by=request.user, page=page)
        messages.success(request, _("Sidan är sparad under Sparat i ditt konto. Bara du ser det."))
    return redirect(page_path(page))
