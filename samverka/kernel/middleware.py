"""Kernel middleware: a request id, the two health addresses, one header, one character that is refused."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import BadRequest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict, UnreadablePostError
from structlog.contextvars import bind_contextvars, clear_contextvars

from .ids import public_id
from .logs import keep_quiet_for

NUL = "\0"
Handler = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("samverka.request")


def request_id(get_response: Handler) -> Handler:
    """Give every request an id: in each log line, in the audit trail and in the answer's X-Request-ID."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        clear_contextvars()
        identity = public_id()
        bind_contextvars(request_id=identity)
        start = time.perf_counter()
        response = get_response(request)
        response["X-Request-ID"] = identity
        # A file of the frame with no page beside it would tell that somebody was at a page that is not logged.
        is_file = request.resolver_match is None and response.status_code < HTTPStatus.BAD_REQUEST
        if is_file or request.path.startswith("/health/"):
            clear_contextvars()
            return response
        # The path without its query: what a person searched for is theirs.
        route = request.resolver_match.route if request.resolver_match else "-"
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round((time.perf_counter() - start) * 1000, 1),
        )
        clear_contextvars()
        return response

    return handle


class UnloggedMiddleware:
    """Keeps the logs quiet while a page answers that is marked as unlogged, from before anything can refuse it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Look whether the view is marked."""
        keep_quiet_for(view)


def health(get_response: Handler) -> Handler:
    """Answer /health/live (the process runs) and /health/ready (the database answers) before anything else."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if request.path == "/health/live":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/health/ready":
            return _ready()
        return get_response(request)

    return handle


def _ready() -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "ok"})


class NoNulMiddleware:
    """Refuses (400) an address or a form with a NUL character, which PostgreSQL keeps in no text and nobody types. A
    cookie with one is as if it had not been sent.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Drop such cookies before the session is looked for, and pass the request on."""
        for name in [name for name, value in request.COOKIES.items() if NUL in name + value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raise BadRequest for a page that would have to look for such a text."""
        if NUL in request.path or _holds_nul(request.GET) or _holds_nul(_form(request)):
            raise BadRequest("NUL")


def _form(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except UnreadablePostError:
        # Broken off on the way: the check of the form's token answers that.
        return QueryDict()


def _holds_nul(sent: QueryDict) -> bool:
    return any(NUL in name or any(NUL in value for value in values) for name, values in sent.lists())


def permissions_policy(get_response: Handler) -> Handler:
    """Turn off what the product never uses; passkeys stay."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
        )
        return response

    return handle
