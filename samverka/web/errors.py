"""Error pages that help: what happened, and what to do now. Templates in errors/<status>.html."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from samverka.web.public.knowledge.former import moved


def error_page(
    request: HttpRequest, status: int, message: Any = "", *, template: str = "", **context: Any
) -> HttpResponse:
    """Answer with the page of `status`; `message` is what the person is told beside the page's own words."""
    return render(request, template or f"errors/{status}.html", {"message": message, **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: one can see the thing but may not do this."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the thing does not exist, or not for this person. An address that a page had before leads on (301)."""
    return moved(request) or error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. The page must hold even when the database does not: it asks for nothing."""
    return HttpResponseServerError(render_to_string("errors/500.html"))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: tried too often. allauth asks for it by the name handler429."""
    return error_page(request, 429, getattr(exception, "message", ""))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is from another session, mostly because the person signed in or out in another tab."""
    return error_page(request, 403, template="errors/403_csrf.html", kept=typed_texts(request))


def signed_out(request: HttpRequest) -> HttpResponse:
    """403: posted after the session had ended. What was typed stands on the page."""
    return error_page(request, 403, template="errors/signed_out.html", kept=typed_texts(request))


#: What a form carries beside what the person has typed.
_NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "idempotency_key", "version", "circle", "choice", "next"}
    | {"password", "password1", "password2", "oldpassword"}
)


def typed_texts(request: HttpRequest) -> list[str]:
    """Return the texts of a form that could not be taken, so that the person can copy them."""
    return [str(value) for name, value in request.POST.items() if name not in _NOT_TYPED and _is_typed(name, value)]


def _is_typed(name: str, value: Any) -> bool:
    """Whether a value is worth copying: what a note's box held, or several words. Keys, codes and numbers have none."""
    return bool(value.strip()) and (name.startswith("text") or len(value.split()) > 1)
