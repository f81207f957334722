"""What visitors say is wrong, and who asks to act for an organisation: answered here when nobody else can."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.accounts.rules import can_edit_register
from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.organisations.actions import claims
from samverka.organisations.actions.corrections import answer_correction
from samverka.organisations.models import Claim, Correction
from samverka.organisations.queries import claims_to_answer, corrections_waiting
from samverka.web.components.refusals import refusals_on
from samverka.web.workspace.forms_organisation import AnswerForm

PAGE_SIZE = 20


@requires(can_edit_register)
def editorial_corrections(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first."""
    waiting = corrections_waiting(request.user).select_related("organisation").order_by("id")
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, "editorial/corrections.html", {"page": page, "count": page.paginator.count})


@requires(can_edit_register)
def editorial_correction(request: HttpRequest, correction: str) -> HttpResponse:
    """Answer one and close it."""
    found: Correction | None = corrections_waiting(request.user).filter(public_id=correction).first()
    if found is None:
        raise NotVisible
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            answer_correction(by=request.user, correction=found, answer=form.cleaned_data["answer"])
            messages.success(request, _("Svaret är sparat."))
            return redirect("editorial_corrections")
    context = {"form": form, "correction": found, "organisation": found.organisation}
    return render(request, "editorial/correction.html", context, status=422 if form.is_bound else 200)


@requires(can_edit_register)
def editorial_claims(request: HttpRequest) -> HttpResponse:
    """Who asks to act for an organisation."""
    page = Paginator(claims_to_answer(request.user), PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, "editorial/claims.html", {"page": page, "claims": page.object_list})


@requires(can_edit_register)
@require_POST
def editorial_claim_answer(request: HttpRequest, claim: str) -> HttpResponse:
    """Confirm or refuse."""
    found: Claim | None = claims_to_answer(request.user).filter(public_id=claim).first()
    if found is None:
        raise NotVisible
    granted = request.POST.get("answer") == "yes"
    claims.answer_claim(by=request.user, claim=found, granted=granted, reason=request.POST.get("reason", "")[:300])
    said = _("{person} får nu handla för {name}.") if granted else _("{person} har fått nej för {name}.")
    messages.success(request, said.format(person=found.user, name=found.organisation.name))
    return redirect("editorial_claims")
