"""Vem hos oss ska få utskick: said in the body's own workspace."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.newsletters.actions.routing import route
from samverka.newsletters.models import Routing
from samverka.newsletters.rules_sending import can_route
from samverka.organisations.queries import Acting
from samverka.web.components.refusals import refusals_on
from samverka.web.public.newsletters.forms_routing import RoutingForm
from samverka.web.workspace.acting import acting_organisation


@requires(can_route, load=acting_organisation)
@require_http_methods(["GET", "HEAD", "POST"])
def our_routing(request: HttpRequest, acting: Acting) -> HttpResponse:
    """An address for all, and for each field that goes elsewhere."""
    form = RoutingForm(request.POST if request.method == "POST" else None, body=acting.organisation, named=False)
    if form.is_valid():
        with refusals_on(form):
            route(by=request.user, acting=acting, wanted=form.wanted, copy=form.cleaned_data["copy"])
            messages.success(request, _("Sparat. Nästa utskick går dit ni har sagt."))
            return redirect("our_routing", acting.organisation.public_id)
    said = Routing.objects.filter(organisation=acting.organisation).first()
    context = {"acting": acting, "form": form, "said": said}
    return render(request, "workspace/routing.html", context, status=422 if form.is_bound else 200)
