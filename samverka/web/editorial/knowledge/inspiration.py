"""Which examples and portraits an inspiration report takes up: chosen, put in order, looked at on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.idempotency import creates_once
from samverka.kernel.search import ts_query
from samverka.knowledge.actions import inspiration
from samverka.knowledge.documents import document_of
from samverka.knowledge.enums import PageKind, PublicationKind
from samverka.knowledge.models import Page, PageEdition
from samverka.knowledge.queries import page_called
from samverka.knowledge.rules import can_edit_knowledge
from samverka.web.public.knowledge.inspiration import report_paper

MOST_OFFERED = 50


def _report(pid: str) -> Page:
    page = page_called(pid, PageKind.PUBLICATION)
    if page.publication.kind != PublicationKind.INSPIRATION:
        raise NotVisible
    return page


@requires(can_edit_knowledge)
def editorial_parts(request: HttpRequest, pid: str) -> HttpResponse:
    """What is in the report, in its order, and what could be."""
    page, q = _report(pid), request.GET.get("q", "").strip()[:200]
    chosen = list(page.publication.parts.select_related("page__municipality", "page__owner"))
    rows = Page.objects.published().filter(kind__in=inspiration.MAY_BE_PARTS)
    rows = rows.exclude(pk__in=[part.page_id for part in chosen]).select_related("municipality", "owner")
    if q:
        asked = ts_query(q)
        rows = rows.extra(where=["search_vector @@ %s::tsquery"], params=[asked]) if asked else rows.none()
    offered = rows[: MOST_OFFERED + 1]
    context = {
        "page": page,
        "parts": chosen,
        "q": q,
        "offered": offered[:MOST_OFFERED],
        "more": len(offered) > MOST_OFFERED,
    }
    return render(request, "editorial/knowledge/parts.html", context)


@requires(can_edit_knowledge)
@require_POST
@creates_once
def editorial_parts_act(request: HttpRequest, pid: str) -> HttpResponse:
    """Add a part, move it up or down, or take it out: `do` says what, and of which."""
    what, _sign, part = request.POST.get("do", "").partition(":")
    here = reverse("editorial_parts", args=[pid])
    if what == "add":
        made = inspiration.add_part(by=request.user, page_id=pid, part_id=part)
        messages.success(request, _("”{title}” är med.").format(title=made.page.title))
        return redirect(here)
    if what in {"up", "down"}:
        inspiration.move_part(by=request.user, page_id=pid, part_id=part, steps=-1 if what == "up" else 1)
        return redirect(f"{here}#del_{part}")
    if what == "remove":
        inspiration.remove_part(by=request.user, page_id=pid, part_id=part)
        messages.success(request, _("Den är inte med längre."))
        return redirect(here)
    raise Refused(_("Välj vad du vill göra med delen."))


@requires(can_edit_knowledge)
def editorial_parts_paper(request: HttpRequest, pid: str) -> HttpResponse:
    """The draft as PDF, marked as one."""
    page = _report(pid)
    paper = report_paper(page, PageEdition(page=page, number=0, document=document_of(page)), cite="")
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="utkast.pdf"'
    return response
