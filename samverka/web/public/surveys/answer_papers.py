"""The blank form of a round, for anybody to read in advance."""

import threading
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.questionnaires.models import Version
from samverka.questionnaires.reading import definition_of
from samverka.surveys.enums import RoundState
from samverka.surveys.models import Round
from samverka.web.components.words import language
from samverka.web.questionnaire_papers import blank_form_pdf

from .answer_start import about_round

_one_at_a_time = threading.Lock()


@public
@require_GET
def survey_blank_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions on paper, as long as the round is open."""
    rounds = Round.objects.filter(slug=slug, state=RoundState.OPEN).select_related("version")
    found = rounds.defer("version__document").first()
    if found is None:
        raise NotVisible
    with _one_at_a_time:
        pdf = _drawn(found.version.pk, language(), tuple(about_round(found).items()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.slug}.pdf"'
    return response


@lru_cache(maxsize=16)
def _drawn(version_pk: int, language_code: str, about: tuple[tuple[str, Any], ...]) -> bytes:
    """Draw the form once in each process: a published version never changes, and what is said of the round is asked."""
    version = Version.objects.defer("document").get(pk=version_pk)
    return blank_form_pdf(definition_of(version), language_code, dict(about))
