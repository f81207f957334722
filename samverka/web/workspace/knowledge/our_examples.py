"""Our organisation's examples: begun from a collaboration, to approve, our portrait, questions to answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.collaborations.queries import Seat
from samverka.collaborations.rules import can_read
from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions import approving, drafting, questions
from samverka.knowledge.enums import Approval, PageKind, QuestionState
from samverka.knowledge.finding import MOST_FITTING, examples_fitting
from samverka.knowledge.models import Page, PageQuestion
from samverka.knowledge.rules import can_speak_for
from samverka.knowledge.writing import asked_of, feedback_to, made_from, pages_to_write, party_at, state_of
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_take_part
from samverka.web.components.refusals import refusals_on
from samverka.web.public.knowledge.example_by_link import answer_form, answer_page
from samverka.web.public.knowledge.example_page import ExampleView
from samverka.web.public.knowledge.forms_answers import ApprovalForm
from samverka.web.workspace.acting import acting_organisation
from samverka.web.workspace.seats import seat_at

FOLDER = "workspace/knowledge"
MOST = 50


@requires(can_read, load=seat_at)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def collaboration_example(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Make an example of a collaboration: what is taken along, and those that are begun; examples that fit it."""
    if request.method == "POST":
        made = drafting.start_from_collaboration(by=seat)
        messages.success(request, _("Exemplet är påbörjat med det som alla parter redan läser. Ändra och fyll i."))
        return redirect("told", made.public_id)
    context = {
        "acting": seat.acting,
        "seat": seat,
        "made": made_from(seat.collaboration)[:MOST] if seat.takes_part else [],
        "fitting": examples_fitting(seat.collaboration, most=MOST_FITTING),
    }
    return render(request, f"{FOLDER}/collaboration_example.html", context)


@requires(can_take_part, load=acting_organisation)
def our_examples(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Texts where we are a party, our own, and questions put to us."""
    body = acting.organisation
    asked = [(party, state_of(party, party.page)) for party in asked_of(acting)[:MOST]]
    speaks = can_speak_for(request.user, acting)
    own = pages_to_write(request.user).filter(owner=body).order_by("-changed_at")
    portrayed = Page.objects.filter(owner=body, kind=PageKind.PORTRAIT, withdrawn_at=None).exists()
    questions_to_us = PageQuestion.objects.filter(organisation=body) if speaks else PageQuestion.objects.none()
    context = {
        "acting": acting,
        "asked": asked,
        "own": own[:MOST],
        "questions": questions_to_us.select_related("page").order_by("state", "-created_at")[:MOST],
        "said": feedback_to(acting).waiting().count(),
        "may_portray": speaks and body.is_public_body and not portrayed,
    }
    return render(request, f"{FOLDER}/our_examples.html", context)


@requires(can_speak_for, load=acting_organisation)
@require_POST
@creates_once
def our_portrait_start(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Begin our portrait."""
    made = drafting.start_portrait(by=acting)
    return redirect("told_text", made.public_id)


@requires(can_take_part, load=acting_organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def our_example(request: HttpRequest, acting: Acting, page: str) -> HttpResponse:
    """Read a text where we are a party, and say yes or what to change."""
    party = party_at(acting, page)
    form = ApprovalForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            approves = form.cleaned_data["answer"] == "yes"
            approving.answer_for_party(by=acting, page_id=page, approves=approves, comment=form.cleaned_data["comment"])
            messages.success(request, _("Tack, ert svar är sparat."))
            return redirect("our_example", acting.organisation.public_id, page)
    found = party.page
    context = {
        "acting": acting, "page": found, "party": party, "state": state_of(party, found), "form": form,
        "view": ExampleView.of_draft(found), "answered": state_of(party, found) != Approval.WAITING,
    }  # fmt: skip
    return render(request, f"{FOLDER}/our_example.html", context, status=422 if form.is_bound else 200)


@requires(can_speak_for, load=acting_organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def our_question(request: HttpRequest, acting: Acting, question: str) -> HttpResponse:
    """Answer a question put to us."""
    rows = PageQuestion.objects.filter(organisation=acting.organisation, public_id=question)
    found: PageQuestion | None = rows.select_related("page", "organisation").first()
    if found is None:
        raise NotVisible
    here = (acting.organisation.public_id, question)
    if request.POST.get("do") == "close":
        questions.close_question(by=acting, question=found)
        return redirect("our_question", *here)
    form = answer_form(request, found)
    if form.is_valid():
        with refusals_on(form):
            questions.answer_question(
                by=acting, question=found, answer=form.cleaned_data["answer"], show=form.cleaned_data.get("show", False)
            )
            messages.success(request, _("Svaret är skickat."))
            return redirect("our_question", *here)
    if found.state == QuestionState.WAITING and found.page.withdrawn_at:
        messages.info(request, _("Sidan som frågan gäller är tillbakadragen."))
    return answer_page(request, found, form)
