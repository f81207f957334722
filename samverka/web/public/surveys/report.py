"""The report of a round for everybody: its latest edition, an earlier one, and each as PDF."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samverka.kernel.access import public
from samverka.kernel.ratelimit import allow
from samverka.surveys.models import Edition
from samverka.surveys.queries.reports import editions_of, shown_edition
from samverka.web.client import client_address
from samverka.web.components.words import day, language

from .kept import drawn
from .report_drawing import drawn_chapters, report_pdf

#: What an edition is drawn as never changes; it is kept for a day, so that a new release may draw it anew.
_KEPT = 24 * 3600
MOST_FILES, FILES_WITHIN = 30, timedelta(minutes=10)


@public
def survey_report(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest edition."""
    return _page(request, shown_edition(slug, language()))


@public
def survey_report_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, with a word on what has come after it."""
    return _page(request, shown_edition(slug, language(), number))


@public
def survey_report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest edition as PDF."""
    return _paper(request, shown_edition(slug, language()))


@public
def survey_report_edition_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition as PDF."""
    return _paper(request, shown_edition(slug, language(), number))


def _page(request: HttpRequest, edition: Edition) -> HttpResponse:
    editions = editions_of(edition)
    context = {
        "edition": edition,
        "document": edition.document,
        "round": edition.report.round,
        "body": _body(edition),
        "editions": editions,
        "latest": editions[0],
        "cite": cite(edition),
        "address": address_of(edition),
        "is_other_language": edition.report.language != language(),
    }
    return render(request, "public/surveys/report.html", context)


def _body(edition: Edition) -> SafeString:
    """Return the chapters, drawn once."""
    key = f"report-body:1:{edition.pk}"
    body: str | None = cache.get(key)
    if body is None:
        body = str(draw_body(edition.document))
        cache.set(key, body, _KEPT)
    return drawn(body)


def draw_body(document: dict[str, Any]) -> SafeString:
    """Return contents and chapters of a document, in its own language."""
    with translation.override(document["language"]):
        context = {"document": document, "chapters": drawn_chapters(document)}
        return render_to_string("public/surveys/report/_body.html", context)


def _paper(request: HttpRequest, edition: Edition) -> HttpResponse:
    allow(f"survey-report:{client_address(request)}", most=MOST_FILES, within=FILES_WITHIN)
    key = f"report-pdf:1:{edition.pk}:{edition.withdrawn_at}"
    paper: bytes | None = cache.get(key)
    if paper is None:
        paper = report_pdf(edition.document, {"edition": edition, "cite": cite(edition)})
        cache.set(key, paper, _KEPT)
    response = HttpResponse(paper, content_type="application/pdf")
    name = f"rapport-{edition.report.round.slug}-{edition.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def address_of(edition: Edition) -> str:
    """Return the whole address of an edition, which always leads to the same text and figures."""
    with translation.override(edition.report.language):
        path = reverse("survey_report_edition", args=[edition.report.round.slug, edition.number])
    return f"{settings.BASE_URL}{path}"


def cite(edition: Edition) -> str:
    """Return how one refers to an edition, in its own language."""
    with translation.override(edition.report.language):
        document = edition.document
        return _("{who} ({year}). {title}. Utgåva {number}, {day}. {address}").format(
            who=document["round"]["sender"] or settings.SITE_NAME, year=edition.published_at.year,
            title=document["title"], number=edition.number, day=day(edition.published_at), address=address_of(edition),
        )  # fmt: skip
