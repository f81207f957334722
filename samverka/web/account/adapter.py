"""How allauth behaves here: its mails go through our outbox with our words, its next-addresses stay on the site."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samverka.accounts.actions import record_sign_in_change
from samverka.accounts.emails import SignInChanged
from samverka.kernel.mail import outbox
from samverka.web.context import local_path

from .devices import device_name
from .fresh import has_second_factor, is_fresh

#: allauth's name of a change -> (audit action, what the mail and the page say)
CHANGES: dict[str, tuple[str, Any]] = {
    "account/email/password_set": ("password.set", _("Ett lösenord har valts.")),
    "account/email/password_changed": ("password.changed", _("Lösenordet har bytts.")),
    "mfa/email/totp_activated": ("second_factor.added", _("Tvåstegsinloggning med app har slagits på.")),
    "mfa/email/totp_deactivated": ("second_factor.removed", _("Tvåstegsinloggning med app har stängts av.")),
    "mfa/email/recovery_codes_generated": ("recovery_codes.renewed", _("Nya reservkoder har skapats.")),
    "mfa/email/webauthn_added": ("passkey.added", _("En passnyckel har lagts till.")),
    "mfa/email/webauthn_removed": ("passkey.removed", _("En passnyckel har tagits bort.")),
}
#: allauth's messages in our words; one that is not here is not shown.
MESSAGES: dict[str, Any] = {
    "account/messages/logged_out.txt": _("Du är utloggad."),
    "account/messages/password_set.txt": _("Lösenordet är valt. Du kan fortfarande logga in med kod."),
    "account/messages/password_changed.txt": _("Lösenordet är bytt."),
    "mfa/messages/totp_activated.txt": _("Tvåstegsinloggning är påslagen."),
    "mfa/messages/totp_deactivated.txt": _("Tvåstegsinloggning är avstängd."),
    "mfa/messages/recovery_codes_generated.txt": _("Nya reservkoder finns. Spara dem på ett säkert ställe."),
    "mfa/messages/webauthn_added.txt": _("Passnyckeln är tillagd."),
    "mfa/messages/webauthn_removed.txt": _("Passnyckeln är borttagen."),
}
REMEMBER, NEW_ACCOUNT = "sign_in_remember", "sign_in_new_account"


class AccountAdapter(DefaultAccountAdapter):
    """What differs from allauth's own ways."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Kontot är avstängt."),
        "email_password_mismatch": _("Adressen och lösenordet hör inte ihop. Du kan logga in med kod i stället."),
        "enter_current_password": _("Det är inte ditt nuvarande lösenord."),
        "incorrect_code": _("Koden stämmer inte. Kontrollera siffrorna och försök igen."),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "too_many_login_attempts": _("Det blev för många försök. Vänta en kvart och försök igen."),
        "rate_limited": _("Det blev för många försök. Vänta en stund och försök igen."),
    }

    def add_message(  # noqa: PLR0917  (allauth's signature)
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None, extra_tags: str = "", message: Any = None,
    ) -> None:  # fmt: skip
        """Show our words for allauth's message, or nothing."""
        text = message or MESSAGES.get(message_template or "")
        if message_template == "mfa/messages/recovery_codes_generated.txt" and not has_second_factor(request.user):
            return
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Write the change in the trail and tell the person by mail, with time and device."""
        action, what = CHANGES[template_prefix]
        record_sign_in_change(by=user, action=action)
        notify_change(self.request, user, what, to=email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: every mail of ours is an Email of samverka.accounts.emails."""
        raise ValueError(f"no text of ours for {template_prefix}")

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses on this site, as a path: never a host, a scheme or //."""
        return is_safe_path(url or "")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where one lands without a next address: the workspace, in the reader's language."""
        return local_path(settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the front page, in the reader's language."""
        return local_path(settings.LOGOUT_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the ways to sign in."""
        return reverse("account_sign_in_methods")

    def get_login_stages(self) -> list[str]:
        """Return the one step of ours between code or password and being signed in."""
        return ["samverka.web.account.stages.SecondFactorStage"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return how a person proves anew who they are: the second factor if there is one, else code or password."""
        theirs = [m for m in super().get_reauthentication_methods(user) if m["id"] != "reauthenticate"]
        if has_second_factor(user):
            return [m | {"description": DESCRIPTIONS[m["id"]]} for m in theirs]
        if not user.is_authenticated:
            return []
        return [
            {"id": name, "description": DESCRIPTIONS[name], "url": reverse(f"account_{name}")}
            for name in ("reauthenticate_code", *(("reauthenticate",) if user.has_usable_password() else ()))
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again only when the last proof is older than 15 minutes."""
        return not is_fresh(self.request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Remember the telephone if that was asked for, and ask a new person for their name."""
        remember = request.session.pop(REMEMBER, False) and not user.needs_second_factor
        request.session.set_expiry(settings.SESSION_REMEMBER_DAYS * 24 * 3600 if remember else None)
        response = super().post_login(request, user, **kwargs)
        if request.session.pop(NEW_ACCOUNT, False):
            address = f"{reverse('account_welcome')}?{urlencode({'next': response['Location']})}"
            return HttpResponseRedirect(address)
        return response


DESCRIPTIONS: dict[str, Any] = {
    "reauthenticate": _("Skriv ditt lösenord"),
    "reauthenticate_code": _("Få en kod med e-post"),
    "mfa_reauthenticate": _("Använd appen eller en reservkod"),
    "mfa_reauthenticate:webauthn": _("Använd en passnyckel"),
}


def is_safe_path(url: str) -> bool:
    """Whether `url` is a path on this site."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def notify_change(request: HttpRequest, user: Any, what: Any, to: str | None = None) -> None:
    """Mail the person that a way to sign in was changed, in their own language."""
    address = to or EmailAddress.objects.get_primary_email(user) or user.email
    email = SignInChanged(what=what, at=timezone.now(), device=device_name(request.headers.get("User-Agent", "")))
    outbox.send(email, to=address, language=get_language() or user.language)
