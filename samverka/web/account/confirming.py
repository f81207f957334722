"""Proving anew who one is, by a code to one's own address."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samverka.accounts import codes
from samverka.kernel.access import signed_in
from samverka.kernel.errors import Refused
from samverka.web.client import client_address

from . import forms
from .fresh import has_second_factor
from .person import person
from .sign_in import next_path, refuse, send, with_next

PENDING = "confirm_code"


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    """Mail a code when asked, take it, and go on to where the person was going."""
    path = next_path(request)
    if has_second_factor(person(request)):
        return HttpResponseRedirect(with_next("mfa_reauthenticate", path))
    pending = codes.PendingCode.from_session(request.session.get(PENDING))
    if request.method == "POST" and (pending is None or request.POST.get("action") == "send"):
        return _send(request, pending, path)
    form, status = forms.CodeForm(request.POST or None), 200
    if pending and request.method == "POST" and form.is_valid():
        try:
            codes.check_code(pending, form.cleaned_data["code"], client=client_address(request))
        except codes.SpentCode as refusal:
            del request.session[PENDING]
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(with_next("account_reauthenticate_code", path))
        except Refused as refusal:
            status = refuse(form, refusal, "code")
        else:
            del request.session[PENDING]
            record_authentication(request, person(request), method="code", reauthenticated=True)
            return HttpResponseRedirect(path or reverse("account_overview"))
    context = {
        "form": form, "next": path, "pending": pending, "address": person(request).email,
        "has_password": person(request).has_usable_password(),
    }  # fmt: skip
    return render(request, "account/reauthenticate_code.html", context, status=status)


def _send(request: HttpRequest, pending: codes.PendingCode | None, path: str) -> HttpResponse:
    if pending is not None and pending.seconds_to_resend:
        messages.warning(request, gettext("Vänta en minut innan du ber om en ny kod. Mejlet kan vara på väg."))
    else:
        request.session[PENDING] = send(request, codes.CONFIRM, person(request).email).as_session()
    return HttpResponseRedirect(with_next("account_reauthenticate_code", path))
