"""Pages about the service itself: what it is, who answers for it, what is public, how accessible it is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.kernel import health
from samverka.kernel.access import public
from samverka.kernel.purge import declarations
from samverka.kernel.texts import content_texts


@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/about.html", {**provider(), "version": health.product_version()})


@public
def public_documents(request: HttpRequest) -> HttpResponse:
    """What becomes an allmän handling, and when (users.md R1)."""
    return render(request, "public/about/public_documents.html")


@public
def registrars(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/registrars.html", provider())


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that lagen (2018:1937) om tillgänglighet till digital offentlig service asks for."""
    context = {**provider(), "statement": content_texts("accessibility.yaml")}
    return render(request, "public/about/accessibility.html", context)


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice: every kind of personal data that the apps have declared."""
    return render(request, "public/about/privacy.html", {**provider(), "declarations": declarations()})


@public
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/contact.html", provider())


@public
def status(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/status.html", {"status": health.public_status(), **provider()})


def provider() -> dict[str, Any]:
    """Return who provides the installation and how they are reached, for a page's context."""
    return {
        "provider": settings.HOST_ORGANISATION,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
    }
