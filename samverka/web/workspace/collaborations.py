"""Our diary number in a collaboration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.queries import Seat
from samverka.collaborations.rules import can_set_diary_number
from samverka.kernel.access import requires

from .forms_collaborations import DiaryNumberForm
from .seats import seat_at


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
