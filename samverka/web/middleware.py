"""Domain errors become pages in one place, and a host role is used only with a second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from samverka.kernel.errors import Busy, Conflict, DomainError, NotAllowed, NotVisible, Refused, SignedOut
from samverka.kernel.ratelimit import TooMany

from .account.person import person
from .came_from import came_from
from .components.uploads import MOST_BYTES, files_taken, most_bytes
from .errors import error_page, signed_out

Handler = Callable[[HttpRequest], HttpResponseBase]
STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (NotVisible, 404), (NotAllowed, 403), (Conflict, 409), (TooMany, 429), (Busy, 503), (Refused, 400),
)  # fmt: skip


class DomainErrorMiddleware:
    """Answers what a view let through: 403, 404, 409, 429 and 503 as pages; a refused form as a message on its page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the answer for a domain error; others are left to Django."""
        if not isinstance(error, DomainError):
            return None
        if isinstance(error, SignedOut):
            return signed_out(request)
        status = next((code for kind, code in STATUS if isinstance(error, kind)), 400)
        back = came_from(request)
        if status == 400 and request.method == "POST" and back:
            messages.error(request, str(error.message))
            return HttpResponseClientRedirect(back) if getattr(request, "htmx", False) else HttpResponseRedirect(back)
        return error_page(request, status, error.message, **{"theirs": "", "yours": "", **error.details})


def body_size(get_response: Handler) -> Handler:
    """Refuse (413) a larger body than the person may send to the address, before any of it is read."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        size = request.META.get("CONTENT_LENGTH") or "0"
        sent = int(size) if str(size).isdecimal() else 0
        if sent > MOST_BYTES and sent > most_bytes(request):
            taken = files_taken(request)
            signed_out = taken is not None and taken.link is None and not request.user.is_authenticated
            return error_page(request, 413, signed_out=signed_out)
        return get_response(request)

    return handle


#: Where a person may go who has yet to prove the second factor, and who has yet to get one.
PROVE = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"})
ENROL = frozenset({"account_sign_in_methods", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate",
                   "account_reauthenticate_code"})  # fmt: skip


class SecondFactorMiddleware:
    """Keeps a signed-in person with a host role at the second factor until it is proven in this session."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Send such a person to the page that asks for it, and back afterwards."""
        user = request.user
        if not user.is_authenticated or not user.needs_second_factor or has_proven_second_factor(request):
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        enrolled = is_mfa_enabled(user, types=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
        if name in PROVE or (not enrolled and name in ENROL):
            return None
        if not enrolled:
            return HttpResponseRedirect(reverse("account_sign_in_methods"))
        codes = is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
        target = reverse("mfa_reauthenticate" if codes else "mfa_reauthenticate_webauthn")
        here = request.get_full_path() if request.method == "GET" else reverse("account_overview")
        return HttpResponseRedirect(f"{target}?{urlencode({'next': here})}")


def has_proven_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was given in this session; enrolling one writes no such record."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, person(request)))
