"""Who sends: asked for before the first issue, and changed at any time."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.newsletters.actions.senders import FIELDS, save_host_sender, save_sender
from samverka.web.components.refusals import refusals_on

from .desk import Desk
from .forms import HostSenderForm, SenderForm


@require_http_methods(["GET", "HEAD", "POST"])
def issue_sender(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The sender's name, addresses, and how its own diary numbers look."""
    form = _form(request, desk)
    if form.is_valid():
        with refusals_on(form):
            _save(request, desk, form)
            messages.success(request, _("Avsändaren är sparad."))
            return redirect(desk.url("issues"))
    context = desk.context(form=form, is_first=desk.sender is None)
    return render(request, "editorial/issues/sender.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, desk: Desk) -> Any:
    if desk.acting:
        first = {"from_name": desk.acting.organisation.name} if desk.sender is None else {}
        return SenderForm(request.POST or None, instance=desk.sender, initial=first)
    name = desk.organisation.name if desk.organisation else settings.HOST_ORGANISATION
    initial = {"organisation": name, "from_name": desk.sender.from_name if desk.sender else settings.HOST_ORGANISATION}
    return HostSenderForm(request.POST or None, instance=desk.sender, initial=initial)


def _save(request: HttpRequest, desk: Desk, form: Any) -> None:
    values = {name: form.cleaned_data[name] for name in FIELDS}
    if desk.acting:
        save_sender(by=request.user, organisation=desk.acting.organisation, values=values)
    else:
        save_host_sender(by=request.user, organisation=form.cleaned_data["organisation"], values=values)
