"""Starting a collaboration, inviting to it, our diary number there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.queries import Seat, registered_address
from samverka.collaborations.rules import can_invite, can_set_diary_number
from samverka.kernel.access import requires
from samverka.kernel.errors import Refused
from samverka.kernel.idempotency import creates_once
from samverka.organisations.queries import Acting
from samverka.organisations.register import RegisterFilters, register_page
from samverka.organisations.rules import can_start_collaboration
from samverka.web.found import visible_organisation

from .acting import acting_organisation
from .forms_collaborations import DiaryNumberForm, InviteForm, StartForm
from .pages import units_of
from .seats import seat_at

#: As many organisations as one looks through before searching better.
CHOICES = 20


@requires(can_start_collaboration, load=acting_organisation)
@creates_once
def start(request: HttpRequest, acting: Acting) -> HttpResponse:
    """First whom to invite, then what it is about."""
    invited_id = request.GET.get("med", "")
    if not invited_id:
        return _choose(request, acting, _("Starta en samverkan"))
    invited = visible_organisation(request.user, invited_id)
    units = units_of(acting.organisation, acting)
    registered = bool(registered_address(invited))
    form = StartForm(request.POST or None, units=units, invited_units=units_of(invited), registered=registered)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        to_unit = data.get("invited_unit")
        try:
            collaboration, _token = actions.start_collaboration(
                by=acting,
                title=data["title"],
                purpose=data["purpose"],
                unit=data.get("unit"),
                invited=invited,
                invited_unit=to_unit,
                email=data["email"] or registered_address(invited, to_unit),
                message=data["message"],
                language=request.LANGUAGE_CODE,
            )
        except Refused as refused:
            form.add_error(refused.details.get("field"), str(refused.message))
        else:
            messages.success(
                request, _("Samverkan är startad och inbjudan är på väg till %(name)s.") % {"name": invited}
            )
            return redirect("collaboration", acting.organisation.public_id, collaboration.public_id)
    readers = (acting.organisation.name, invited.name)
    context = {"acting": acting, "form": form, "invited": invited, "readers": readers}
    return render(request, "workspace/collaborations/start.html", context)


def _choose(request: HttpRequest, acting: Acting, heading: str, seat: Seat | None = None) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    found = register_page(RegisterFilters(q=text), page_size=CHOICES) if text else None
    context = {"acting": acting, "seat": seat, "heading": heading, "text": text, "found": found}
    return render(request, "workspace/collaborations/choose.html", context)


@requires(can_invite, load=seat_at)
@creates_once
def invite(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Invite one more party."""
    invited_id = request.GET.get("med", "")
    if not invited_id:
        return _choose(request, seat.acting, _("Bjud in en part till"), seat)
    invited = visible_organisation(request.user, invited_id)
    registered = bool(registered_address(invited))
    form = InviteForm(request.POST or None, invited_units=units_of(invited), registered=registered)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        to_unit = data.get("invited_unit")
        address = data["email"] or registered_address(invited, to_unit)
        try:
            actions.invite_party(
                by=seat,
                invited=invited,
                invited_unit=to_unit,
                email=address,
                message=data["message"],
                language=request.LANGUAGE_CODE,
            )
        except Refused as refused:
            form.add_error(refused.details.get("field"), str(refused.message))
        else:
            messages.success(request, _("Inbjudan är på väg till %(name)s.") % {"name": invited})
            return redirect("collaboration", seat.acting.organisation.public_id, seat.collaboration.public_id)
    readers = (seat.party.name, invited.name)
    context = {"acting": seat.acting, "seat": seat, "form": form, "invited": invited, "readers": readers}
    return render(request, "workspace/collaborations/invite.html", context)


@require_POST
@requires(can_invite, load=seat_at)
def withdraw_invitation(request: HttpRequest, seat: Seat, invitation: str) -> HttpResponse:
    """Take an unanswered invitation back."""
    actions.withdraw_invitation(by=seat, invitation_id=invitation)
    messages.success(request, _("Inbjudan är återtagen. Länken i mejlet fungerar inte längre."))
    return redirect("collaboration", seat.acting.organisation.public_id, seat.collaboration.public_id)


@requires(can_set_diary_number, load=seat_at)
def diary_number(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The party's own diary number of the matter."""
    form = DiaryNumberForm(request.POST or None, initial={"diary_number": seat.party.diary_number})
    if request.method == "POST" and form.is_valid():
        actions.set_diary_number(by=seat, diary_number=form.cleaned_data["diary_number"])
        messages.success(request, _("Diarienumret är sparat."))
        return redirect("collaboration", seat.acting.organisation.public_id, seat.collaboration.public_id)
    context = {"acting": seat.acting, "seat": seat, "form": form}
    return render(request, "workspace/collaborations/diary_number.html", context)
