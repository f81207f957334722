"""Before a way to sign in is changed, the person has proven who they are within the last quarter of an hour."""

import functools
import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from samverka.kernel.access import View

from .person import person

#: seconds
FRESH = 15 * 60


def has_second_factor(user: Any) -> bool:
    """Whether a second factor is asked of the person: an app; or, for a role of the host, a passkey too."""
    if not user.is_authenticated:
        return False
    kinds = [Authenticator.Type.TOTP]
    if user.needs_second_factor:
        kinds.append(Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who they are within 15 minutes, with the second factor if they have one."""
    strong = has_second_factor(person(request))
    return any(
        time.time() - record["at"] < FRESH and (record["method"] == "mfa" or not strong)
        for record in get_authentication_records(request, person(request))
    )


def recently_confirmed(view: View) -> View:
    """Let through who is fresh; others prove it first and come back to this page."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        from allauth.account.adapter import get_adapter

        methods = get_adapter(request).get_reauthentication_methods(person(request))
        target = methods[0]["url"] if methods else reverse("account_login")
        return HttpResponseRedirect(f"{target}?{urlencode({'next': request.path})}")

    return checked
