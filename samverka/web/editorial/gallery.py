"""Every component in every state, for whoever builds pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.accounts.rules import can_manage_installation
from samverka.kernel.access import requires
from samverka.web.components import gallery as samples


@requires(can_manage_installation)
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "editorial/gallery.html", samples.context())
