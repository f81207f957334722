"""Keeping what an editor is typing in the form of a publication or an article: asked by js/draft.js."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.knowledge.actions.typed import drop_typed, keep_typed
from samverka.knowledge.enums import PageKind
from samverka.knowledge.models import Page, PageDraft
from samverka.knowledge.queries import page_called
from samverka.knowledge.rules import can_edit_knowledge
from samverka.web.components.autosave import Autosave, draft_answer, draft_revision

#: the pages of the forms, for a page that is there and for a new one
EDIT = {PageKind.PUBLICATION: "editorial_publication", PageKind.ARTICLE: "editorial_article"}
START = {PageKind.PUBLICATION: "editorial_publication_start", PageKind.ARTICLE: "editorial_article_start"}
#: what a kind is called in the address of a new page's draft
NAMES = {"publikation": PageKind.PUBLICATION, "artikel": PageKind.ARTICLE}


def autosave(request: HttpRequest, kind: str, page: Page | None, draft: PageDraft | None, *, told: bool) -> Autosave:
    """Return where a form keeps its draft. `told`: the page says anyhow that somebody else has saved."""
    user: Any = request.user
    if page is None:
        name = next(name for name, found in NAMES.items() if found == kind)
        url = reverse("editorial_new_page_draft", args=[name])
        return Autosave.of(draft, key=f"k:{kind}", url=url, owner=user.public_id)
    url = reverse("editorial_page_draft", args=[page.public_id])
    version = None if told else page.saves
    return Autosave.of(draft, key=f"k:{page.public_id}", url=url, owner=user.public_id, version=version)


@requires(can_edit_knowledge)
@require_POST
def editorial_page_draft(request: HttpRequest, pid: str) -> HttpResponse:
    """Keep what is typed."""
    page = _written_here(pid)
    return draft_answer(request, partial(keep_typed, by=request.user, kind=page.kind, page_id=pid))


@requires(can_edit_knowledge)
@require_POST
def editorial_page_drop(request: HttpRequest, pid: str) -> HttpResponse:
    """Throw away what was typed and show the form as it is saved."""
    page = _written_here(pid)
    drop_typed(by=request.user, kind=page.kind, page_id=pid, revision=draft_revision(request))
    return redirect(EDIT[PageKind(page.kind)], pid)


@requires(can_edit_knowledge)
@require_POST
def editorial_new_page_draft(request: HttpRequest, name: str) -> HttpResponse:
    """Keep what is typed in the form of a page that is not begun."""
    return draft_answer(request, partial(keep_typed, by=request.user, kind=_kind(name)))


@requires(can_edit_knowledge)
@require_POST
def editorial_new_page_drop(request: HttpRequest, name: str) -> HttpResponse:
    """Throw that away."""
    drop_typed(by=request.user, kind=_kind(name), revision=draft_revision(request))
    return redirect(START[_kind(name)])


def _written_here(pid: str) -> Page:
    page = page_called(pid)
    if page.kind not in EDIT:
        raise NotVisible
    return page


def _kind(name: str) -> PageKind:
    if name not in NAMES:
        raise NotVisible
    return NAMES[name]
