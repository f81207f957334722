"""The editor's desk for examples and portraits: what waits, reading it, asking for changes, publishing, withdrawing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions import lasting, publishing, questions
from samverka.knowledge.documents import faults_of
from samverka.knowledge.enums import Consent, Holds, PageState
from samverka.knowledge.models import Page, PageQuestion
from samverka.knowledge.rules import can_edit_knowledge
from samverka.knowledge.writing import TOLD, parties_of, state_of, voices_of
from samverka.web.components.refusals import refusals_on
from samverka.web.public.knowledge.example_page import ExampleView

from .forms_examples import PublishForm, ReturnForm, WithdrawForm

PAGE_SIZE = 50
#: what one may look at, by its name in the address, with how it is called
TABS = {
    "vantar": gettext_lazy("Väntar på dig"),
    "publicerat": gettext_lazy("Publicerat"),
    "tillbaka": gettext_lazy("Tillbaka hos den som skriver"),
    "dragna": gettext_lazy("Tillbakadraget"),
}


def _seen() -> Any:
    """Return what an editor sees: never a draft that has not been sent in."""
    return Page.objects.filter(kind__in=TOLD).exclude(state=PageState.DRAFT)


def _in(tab: str) -> Any:
    states = {
        "vantar": Q(state__in=[PageState.SUBMITTED, PageState.SCHEDULED]),
        "publicerat": Q(published_at__isnull=False, withdrawn_at=None),
        "tillbaka": Q(state=PageState.RETURNED),
        "dragna": Q(state=PageState.WITHDRAWN),
    }
    return _seen().filter(states[tab])


@requires(can_edit_knowledge)
def editorial_examples(request: HttpRequest) -> HttpResponse:
    """What waits first; what contacts have said; questions that show."""
    tab = request.GET.get("visa", "")
    tab = tab if tab in TABS else "vantar"
    rows = _in(tab).select_related("owner", "sent_in_by").order_by("changed_at" if tab == "vantar" else "-changed_at")
    said = Q(example__holds__in=[Holds.CHANGED, Holds.NO]) | Q(portrait__holds__in=[Holds.CHANGED, Holds.NO])
    told = ~Q(example__holds_comment="", example__isnull=False) & ~Q(portrait__holds_comment="", portrait__isnull=False)
    context = {
        "tabs": [(key, label, key == tab) for key, label in TABS.items()],
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida")),
        "tab": tab,
        "holds": _in("publicerat").filter(said, told).select_related("example", "portrait")[:PAGE_SIZE],
        "questions": PageQuestion.objects.filter(shown_at__isnull=False).select_related("page", "organisation")[:10],
    }
    return render(request, "editorial/knowledge/examples.html", context)


def _page(page: str) -> Page:
    around = ("owner", "sent_in_by", "municipality", "county", "example__collaboration", "portrait")
    found: Page | None = _seen().filter(public_id=page).select_related(*around).first()
    if found is None:
        raise NotVisible
    return found


@requires(can_edit_knowledge)
def editorial_example(request: HttpRequest, page: str) -> HttpResponse:
    """Read it as it would be published, with who has said yes, and choose."""
    found = _page(page)
    quotes, _pictures = voices_of(found)
    parties = [(party, state_of(party, found)) for party in parties_of(found)]
    context = {
        "page": found,
        "view": ExampleView.of_draft(found),
        "parties": parties,
        "silent": [
            party for party, state in parties if party.organisation_id and not party.wrote and state != "approved"
        ],
        "quotes": [quote for quote in quotes if quote.state != Consent.GIVEN],
        "faults": faults_of(found),
        "may_publish": found.state
        in {PageState.SUBMITTED, PageState.RETURNED, PageState.WITHDRAWN, PageState.PUBLISHED},
        "may_return": found.state == PageState.SUBMITTED,
        "may_withdraw": found.published_at and not found.withdrawn_at,
        "is_public": found.published_at and not found.withdrawn_at,
    }
    return render(request, "editorial/knowledge/example.html", context)


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_example_return(request: HttpRequest, page: str) -> HttpResponse:
    """Ask for changes, with a reason that the writer gets by mail."""
    found = _page(page)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            publishing.return_page(by=request.user, page_id=page, reason=form.cleaned_data["reason"])
            messages.success(request, _("Den som skickade in texten har fått veta vad som behöver ändras."))
            return redirect("editorial_examples")
    return _form_page(request, found, form, "return")


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_example_publish(request: HttpRequest, page: str) -> HttpResponse:
    """Publish the text as it was read: a change meanwhile stops it."""
    found = _page(page)
    form = PublishForm(request.POST or None, again=found.published_at is not None, initial={"version": found.version})
    if form.is_valid():
        with refusals_on(form):
            publishing.publish_page(
                by=request.user, page_id=page, version=form.cleaned_data["version"],
                what_changed=form.cleaned_data.get("what_changed", ""),
            )  # fmt: skip
            messages.success(request, _("Texten är publicerad."))
            return redirect("editorial_example", page)
    return _form_page(request, found, form, "publish")


@requires(can_edit_knowledge)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_example_withdraw(request: HttpRequest, page: str) -> HttpResponse:
    """Withdraw what is published, with a reason that stands at its address."""
    found = _page(page)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            publishing.withdraw_page(by=request.user, page_id=page, reason=form.cleaned_data["reason"])
            messages.success(request, _("Sidan är tillbakadragen. Adressen säger varför."))
            return redirect("editorial_examples")
    return _form_page(request, found, form, "withdraw")


def _form_page(request: HttpRequest, page: Page, form: Any, what: str) -> HttpResponse:
    context = {"page": page, "form": form, "faults": faults_of(page) if what == "publish" else []}
    status = 422 if form.is_bound else 200
    return render(request, f"editorial/knowledge/example_{what}.html", context, status=status)


@requires(can_edit_knowledge)
@require_POST
def editorial_example_handled(request: HttpRequest, page: str) -> HttpResponse:
    """Note that what the contact said has been seen to."""
    lasting.note_handled(by=request.user, page=_page(page))
    messages.success(request, _("Klart, det ligger inte längre kvar i listan."))
    return redirect("editorial_examples")


@requires(can_edit_knowledge)
@require_POST
def editorial_question_hide(request: HttpRequest, question: str) -> HttpResponse:
    """Take a question and its answer off the page."""
    questions.hide_question(by=request.user, question_id=question)
    messages.success(request, _("Frågan och svaret visas inte längre på sidan."))
    return redirect("editorial_examples")
