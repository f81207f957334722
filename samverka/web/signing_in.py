"""The e-mail address that somebody has just given, kept in the session for the page where one signs in."""

from django.http import HttpRequest

_KEY = "address_given"


def remember_address(request: HttpRequest, address: str) -> None:
    """Keep the e-mail address that the person in this browser gave; nothing when none was given."""
    if address:
        request.session[_KEY] = address


def remembered_address(request: HttpRequest) -> str:
    """Return the address that was given in this browser, or ""."""
    return str(request.session.get(_KEY, ""))
