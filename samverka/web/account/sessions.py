"""Where one is signed in, and signing out elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import signed_in

from .devices import device_name
from .person import person


@dataclass(frozen=True)
class Place:
    """A browser in which the person is signed in."""

    device: str
    ip: str
    since: datetime
    here: bool


def places_signed_in(request: HttpRequest) -> list[Place]:
    """Return the person's living sessions, this one first."""
    found = [
        Place(device_name(row.user_agent), row.ip, row.created_at, row.is_current())
        for row in UserSession.objects.filter(user=person(request)).order_by("-created_at")
        if row.exists()
    ]
    return sorted(found, key=lambda place: not place.here)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List them; sign out all but this one."""
    if request.method == "POST":
        end_other_sessions(request, person(request))
        messages.success(request, gettext("Du är utloggad överallt utom här."))
        return HttpResponseRedirect(reverse("usersessions_list"))
    return render(request, "usersessions/usersession_list.html", {"places": places_signed_in(request)})
