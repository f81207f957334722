"""A visitor says what is wrong on an organisation's page: "Stämmer inte?"."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.kernel.access import public
from samverka.kernel.idempotency import creates_once
from samverka.organisations.actions.corrections import report_correction
from samverka.organisations.shown import shown
from samverka.web.client import client_address
from samverka.web.components.refusals import refusals_on
from samverka.web.found import visible_organisation

from .forms_register import CorrectionForm
from .organisations import organisation_url


@public
@creates_once
def organisation_correction(request: HttpRequest, pid: str) -> HttpResponse:
    """The form, open to all; how often is limited by address."""
    organisation = visible_organisation(request.user, pid)
    facts = shown(organisation, to=request.user)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            report_correction(
                organisation=organisation,
                sender=client_address(request),
                **form.cleaned_data,
            )
            messages.success(request, _("Tack! Den som sköter registret läser det du skrev och rättar det som är fel."))
            return redirect(organisation_url(facts.path))
    context = {"form": form, "organisation": facts}
    return render(request, "public/correction.html", context, status=422 if form.is_bound else 200)
