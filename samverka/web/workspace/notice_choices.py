"""When one is told by mail of what is new in a collaboration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.queries import Seat, is_sensitive, notice_choice
from samverka.collaborations.rules import can_write
from samverka.kernel.access import requires

from .forms_notices import NoticesHereForm
from .seats import seat_at


@requires(can_write, load=seat_at)
def here(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Choose for this collaboration."""
    sensitive = is_sensitive(seat.collaboration)
    chosen, for_all = notice_choice(seat.user, seat.collaboration), notice_choice(seat.user)
    initial = {"pace": chosen.pace or NoticesHereForm.AS_FOR_ALL, "with_matter": chosen.with_matter}
    form = NoticesHereForm(request.POST or None, initial=initial, for_all=for_all.pace, sensitive=sensitive)
    if request.method == "POST" and form.is_valid():
        with_matter = form.cleaned_data.get("with_matter", chosen.with_matter)
        actions.choose_notices(
            by=seat.user, pace=form.chosen, collaboration=seat.collaboration, with_matter=with_matter
        )
        messages.success(request, _("Ditt val är sparat."))
        return redirect("notice_choice", seat.acting.organisation.public_id, seat.collaboration.public_id)
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "told": seat.user.pk in {seat.party.contact_id, seat.party.deputy_id},
        "contact": seat.party.contact,
        "deputy": seat.party.deputy,
    }
    return render(request, "workspace/collaborations/notices.html", context)
