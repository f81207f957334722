"""Asks the product itself whether one of its own pages is there for everybody: no network, nobody signed in."""

import io
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.translation import gettext as _


def is_own(url: str) -> bool:
    """Whether an address is one of this site's."""
    own, asked = urlsplit(settings.BASE_URL), urlsplit(url)
    return not asked.netloc or (asked.scheme, asked.netloc) == (own.scheme, own.netloc)


def own_fault(url: str) -> str:
    """Return why one of our own pages cannot be opened by everybody; "" when it can."""
    status, location = _ask(url)
    if status == 302 and "/konto/" in location:
        return _("Sidan kräver att man loggar in. Mottagarna kommer inte in.")
    if status in {404, 410}:
        return _("Sidan finns inte ({status}).").format(status=status)
    if status in {401, 403}:
        return _("Sidan är inte öppen för alla.")
    return _("Sidan svarar med ett fel ({status}).").format(status=status) if status >= 500 else ""


def _ask(url: str) -> tuple[int, str]:
    """Return the status that somebody who is not signed in is answered, and where the answer leads.

    The answer is not closed by the handler's signals: they would close the job's own connection to the database.
    """
    answer = _handler().get_response(WSGIRequest(_environ(url)))
    if answer.streaming and hasattr(answer.streaming_content, "close"):
        answer.streaming_content.close()
    return answer.status_code, answer.headers.get("Location", "")


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _environ(url: str) -> dict[str, Any]:
    asked, own = urlsplit(url), urlsplit(settings.BASE_URL)
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": unquote(asked.path or "/").encode().decode("latin-1"),
        "QUERY_STRING": asked.query, "SERVER_NAME": own.hostname or "localhost",
        "SERVER_PORT": str(own.port or (443 if own.scheme == "https" else 80)), "HTTP_HOST": own.netloc,
        "SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0),
        "wsgi.url_scheme": own.scheme, "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
