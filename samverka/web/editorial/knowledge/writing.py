"""Publications and articles as editors write them: the lists, starting one, changing it."""

from collections.abc import Callable
from dataclasses import dataclass

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
from samverka.knowledge.actions.typed import drop_typed
from samverka.knowledge.enums import PageKind, PageState
from samverka.knowledge.models import Page
from samverka.knowledge.queries import page_called, typed_of
from samverka.knowledge.rules import can_edit_knowledge
from samverka.web.components.autosave import bring_back, draft_revision
from samverka.web.components.form_sections import shown_sections
from samverka.web.components.refusals import refusals_on
from samverka.web.components.uploads import takes_files
from samverka.web.workspace.conflicts import Differing, differing_in, sent_again

from .form_plan import PLANS
from .forms import ArticleForm, FileForm, HeadForm, PublicationForm
from .typed import autosave

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


@dataclass(frozen=True)
class _Kind:
    """A kind of page that editors write: its form, what begins and changes one, its template."""

    form: type[HeadForm]
    start: Callable[..., Page]
    change: Callable[..., Page]
    template: str


_KINDS: dict[str, _Kind] = {
    PageKind.PUBLICATION: _Kind(
        PublicationForm, publications.start_publication, publications.change_publication,
        "editorial/knowledge/publication_edit.html",
    ),
    PageKind.ARTICLE: _Kind(
        ArticleForm, articles.start_article, articles.change_article, "editorial/knowledge/article_edit.html"
    ),
}  # fmt: skip


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_publication_start(request: HttpRequest) -> HttpResponse:
    """Begin a publication."""
    return _started(request, PageKind.PUBLICATION)


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_article_start(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    return _started(request, PageKind.ARTICLE)


def _started(request: HttpRequest, kind: str) -> HttpResponse:
    form = _KINDS[kind].form(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            made = _KINDS[kind].start(by=request.user, values=form.values())
            drop_typed(by=request.user, kind=kind, revision=draft_revision(request))
            messages.success(request, _("Utkastet är sparat. Ingen annan än redaktörerna ser det än."))
            return redirect("editorial_page", made.public_id)
    return _form_page(request, kind, form, None, conflict=[])


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_publication(request: HttpRequest, pid: str) -> HttpResponse:
    """Change a publication's draft."""
    return _changed(request, PageKind.PUBLICATION, pid)


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_article(request: HttpRequest, pid: str) -> HttpResponse:
    """Change an article's draft."""
    return _changed(request, PageKind.ARTICLE, pid)


def _changed(request: HttpRequest, kind: str, pid: str) -> HttpResponse:
    make = _KINDS[kind].form
    form = make(request.POST or None, instance=page_called(pid, kind))
    conflict: list[Differing] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                return _saved(request, kind, pid, form)
        except Conflict as newer:
            # What was typed stays, beside what the other wrote; sent again it is saved.
            conflict = differing_in(form, make(instance=page_called(pid, kind)))
            form = make(sent_again(request, newer), instance=page_called(pid, kind))
            if not conflict and form.is_valid():
                return _saved(request, kind, pid, form)
    return _form_page(request, kind, form, page_called(pid, kind), conflict=conflict)


def _saved(request: HttpRequest, kind: str, pid: str, form: HeadForm) -> HttpResponse:
    version = form.cleaned_data["version"]
    _KINDS[kind].change(by=request.user, page_id=pid, version=version, values=form.values())
    drop_typed(by=request.user, kind=kind, page_id=pid, revision=draft_revision(request))
    messages.success(request, _("Utkastet är sparat. Det syns för alla när du publicerar."))
    return redirect("editorial_page", pid)


def _form_page(
    request: HttpRequest, kind: str, form: HeadForm, page: Page | None, *, conflict: list[Differing]
) -> HttpResponse:
    draft = typed_of(request.user, kind, page)
    bring_back(form, draft)
    context = {
        "form": form,
        "page": page,
        "file": page.publication.files.first() if page and kind == PageKind.PUBLICATION else None,
        "sections": shown_sections(form, PLANS[kind]),
        "conflict": conflict,
        "autosave": autosave(request, kind, page, draft, told=bool(conflict)),
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, _KINDS[kind].template, context, status=status)


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
