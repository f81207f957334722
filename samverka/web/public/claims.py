"""Who is the first to act for an organisation (users.md R11): by a code to a registered address, or confirmed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel.access import signed_in
from samverka.kernel.errors import NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.organisations.actions import claims
from samverka.organisations.enums import ClaimState
from samverka.organisations.models import Claim, Organisation
from samverka.organisations.shown import claim_sent_to, shown
from samverka.web.components.refusals import refusals_on
from samverka.web.errand import end_errand, errand, keep_errand
from samverka.web.found import visible_organisation

from .forms_register import ClaimCodeForm, ClaimForm

OPEN = (ClaimState.CODE_SENT, ClaimState.ASKED)


@signed_in
@creates_once
def organisation_claim(request: HttpRequest, pid: str) -> HttpResponse:
    """Ask to act for an organisation, or see how an open request stands."""
    organisation = visible_organisation(request.user, pid)
    facts = shown(organisation, to=request.user)
    if facts.member:
        return redirect("our_organisation", org=pid)
    claim = _open_claim(request, organisation)
    if claim:
        return _state_page(request, claim, ClaimCodeForm())
    form = ClaimForm(request.POST or None, units=facts.units, whole=facts.name)
    if form.is_valid():
        unit = organisation.units.filter(public_id=form.cleaned_data.get("unit", "")).first()
        with refusals_on(form):
            claims.start_claim(
                by=request.user,
                organisation=organisation,
                unit=unit,
                person_role=form.cleaned_data["person_role"],
                message=form.cleaned_data["message"],
            )
            keep_errand(request, errand(request))
            return redirect("organisation_claim", pid=pid)
    context = {"form": form, "organisation": facts, "onward": errand(request)}
    return render(request, "public/claim.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def organisation_claim_code(request: HttpRequest, pid: str) -> HttpResponse:
    """Answer with the code from the mail."""
    claim = _claim_or_404(request, pid)
    form = ClaimCodeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            claims.confirm_claim(by=request.user, claim=claim, code=form.cleaned_data["code"])
            messages.success(request, _("Välkommen! Du kan nu handla för {name}.").format(name=claim.organisation.name))
            return redirect(end_errand(request) or reverse("our_organisation", args=[pid]))
    return _state_page(request, claim, form, status=422)


@signed_in
@require_POST
def organisation_claim_ask(request: HttpRequest, pid: str) -> HttpResponse:
    """The code cannot be had: someone who can confirm answers instead."""
    claim = _claim_or_404(request, pid)
    keep_errand(request, errand(request))
    claims.ask_instead(by=request.user, claim=claim, message=request.POST.get("message", "")[:500])
    messages.success(request, _("Din begäran är skickad. Du får ett mejl när någon har svarat."))
    return redirect("organisation_claim", pid=pid)


def _open_claim(request: HttpRequest, organisation: Organisation) -> Claim | None:
    mine: Any = Claim.objects.filter(organisation=organisation, state__in=OPEN)
    found: Claim | None = mine.filter(user=request.user).select_related("organisation", "unit").first()
    return found


def _claim_or_404(request: HttpRequest, pid: str) -> Claim:
    claim = _open_claim(request, visible_organisation(request.user, pid))
    if claim is None:
        raise NotVisible
    return claim


def _state_page(request: HttpRequest, claim: Claim, form: ClaimCodeForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "claim": claim,
        "sent_to": claim_sent_to(claim) if claim.sent_to else "",
        "waits_for_code": claim.state == ClaimState.CODE_SENT,
        "organisation": shown(claim.organisation, to=request.user),
        "onward": errand(request),
    }
    return render(request, "public/claim_state.html", context, status=status)
