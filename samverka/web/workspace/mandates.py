"""Mandates: for whom each person speaks and what they may promise."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.models import Mandate
from samverka.collaborations.queries import Seat, mandates_of
from samverka.collaborations.rules import can_change_mandate, can_read, can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.web.components.refusals import refusals_on

from .conflicts import conflict_rows
from .forms_commitments import MandateForm
from .left_behind import Held
from .said import all_readers, place
from .seats import seat_at
from .terms_first import terms_first

PAGES = "workspace/collaborations"
FIELDS = ("person", "may_promise", "take_home", "answer_on", "valid_until", "version")


@requires(can_read, load=seat_at)
def mandates(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All of them, party by party; who has said nothing is told too."""
    found = mandates_of(seat)
    by_party = [(party, [m for m in found if m.party_id == party.pk]) for party in seat.active]
    context = {
        "acting": seat.acting,
        "seat": seat,
        "by_party": [(party, [Held(m, can_change_mandate(seat, m)) for m in rows]) for party, rows in by_party if rows],
        "silent": [party for party, rows in by_party if not rows],
        "may_write": seat.writes and not seat.alone,
    }
    return render(request, f"{PAGES}/mandates.html", context)


@requires(can_write, load=seat_at)
@terms_first
@creates_once
def mandate_new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write what a person of the party may promise."""
    form = MandateForm(request.POST or None, initial={"version": 0})
    if form.is_valid():
        with refusals_on(form):
            actions.write_mandate(by=seat, **form.cleaned_data)
            messages.success(request, _("Mandatet är sparat. Alla parter ser det."))
            return redirect("mandates", *place(seat))
    return _form_page(request, seat, form)


@requires(can_write, load=seat_at)
@terms_first
def mandate(request: HttpRequest, seat: Seat, mandate: str) -> HttpResponse:
    """Change it; a text saved by somebody else meanwhile stands beside one's own."""
    found = _own(seat, mandate)
    form = MandateForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                actions.write_mandate(by=seat, mandate_id=mandate, **form.cleaned_data)
                messages.success(request, _("Mandatet är sparat. Alla parter ser det."))
                return redirect("mandates", *place(seat))
        except Conflict as both:
            conflict = conflict_rows(form, both)
            data = request.POST.copy()
            data["version"] = both.details["version"]
            form = MandateForm(data)
    return _form_page(request, seat, form, found, conflict)


def _own(seat: Seat, mandate_id: str) -> Mandate:
    found = next((one for one in mandates_of(seat) if one.public_id == mandate_id), None)
    if found is None:
        raise NotVisible
    if not can_change_mandate(seat, found):
        raise NotAllowed
    return found


def _form_page(
    request: HttpRequest, seat: Seat, form: MandateForm, mandate: Mandate | None = None, conflict: Any = ()
) -> HttpResponse:
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "mandate": mandate,
        "conflict": conflict,
        "readers": all_readers(seat),
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, f"{PAGES}/mandate_form.html", context, status=status)


@requires(can_write, load=seat_at)
def mandate_withdraw(request: HttpRequest, seat: Seat, mandate: str) -> HttpResponse:
    """Say that a person no longer speaks for the party."""
    found = _own(seat, mandate)
    if request.method == "POST":
        actions.withdraw_mandate(by=seat, mandate_id=mandate)
        messages.success(request, _("Mandatet är avslutat."))
        return redirect("mandates", *place(seat))
    return render(request, f"{PAGES}/mandate_withdraw.html", {"acting": seat.acting, "seat": seat, "mandate": found})
