"""What a lawyer, an IT manager and a data protection officer need before they can say yes (users.md R8, H1, H12)."""

import threading
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverka.kernel import health, word
from samverka.kernel.access import public
from samverka.kernel.pdf import render_pdf
from samverka.organisations.terms import terms_version
from samverka.web.legal_papers import pdf_answer, terms_on_paper

from .about import provider
from .dpia import Assessment, assessment, assessment_docx
from .legal_facts import facts

_one_at_a_time = threading.Lock()


@public
def about_legal(request: HttpRequest) -> HttpResponse:
    """One page with all of it, to read, to print and to link into."""
    return render(request, "public/about/legal.html", {**provider(), **facts()})


@public
def about_stewardship(request: HttpRequest) -> HttpResponse:
    """Who looks after the service, what it costs, what comes, and how one leaves."""
    context = {
        **provider(),
        "version": health.product_version(),
        "cost": settings.COST.strip(),
        "source_url": settings.SOURCE_URL.strip(),
    }
    return render(request, "public/about/stewardship.html", context)


@public
def terms_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """A version of the terms, also one that has been replaced."""
    terms = terms_version(number)
    if terms is None:
        raise Http404
    return pdf_answer(terms_on_paper(terms), _("villkor-{number}").format(number=number))


@public
def dpia_template(request: HttpRequest, format: str) -> HttpResponse:
    """The template of an impact assessment, as PDF or DOCX."""
    if format not in {"pdf", "docx"}:
        raise Http404
    name = _("konsekvensbedomning")
    if format == "pdf":
        return pdf_answer(_drawn(assessment(), get_language() or "sv"), name)
    response = HttpResponse(_written(assessment(), get_language() or "sv"), content_type=word.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response


def _drawn(made: Assessment, language: str) -> bytes:
    """Return the PDF. Whoever asks while it is drawn waits for it instead of drawing it once more."""
    with _one_at_a_time:
        return _draw(made, language)


@lru_cache(maxsize=4)
def _draw(made: Assessment, language: str) -> bytes:
    return render_pdf("pdf/dpia.html", {"assessment": made}, title=made.title, language=language)


@lru_cache(maxsize=4)
def _written(made: Assessment, language: str) -> bytes:
    return assessment_docx(made)
