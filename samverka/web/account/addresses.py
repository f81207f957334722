"""One's own e-mail addresses. A new one is confirmed by a code, and the page never says whose it already is."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samverka.accounts import actions, codes
from samverka.accounts.queries import person_with_address
from samverka.kernel.access import signed_in
from samverka.kernel.errors import Refused
from samverka.web.client import client_address

from . import forms
from .adapter import notify_change
from .fresh import recently_confirmed
from .person import person
from .sign_in import refuse, send

PENDING = "address_code"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def addresses(request: HttpRequest) -> HttpResponse:
    """List the addresses; make one the first, or remove one."""
    if request.method == "POST":
        return _change(request, request.POST.get("action", ""), request.POST.get("email", ""))
    own = EmailAddress.objects.filter(user=person(request), verified=True).order_by("-primary", "email")
    return render(request, "account/addresses.html", {"addresses": own})


def _change(request: HttpRequest, action: str, address: str) -> HttpResponse:
    before = person(request).email
    if action == "primary":
        actions.make_address_primary(by=person(request), address=address)
        notify_change(request, person(request), _("Mejlen går till en annan adress nu."), to=before)
        messages.success(request, gettext("Mejlen går nu till {address}.").format(address=address))
    elif action == "remove":
        actions.remove_address(by=person(request), address=address)
        notify_change(request, person(request), _("En e-postadress har tagits bort."))
        messages.success(request, gettext("Adressen är borttagen."))
    return HttpResponseRedirect(reverse("account_addresses"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def add_address(request: HttpRequest) -> HttpResponse:
    """Mail a code to the new address."""
    form, status = forms.AddressForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        address = codes.clean_address(form.cleaned_data["email"])
        holder = person_with_address(address)
        try:
            in_use = holder is not None and holder != person(request)
            pending = send(request, codes.ADD_ADDRESS, address, in_use=in_use)
        except Refused as refusal:
            status = refuse(form, refusal)
        else:
            request.session[PENDING] = pending.as_session()
            return HttpResponseRedirect(reverse("account_confirm_address"))
    return render(request, "account/address_add.html", {"form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Take the code that was mailed to the new address."""
    pending = codes.PendingCode.from_session(request.session.get(PENDING))
    if pending is None:
        return HttpResponseRedirect(reverse("account_addresses"))
    form, status = forms.CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            typed, client = form.cleaned_data["code"], client_address(request)
            actions.add_address(by=person(request), pending=pending, typed=typed, client=client)
        except Refused as refusal:
            status = refuse(form, refusal, "code")
        else:
            del request.session[PENDING]
            notify_change(request, person(request), _("En e-postadress har lagts till."))
            messages.success(request, gettext("Adressen är tillagd. Du kan logga in med den."))
            return HttpResponseRedirect(reverse("account_addresses"))
    return render(request, "account/address_code.html", {"form": form, "address": pending.address}, status=status)
