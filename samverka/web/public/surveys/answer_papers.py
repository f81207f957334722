"""The blank form of a round, for anybody to read in advance."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.questionnaires.reading import definition_of
from samverka.surveys.enums import RoundState
from samverka.surveys.models import Round
from samverka.web.components.words import language
from samverka.web.questionnaire_papers import blank_form_pdf

from .answer_start import about_round


@public
@require_GET
def survey_blank_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions on paper, as long as the round is open."""
    rounds = Round.objects.filter(slug=slug, state=RoundState.OPEN).select_related("version")
    found = rounds.defer("version__document").first()
    if found is None:
        raise NotVisible
    pdf = blank_form_pdf(definition_of(found.version), language(), about_round(found))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.slug}.pdf"'
    return response
