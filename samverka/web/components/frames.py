"""A mail's own HTML shown inside a page: in a frame that can run nothing and reach nothing."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.http import HttpResponse

#: Mails carry their styles with them; a sandbox without permissions runs no scripts and sends no forms.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; "
    "base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)

View = Callable[..., Any]


def may_frame(view: View) -> View:
    """Let the page of `view` hold a frame with another of our own pages."""
    framing: View = csp_update({"frame-src": ["'self'"]})(view)
    return framing


def framed_html(html: str) -> HttpResponse:
    """Answer with a mail's HTML, to be shown in an `<iframe sandbox>`; links open in a window of their own."""
    response = HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))
    response["Content-Security-Policy"] = _MAIL_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
