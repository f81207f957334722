"""The ways to sign in: code, password, passkeys, second factor. allauth's views do the work, under our addresses."""

from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as passkey_views
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from samverka.accounts import actions
from samverka.kernel.access import public, signed_in
from samverka.kernel.errors import Refused

from .adapter import notify_change
from .fresh import has_second_factor, recently_confirmed
from .mfa_adapter import can_remove
from .person import person


class SecondStepView(AuthenticateView):
    """allauth's page, without its `site`, which would hide the frame's."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return allauth's context but for `site`, and whether the person has a passkey at all."""
        context = super().get_context_data(**kwargs)
        context.pop("site")
        keys = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        context["has_passkey"] = keys.exists()
        return context


class AddPasskeyView(passkey_views.AddWebAuthnView):
    """allauth's page, without recovery codes for the one who is never asked for a second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Add the key, and take away the codes that would only puzzle."""
        response: HttpResponse = super().form_valid(form)
        if has_second_factor(person(self.request)):
            return response
        actions.forget_recovery_codes(by=person(self.request))
        return HttpResponseRedirect(reverse("account_sign_in_methods"))


add_passkey = signed_in(recently_confirmed(AddPasskeyView.as_view()))
second_step = public(SecondStepView.as_view())


@public
@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed: only the one who could have signed in comes here."""
    return render(request, "account/account_inactive.html")


@signed_in
@require_safe
def sign_in_methods(request: HttpRequest) -> HttpResponse:
    """Show the ways that are on, and how to add or remove one."""
    user = person(request)
    mine = Authenticator.objects.filter(user=user).order_by("created_at")
    passkeys = [(key, key.wrap().name, key_name(key)) for key in mine if key.type == Authenticator.Type.WEBAUTHN]
    kinds = {row.type for row in mine}
    context = {
        "passkeys": passkeys, "has_app": Authenticator.Type.TOTP in kinds,
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds, "must_have_second": user.needs_second_factor,
        "has_password": user.has_usable_password(),
    }  # fmt: skip
    return render(request, "mfa/index.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def remove_password(request: HttpRequest) -> HttpResponse:
    """Take the password away: for the one who has forgotten it, and for the one who does not want it."""
    if not person(request).has_usable_password():
        return HttpResponseRedirect(reverse("account_sign_in_methods"))
    if request.method == "POST":
        actions.remove_password(by=person(request))
        update_session_auth_hash(request, person(request))
        notify_change(request, person(request), _("Lösenordet har tagits bort."))
        messages.success(request, gettext("Lösenordet är borttaget. Du loggar in med kod."))
        return HttpResponseRedirect(reverse("account_sign_in_methods"))
    return render(request, "account/password_remove.html")


def key_name(key: Authenticator) -> str:
    """Return what stands for a passkey in addresses: when it was made, in microseconds. Primary keys never show."""
    return str(int(key.created_at.timestamp() * 1_000_000))


def _own_key(request: HttpRequest, key: str) -> Authenticator:
    mine = Authenticator.objects.filter(user=person(request), type=Authenticator.Type.WEBAUTHN)
    found: Authenticator | None = next((row for row in mine if key_name(row) == key), None)
    if found is None:
        raise Http404
    return found


@signed_in
@recently_confirmed
def edit_passkey(request: HttpRequest, key: str) -> HttpResponseBase:
    """Rename a passkey."""
    return passkey_views.edit_webauthn(request, pk=_own_key(request, key).pk)


@signed_in
@recently_confirmed
def remove_passkey(request: HttpRequest, key: str) -> HttpResponseBase:
    """Remove a passkey, unless a role needs it."""
    own: Any = _own_key(request, key)
    if request.method == "POST" and not can_remove(own):
        raise Refused(_("Din roll hos värden kräver två steg. Lägg till en annan nyckel eller en app först."))
    return passkey_views.remove_webauthn(request, pk=own.pk)
