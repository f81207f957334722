"""The page that a form stood on."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def came_from(request: HttpRequest) -> str:
    """Return the path of the page the form was on, or "" when it is unknown or on another site."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(referer)
    # A path that begins with // would be read as another site.
    path = f"/{parts.path.lstrip('/')}"
    return f"{path}?{parts.query}" if parts.query else path


def page_of(request: HttpRequest) -> str:
    """Return the address to fetch in order to see the page again: after a POST the one that the form stood on, since
    the address it was sent to may be none that can be fetched.
    """
    return (came_from(request) if request.method == "POST" else "") or request.get_full_path()
