"""Our collaborations: the list, one collaboration's page, our diary number there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.queries import Seat, collaborations_of, waiting_invitations
from samverka.collaborations.rules import can_read, can_set_diary_number
from samverka.kernel.access import requires
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_follow_collaborations, can_start_collaboration

from .acting import acting_organisation
from .forms_collaborations import DiaryNumberForm
from .pages import collaboration_context
from .seats import seat_at


@requires(can_follow_collaborations, load=acting_organisation)
def our_collaborations(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The list, and the invitations that wait for an answer."""
    context = {
        "acting": acting,
        "collaborations": collaborations_of(acting),
        "invitations": waiting_invitations(acting),
        "may_start": can_start_collaboration(request.user, acting),
    }
    return render(request, "workspace/collaborations/list.html", context)


@requires(can_read, load=seat_at)
def collaboration(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The page of one collaboration: who, why, what the parties have written. One without a diary has only facts."""
    if seat.model is None:
        return redirect("collaboration_about", seat.acting.organisation.public_id, seat.collaboration.public_id)
    return render(request, "workspace/collaborations/page.html", collaboration_context(seat))


@requires(can_set_diary_number, load=seat_at)
def diary_number(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The party's own diary number of the matter."""
    form = DiaryNumberForm(request.POST or None, initial={"diary_number": seat.party.diary_number})
    if request.method == "POST" and form.is_valid():
        actions.set_diary_number(by=seat, diary_number=form.cleaned_data["diary_number"])
        messages.success(request, _("Diarienumret är sparat."))
        return redirect("collaboration_about", seat.acting.organisation.public_id, seat.collaboration.public_id)
    context = {"acting": seat.acting, "seat": seat, "form": form}
    return render(request, "workspace/collaborations/diary_number.html", context)
