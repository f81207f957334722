"""The person who asks, for views that only the signed-in reach."""

from typing import cast

from django.http import HttpRequest

from samverka.accounts.models import User


def person(request: HttpRequest) -> User:
    """Return the signed-in person; only behind @signed_in, @requires or a check of `is_authenticated`."""
    return cast(User, request.user)
