"""Pages about the service itself: what it is, who answers for it, what is public, how accessible it is."""

import functools
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from samverka.kernel import health
from samverka.kernel.access import public
from samverka.kernel.purge import declarations


@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/about.html", {**_provider(), "version": health.product_version()})


@public
def public_documents(request: HttpRequest) -> HttpResponse:
    """What becomes an allmän handling, and when (users.md R1)."""
    return render(request, "public/about/public_documents.html")


@public
def registrars(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/registrars.html", _provider())


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that lagen (2018:1937) om tillgänglighet till digital offentlig service asks for."""
    return render(request, "public/about/accessibility.html", {**_provider(), "statement": _statement(get_language())})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice: every kind of personal data that the apps have declared."""
    return render(request, "public/about/privacy.html", {**_provider(), "declarations": declarations()})


@public
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/contact.html", _provider())


@public
def status(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/status.html", {"status": health.public_status(), **_provider()})


def _provider() -> dict[str, Any]:
    return {
        "provider": settings.HOST_ORGANISATION,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
    }


@functools.lru_cache(maxsize=4)
def _statement(language: str | None) -> dict[str, Any]:
    """Return content/accessibility.yaml with each text in one language."""
    content = yaml.safe_load((settings.CONTENT_DIR / "accessibility.yaml").read_text(encoding="utf-8"))
    said: dict[str, Any] = _in_language(content, (language or "sv").split("-")[0])
    return said


def _in_language(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"sv", "en"}:
            return value[language] if language in value else value["sv"]
        return {key: _in_language(part, language) for key, part in value.items()}
    return [_in_language(part, language) for part in value] if isinstance(value, list) else value
