"""Whole addresses of the site's pages, for mails and files."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def site_address(route: str, *args: Any) -> str:
    """Return the whole address of the named route, in the language that is active."""
    return f"{settings.BASE_URL}{reverse(route, args=args)}"
