"""One page to sign in: an address, then the code that was mailed to it. Known and unknown addresses see the same."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, perform_password_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samverka.accounts import actions, codes
from samverka.kernel.access import public
from samverka.kernel.errors import Refused
from samverka.kernel.ratelimit import TooMany
from samverka.web.client import client_address
from samverka.web.signing_in import remembered_address

from . import forms
from .adapter import NEW_ACCOUNT, REMEMBER, is_safe_path

PENDING = "sign_in_code"


def next_path(request: HttpRequest) -> str:
    """Return the page to go on to, if it was named and is on this site, else ""."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_safe_path(asked) else ""


def with_next(name: str, path: str) -> str:
    """Return the address of the page `name`, carrying `path` along."""
    return f"{reverse(name)}?{urlencode({'next': path})}" if path else reverse(name)


def send(request: HttpRequest, purpose: str, address: str, **details: Any) -> codes.PendingCode:
    """Mail a code in the page's language. Raises TooMany."""
    language = get_language() or "sv"
    client = client_address(request)
    return codes.send_code(address=address, purpose=purpose, language=language, client=client, **details)


def refuse(form: Any, refusal: Refused, field: str | None = None) -> int:
    """Put what was refused on the form; return the answer's status."""
    form.add_error(field, str(refusal.message))
    return 429 if isinstance(refusal, TooMany) else 200


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the address and mail the code."""
    path = next_path(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(path or get_adapter(request).get_login_redirect_url(request))
    form = forms.AddressForm(request.POST or None, initial={"email": remembered_address(request)})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            pending = send(request, codes.SIGN_IN, form.cleaned_data["email"])
        except TooMany as refusal:
            status = refuse(form, refusal)
        else:
            request.session[PENDING] = pending.as_session()
            return HttpResponseRedirect(with_next("account_confirm_login_code", path))
    return render(request, "account/login.html", {"form": form, "next": path}, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code; the account comes into being here."""
    path, pending = next_path(request), codes.PendingCode.from_session(request.session.get(PENDING))
    if request.user.is_authenticated or pending is None:
        return HttpResponseRedirect(with_next("account_login", path))
    if request.POST.get("action") == "resend":
        return _resend(request, pending, path)
    form, status = forms.SignInCodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            return _answer(request, pending, form.cleaned_data, path)
        except codes.SpentCode as refusal:
            messages.error(request, str(refusal.message))
            del request.session[PENDING]
            return HttpResponseRedirect(with_next("account_login", path))
        except Refused as refusal:
            status = refuse(form, refusal, "code")
    context = {"form": form, "next": path, "address": pending.address, "wait": pending.seconds_to_resend}
    return render(request, "account/confirm_login_code.html", context, status=status)


def _answer(request: HttpRequest, pending: codes.PendingCode, data: dict[str, Any], path: str) -> HttpResponse:
    language = get_language() or "sv"
    client = client_address(request)
    user, created = actions.sign_in_by_code(pending=pending, typed=data["code"], language=language, client=client)
    del request.session[PENDING]
    request.session[REMEMBER], request.session[NEW_ACCOUNT] = data["remember"], created
    record_authentication(request, user, method="code")
    return perform_login(request, Login(user=user, email=pending.address, redirect_url=path or None))


def _resend(request: HttpRequest, pending: codes.PendingCode, path: str) -> HttpResponse:
    if pending.seconds_to_resend:
        said = gettext("Vänta en minut innan du ber om en ny kod. Mejlet kan vara på väg.")
        messages.warning(request, said)
    else:
        try:
            request.session[PENDING] = send(request, codes.SIGN_IN, pending.address).as_session()
            messages.success(request, gettext("En ny kod är skickad. Den förra gäller inte längre."))
        except TooMany as refusal:
            messages.error(request, str(refusal.message))
    return HttpResponseRedirect(with_next("account_confirm_login_code", path))


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Sign in with address and password, for those who have chosen one."""
    path = next_path(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(with_next("account_login", path))
    form = forms.PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = codes.clean_address(form.cleaned_data["email"])
        credentials = {"email": address, "password": form.cleaned_data["password"]}
        try:
            user = get_adapter(request).authenticate(request, **credentials)
            if user is None:
                raise get_adapter(request).validation_error("email_password_mismatch")
            request.session[REMEMBER] = form.cleaned_data["remember"]
            login = Login(user=user, email=address, redirect_url=path or None)
            return perform_password_login(request, credentials, login)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "account/login_password.html", {"form": form, "next": path})
