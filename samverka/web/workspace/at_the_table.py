"""Who is at the table and beside it: our contact and deputy, guests, and parties that are only named."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.actions.contacts import AtTheTable
from samverka.collaborations.models import NamedParty
from samverka.collaborations.queries import GuestView, Seat, guest_at, named_here, people_of
from samverka.collaborations.rules import (
    can_invite,
    can_invite_guest,
    can_name_parties,
    can_read,
    can_read_as_guest,
    can_write,
)
from samverka.kernel.access import consumes, requires
from samverka.kernel.idempotency import creates_once
from samverka.organisations.models import Organisation
from samverka.organisations.queries import similar_organisations
from samverka.organisations.register import RegisterFilters, register_page
from samverka.organisations.rules import can_manage_members
from samverka.organisations.shown import shown_rows
from samverka.web.components.known import facts_to_show
from samverka.web.components.refusals import refusals_on
from samverka.web.found import visible_organisation

from .forms_about import ContactForm, GuestForm, NamePartiesForm
from .seats import seat_at

PAGES = "workspace/collaborations"
#: What is proposed as a guest's last day.
USUAL = timedelta(days=90)
CHOICES = 10


@requires(can_write, load=seat_at)
def collaboration_contact(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Whom the others turn to, and who answers when that person is away. Each party says its own."""
    people = people_of(seat.party)
    form = ContactForm(request.POST or None, people=people, initial=_contact_of(seat))
    if form.is_valid():
        with refusals_on(form):
            actions.set_contact(by=seat, people=AtTheTable(**form.cleaned_data))
            messages.success(request, _("Kontakt och ersättare är sparade. De andra parterna ser dem."))
            return _about(seat)
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "few": len(people) < 2,
        "may_manage": can_manage_members(request.user, seat.acting),
    }
    return render(request, f"{PAGES}/contact.html", context, status=422 if form.is_bound else 200)


def _contact_of(seat: Seat) -> dict[str, Any]:
    party = seat.party
    return {
        "contact": party.contact.public_id if party.contact else "",
        "deputy": party.deputy.public_id if party.deputy else "",
        "deputy_accepted_on": party.deputy_accepted_on,
        "deputy_reads_at": party.deputy_reads_at,
    }


@requires(can_invite_guest, load=seat_at)
@creates_once
def guest_invite(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Let somebody outside the parties read, until a day."""
    form = GuestForm(request.POST or None, initial={"until": timezone.localdate() + USUAL})
    if form.is_valid():
        with refusals_on(form):
            actions.invite_guest(by=seat, **form.cleaned_data)
            said = _("{name} får ett mejl och kan läsa nu. De andra parternas kontakter får veta det.")
            messages.success(request, said.format(name=form.cleaned_data["name"]))
            return _about(seat)
    context = {"acting": seat.acting, "seat": seat, "form": form}
    return render(request, f"{PAGES}/guest_invite.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(can_read, load=seat_at)
def guest_end(request: HttpRequest, seat: Seat, guest: str) -> HttpResponse:
    """Let a guest read no more, at once."""
    actions.end_guest(by=seat, guest_id=guest)
    messages.success(request, _("Gästen kan inte läsa längre."))
    return _about(seat)


@consumes("collaboration")
def guest_place(user: Any, collaboration: str) -> GuestView:
    """Return the person's place as a guest. Raises NotVisible for who is none."""
    return guest_at(user, collaboration)


@requires(can_read_as_guest, load=guest_place)
def guest_reading(request: HttpRequest, guest: GuestView) -> HttpResponse:
    """What all parties read, on one page, outside any organisation."""
    context = {"place": guest, "facts": facts_to_show(guest.collaboration)}
    return render(request, "workspace/guest.html", context)


@requires(can_name_parties, load=seat_at)
@creates_once
def named_parties(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The parties of a matter put in afterwards: match them to the register, add, invite."""
    form = NamePartiesForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.name_parties(by=seat, names=form.cleaned_data["parties"].splitlines())
            messages.success(request, _("Parterna är tillagda."))
            return redirect("named_parties", seat.acting.organisation.public_id, seat.collaboration.public_id)
    asked_of, text = request.GET.get("part", ""), request.GET.get("q", "").strip()
    rows = [_row(party, text if party.public_id == asked_of else "") for party in named_here(seat)]
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "rows": rows,
        "readers": [party.name for party in seat.active],
        "may_invite": can_invite(request.user, seat),
    }
    return render(request, f"{PAGES}/named_parties.html", context, status=422 if form.is_bound else 200)


def _row(party: NamedParty, text: str) -> dict[str, Any]:
    """Return a named party with what it could be in the register: what one searched for, or what looks the same."""
    if party.organisation is not None:
        return {"party": party, "text": "", "found": []}
    if text:
        return {"party": party, "text": text, "found": register_page(RegisterFilters(q=text), page_size=CHOICES).rows}
    return {"party": party, "text": "", "found": shown_rows(similar_organisations(name=party.name))}


@require_POST
@requires(can_name_parties, load=seat_at)
def named_party(request: HttpRequest, seat: Seat, named: str) -> HttpResponse:
    """Match one, take the match away, or take the party away."""
    if "ta-bort" in request.POST:
        actions.remove_named_party(by=seat, named_id=named)
        messages.success(request, _("Parten är borttagen."))
    else:
        actions.match_party(by=seat, named_id=named, organisation=_matched(request))
        messages.success(request, _("Parten är ändrad."))
    return redirect("named_parties", seat.acting.organisation.public_id, seat.collaboration.public_id)


def _matched(request: HttpRequest) -> Organisation | None:
    chosen = request.POST.get("organisation", "")
    return visible_organisation(request.user, chosen) if chosen else None


def _about(seat: Seat) -> HttpResponse:
    return redirect("collaboration_about", seat.acting.organisation.public_id, seat.collaboration.public_id)
