"""Om samverkan: the facts, who is at the table, who reads beside it, the papers; and changing the facts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.facts import facts_of
from samverka.collaborations.queries import Seat, guests_of, named_here, open_invitations, questions_before_yes
from samverka.collaborations.rules import (
    can_end,
    can_end_guest,
    can_invite,
    can_name_parties,
    can_read,
    can_reopen,
    can_set_diary_number,
    can_write,
)
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict
from samverka.organisations.queries import current_fields
from samverka.organisations.rules import can_manage_members
from samverka.web.components.known import facts_to_show
from samverka.web.components.refusals import refusals_on

from .conflicts import conflict_rows
from .forms_about import EndForm
from .forms_facts import MORE, ChangeFactsForm, initial_of
from .seats import seat_at

PAGES = "workspace/collaborations"


@requires(can_read, load=seat_at)
def collaboration_about(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is known, who is with us and whom to turn to, who reads beside us, papers to take out."""
    collaboration = seat.collaboration
    parties = list(collaboration.parties.select_related("organisation", "unit", "contact", "deputy"))
    asked = questions_before_yes(seat)
    context = {
        "acting": seat.acting,
        "seat": seat,
        "facts": facts_to_show(collaboration),
        "sensitive": any(field.sensitive for field in collaboration.fields.all()),
        "parties": [(party, asked.get(party.pk, "")) for party in parties],
        "named": named_here(seat) if collaboration.recorded_later else [],
        "invitations": open_invitations(seat) if seat.writes else [],
        "guests": [(guest, can_end_guest(seat, guest)) for guest in guests_of(seat)],
        "may_change": can_write(request.user, seat),
        "may_invite": can_invite(request.user, seat),
        "may_name": can_name_parties(request.user, seat),
        "may_set_diary_number": can_set_diary_number(request.user, seat),
        "may_end": can_end(request.user, seat),
        "may_tell": seat.takes_part and not seat.alone,
        "may_reopen": can_reopen(request.user, seat),
        "may_manage": can_manage_members(request.user, seat.acting),
    }
    return render(request, f"{PAGES}/about.html", context)


@requires(can_write, load=seat_at)
def collaboration_facts(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Change the facts; what somebody else saved meanwhile stands beside one's own."""
    collaboration = seat.collaboration
    stored = facts_of(collaboration)
    options: dict[str, Any] = {
        "areas": _areas(stored.fields), "recorded": collaboration.recorded_later, "alone": seat.alone,
    }  # fmt: skip
    initial = {**initial_of(stored), "version": collaboration.version}
    form = ChangeFactsForm(request.POST or None, initial=initial, **options)
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                actions.change_facts(by=seat, facts=form.facts(), version=form.cleaned_data["version"])
                messages.success(request, _("Uppgifterna är sparade."))
                return _about(seat)
        except Conflict as both:
            conflict = conflict_rows(form, both)
            again = request.POST.copy()
            again["version"] = str(both.details["version"])
            form = ChangeFactsForm(again, **options)
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "conflict": conflict,
        "more": MORE,
        "readers": [party.name for party in seat.active],
    }
    return render(
        request, f"{PAGES}/facts.html", context, status=409 if conflict else 422 if form.is_bound else 200
    )  # fmt: skip


def _areas(held: tuple[Any, ...]) -> list[Any]:
    """Return today's fields, and those that are held though they hold no longer."""
    current = list(current_fields("mapping"))
    return current + [field for field in held if field not in current]


@requires(can_end, load=seat_at)
def collaboration_end(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say that it is over: the page tells what that means."""
    form = EndForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.end_collaboration(by=seat, reason=form.cleaned_data["reason"])
            messages.success(request, _("Samverkan är avslutad. Allt går fortfarande att läsa."))
            return _about(seat)
    context = {"acting": seat.acting, "seat": seat, "form": form, "waiting": open_invitations(seat)}
    return render(request, f"{PAGES}/end.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(can_reopen, load=seat_at)
def collaboration_reopen(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Open an ended collaboration again."""
    actions.reopen_collaboration(by=seat)
    messages.success(request, _("Samverkan är öppnad igen."))
    return _about(seat)


def _about(seat: Seat) -> HttpResponse:
    return redirect("collaboration_about", seat.acting.organisation.public_id, seat.collaboration.public_id)
