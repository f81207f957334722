"""Publications and articles as editors write them: the lists, starting one, changing it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict
from samverka.kernel.files import MOST_BYTES
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions import articles, publications
from samverka.knowledge.enums import PageKind, PageState
from samverka.knowledge.models import Page
from samverka.knowledge.queries import page_called
from samverka.knowledge.rules import can_edit_knowledge
from samverka.web.components.refusals import refusals_on
from samverka.web.components.uploads import takes_files

from .forms import ArticleForm, FileForm, PublicationForm

PAGE_SIZE = 50


def _list(request: HttpRequest, kind: str, template: str) -> HttpResponse:
    rows = Page.objects.visible_to(request.user).filter(kind=kind) | Page.objects.filter(kind=kind, state="draft")
    state = request.GET.get("lage", "")
    if state in PageState.values:
        rows = rows.filter(state=state)
    rows = rows.select_related("owner", "publication", "article").order_by("-changed_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, template, {"page": page, "state": state, "states": PageState.choices})


@requires(can_edit_knowledge)
def editorial_publications(request: HttpRequest) -> HttpResponse:
    """All publications, what was changed last first."""
    return _list(request, PageKind.PUBLICATION, "editorial/knowledge/publications.html")


@requires(can_edit_knowledge)
def editorial_articles(request: HttpRequest) -> HttpResponse:
    """All articles and news, what was changed last first."""
    return _list(request, PageKind.ARTICLE, "editorial/knowledge/articles.html")


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_publication_start(request: HttpRequest) -> HttpResponse:
    """Begin a publication."""
    form = PublicationForm(request.POST or None)
    return _started(request, form, publications.start_publication, "editorial/knowledge/publication_edit.html")


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_article_start(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    form = ArticleForm(request.POST or None)
    return _started(request, form, articles.start_article, "editorial/knowledge/article_edit.html")


def _started(request: HttpRequest, form: Any, start: Callable[..., Page], template: str) -> HttpResponse:
    if form.is_valid():
        with refusals_on(form):
            made = start(by=request.user, values=form.values())
            messages.success(request, _("Utkastet är sparat. Ingen annan än redaktörerna ser det än."))
            return redirect("editorial_page", made.public_id)
    return render(request, template, {"form": form, "page": None}, status=422 if form.is_bound else 200)


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_publication(request: HttpRequest, pid: str) -> HttpResponse:
    """Change a publication's draft."""
    page = page_called(pid, PageKind.PUBLICATION)
    form = PublicationForm(request.POST or None, instance=page)
    return _changed(request, page, form, publications.change_publication, "editorial/knowledge/publication_edit.html")


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_article(request: HttpRequest, pid: str) -> HttpResponse:
    """Change an article's draft."""
    page = page_called(pid, PageKind.ARTICLE)
    form = ArticleForm(request.POST or None, instance=page)
    return _changed(request, page, form, articles.change_article, "editorial/knowledge/article_edit.html")


def _changed(request: HttpRequest, page: Page, form: Any, change: Callable[..., Page], template: str) -> HttpResponse:
    status = 200
    if form.is_valid():
        try:
            with refusals_on(form):
                change(
                    by=request.user, page_id=page.public_id, version=form.cleaned_data["version"], values=form.values()
                )
                messages.success(request, _("Utkastet är sparat. Det syns för alla när du publicerar."))
                return redirect("editorial_page", page.public_id)
        except Conflict as conflict:
            # What was typed stays; sent again it is saved over what the other wrote, who is named on the page.
            form.data = form.data.copy()
            form.data["version"] = str(conflict.details["version"])
            form.add_error(
                None, _("Någon annan har ändrat utkastet medan du skrev. Läs det i en ny flik, och spara igen.")
            )
            status = 409
    context = {"form": form, "page": page_called(page.public_id)}
    return render(request, template, context, status=status if status == 409 else 422 if form.is_bound else 200)


@requires(can_edit_knowledge)
@takes_files(MOST_BYTES, rule=can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_publication_file(request: HttpRequest, pid: str) -> HttpResponse:
    """Add a version of the PDF; those there are."""
    page = page_called(pid, PageKind.PUBLICATION)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals_on(form):
            publications.add_file(
                by=request.user, page_id=pid, upload=form.cleaned_data["file"], note=form.cleaned_data["note"]
            )
            messages.success(request, _("Filen är sparad. Texten läses i bakgrunden, det tar högst någon minut."))
            return redirect("editorial_publication_file", pid)
    files = page.publication.files.select_related("file", "created_by")
    context = {"form": form, "page": page, "files": files}
    status = 422 if form.is_bound else 200
    return render(request, "editorial/knowledge/file.html", context, status=status)
