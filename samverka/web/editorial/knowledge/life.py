"""What becomes of a page, whatever its kind: read through, published, scheduled, returned, withdrawn, compared.

Forms that are refused lead back to the page with the reason as a message (samverka.web.middleware).
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible, Refused
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions import publications as actions
from samverka.knowledge.actions import publishing
from samverka.knowledge.comparing import changes
from samverka.knowledge.documents import document_of, faults_of
from samverka.knowledge.enums import PageKind, PageState
from samverka.knowledge.models import PageEdition
from samverka.knowledge.queries import editions_of, page_called, typed_of
from samverka.knowledge.rules import can_edit_knowledge
from samverka.web.context import address
from samverka.web.public.knowledge.articles import article_context
from samverka.web.public.knowledge.publications import publication_context

from .forms import ScheduleForm

#: kind -> the name of the page where its draft is changed.
EDIT = {
    PageKind.PUBLICATION: "editorial_publication",
    PageKind.ARTICLE: "editorial_article",
    PageKind.EXAMPLE: "editorial_example",
    PageKind.PORTRAIT: "editorial_example",
}
_PREVIEWS = {
    PageKind.PUBLICATION: (publication_context, "public/knowledge/publication.html"),
    PageKind.ARTICLE: (article_context, "public/knowledge/article.html"),
}


@requires(can_edit_knowledge)
def editorial_page(request: HttpRequest, pid: str) -> HttpResponse:
    """Where a page stands, what it lacks, and everything that can be done with it."""
    page = page_called(pid)
    context = {
        "page": page,
        "is_typing": typed_of(request.user, page.kind, page) is not None,
        "faults": faults_of(page),
        "editions": editions_of(page),
        "addresses": page.former_addresses.all(),
        "schedule": ScheduleForm(),
        "edit_url": address(EDIT[PageKind(page.kind)], pid),
        "has_preview": page.kind in _PREVIEWS,
        "may_return": page.state == PageState.SUBMITTED,
        "said": page.feedback.visible_to(request.user).said().count(),
        "helped": page.feedback.filter(helped=True).count(),
        "not_helped": page.feedback.filter(helped=False).count(),
    }
    return render(request, "editorial/knowledge/page.html", context)


@requires(can_edit_knowledge)
def editorial_page_preview(request: HttpRequest, pid: str) -> HttpResponse:
    """The draft as its readers will meet it."""
    page = page_called(pid)
    if page.kind not in _PREVIEWS:
        raise NotVisible
    context_of, template = _PREVIEWS[PageKind(page.kind)]
    edition = PageEdition(page=page, number=0, document=document_of(page))
    return render(request, template, context_of(page, edition, preview=True))


@requires(can_edit_knowledge)
@require_POST
@creates_once
def editorial_page_publish(request: HttpRequest, pid: str) -> HttpResponse:
    """Publish the draft as it stands."""
    try:
        publishing.publish_page(
            by=request.user, page_id=pid, version=_version(request), what_changed=request.POST.get("what_changed", "")
        )
    except Conflict as conflict:
        raise Refused(conflict.message) from conflict
    messages.success(request, _("Sidan är publicerad. Alla kan läsa den nu."))
    return redirect("editorial_page", pid)


def _version(request: HttpRequest) -> int | None:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() else None


@requires(can_edit_knowledge)
@require_POST
@creates_once
def editorial_page_schedule(request: HttpRequest, pid: str) -> HttpResponse:
    """Let it be published by itself on a day and at an hour; or take the time back."""
    if "undo" in request.POST:
        publishing.unschedule_page(by=request.user, page_id=pid)
        messages.success(request, _("Tiden är borttagen. Sidan publiceras inte av sig själv."))
        return redirect("editorial_page", pid)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Skriv både dag och klockslag."))
    publishing.schedule_page(by=request.user, page_id=pid, publish_at=form.moment())
    messages.success(request, _("Sidan publiceras av sig själv den tiden."))
    return redirect("editorial_page", pid)


@requires(can_edit_knowledge)
@require_POST
@creates_once
def editorial_page_act(request: HttpRequest, pid: str) -> HttpResponse:
    """Return it to its writer, withdraw it, or note that it has been read through: `do` says which."""
    reason = request.POST.get("reason", "")
    done: dict[str, tuple[Any, str]] = {
        "return": (
            lambda: publishing.return_page(by=request.user, page_id=pid, reason=reason),
            _("Den som skrev har fått ett mejl om vad som behöver ändras."),
        ),
        "withdraw": (
            lambda: publishing.withdraw_page(by=request.user, page_id=pid, reason=reason),
            _("Sidan är tillbakadragen. På dess adress står varför."),
        ),
        "review": (
            lambda: publishing.note_review(by=request.user, page_id=pid),
            _("Sidan är granskad i dag. Dagen står längst ner på den."),
        ),
    }
    if (chosen := done.get(request.POST.get("do", ""))) is None:
        raise Refused(_("Välj vad du vill göra med sidan."))
    chosen[0]()
    messages.success(request, chosen[1])
    return redirect("editorial_page", pid)


@requires(can_edit_knowledge)
@require_POST
@creates_once
def editorial_page_address(request: HttpRequest, pid: str) -> HttpResponse:
    """Let an old address lead here, or take one away."""
    if remove := request.POST.get("remove", ""):
        if not remove.isdigit():
            raise NotVisible
        actions.remove_address(by=request.user, page_id=pid, address_id=int(remove))
        messages.success(request, _("Adressen leder inte hit längre."))
    else:
        made = actions.add_address(by=request.user, page_id=pid, path=request.POST.get("path", ""))
        messages.success(request, _("{path} leder hit nu.").format(path=made.path))
    return redirect("editorial_page", pid)


@requires(can_edit_knowledge)
def editorial_page_changes(request: HttpRequest, pid: str, number: int) -> HttpResponse:
    """What is changed from an edition to the next one; number 0: from the latest to the draft."""
    page = page_called(pid)
    rows = page.editions.all()
    after = None if number == 0 else rows.filter(number=number).first()
    before = rows.first() if number == 0 else rows.filter(number=number - 1).first()
    if before is None or (number and after is None):
        raise NotVisible
    document = after.document if after else document_of(page)
    context = {"page": page, "before": before, "after": after, "changes": changes(before.document, document)}
    return render(request, "editorial/knowledge/changes.html", context)
