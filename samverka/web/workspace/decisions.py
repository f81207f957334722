"""Decisions at home: who said yes to what, when, under which number, and whether it outlives the mandate period."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.mandate_periods import next_election
from samverka.collaborations.queries import Seat, decisions_of
from samverka.collaborations.rules import can_decide, can_read, can_withdraw_decision, can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import NotAllowed, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.web.components.refusals import refusals_on

from .forms_commitments import DecisionForm, StrikeForm
from .left_behind import Held
from .said import all_readers, place
from .seats import seat_at
from .terms_first import terms_first

PAGES = "workspace/collaborations"


@requires(can_read, load=seat_at)
def decisions(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All of them, the newest first; struck ones stay, struck."""
    found = decisions_of(seat, withdrawn=True)
    decided = {decision.party_id for decision in found if not decision.withdrawn_at}
    context = {
        "acting": seat.acting,
        "seat": seat,
        "decisions": [Held(decision, can_withdraw_decision(seat, decision)) for decision in found],
        "silent": [party for party in seat.active if party.pk not in decided],
        "may_decide": can_decide(seat.user, seat) and not seat.alone,
        "election": next_election(),
    }
    return render(request, f"{PAGES}/decisions.html", context)


@requires(can_write, load=seat_at)
@terms_first
@creates_once
def decision_new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write down a decision of the party."""
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.record_decision(by=seat, **form.cleaned_data)
            messages.success(request, _("Beslutet är uppskrivet. Alla parter ser det."))
            return redirect("decisions", *place(seat))
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "readers": all_readers(seat),
        "election": next_election(),
    }
    return render(request, f"{PAGES}/decision_form.html", context, status=422 if form.is_bound else 200)


@requires(can_write, load=seat_at)
def decision_withdraw(request: HttpRequest, seat: Seat, decision: str) -> HttpResponse:
    """Strike a decision: it stays readable, struck, with the reason."""
    found = next((one for one in decisions_of(seat, withdrawn=True) if one.public_id == decision), None)
    if found is None:
        raise NotVisible
    if not can_withdraw_decision(seat, found):
        raise NotAllowed
    form = StrikeForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.withdraw_decision(by=seat, decision_id=decision, reason=form.cleaned_data["reason"])
            messages.success(request, _("Beslutet är struket."))
            return redirect("decisions", *place(seat))
    context = {"acting": seat.acting, "seat": seat, "form": form, "decision": found, "readers": all_readers(seat)}
    return render(request, f"{PAGES}/decision_withdraw.html", context, status=422 if form.is_bound else 200)
