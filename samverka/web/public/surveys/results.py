"""Results of rounds for everybody: which there are, each figure, and the two sides beside each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.surveys.background import day_of
from samverka.surveys.enums import RoundState
from samverka.surveys.models import Round
from samverka.surveys.queries.reports import with_report
from samverka.surveys.response_rate import response_rates
from samverka.surveys.series import published_rounds

from . import results_words as words
from .kept import kept_page
from .results_compare import comparison_page
from .results_map import MapChoice, map_parts
from .results_page import Choice, results_parts


@public
def rounds(request: HttpRequest) -> HttpResponse:
    """What the mapping is, the rounds whose results are public, and those under way."""
    real = Round.objects.real().filter(published_at__isnull=True)
    under_way = real.filter(state__in=[RoundState.OPEN, RoundState.CLOSED]).order_by("closes_on", "pk")
    shown = published_rounds()
    rates = response_rates(shown)
    published = [(one, day_of(one).year, words.who_answered(rates[one.pk], one.side)) for one in shown]
    reports = with_report([one.slug for one in shown])
    context = {"published": published, "reports": reports, "under_way": under_way, "open": RoundState.OPEN}
    return render(request, "public/surveys/results_rounds.html", context)


@public
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """A round's results: every figure in short, or the one that the address names."""
    found = published_round(slug)
    choice = Choice.of(found, request.GET)
    page = kept_page(found, f"results{choice.address()}", lambda: results_parts(found, choice))
    context = {"page": page, "report_of": slug if with_report([slug]) else ""}
    return render(request, "public/surveys/results.html", context)


@public
def answer_map(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A figure on the map, with what each answered beside, in alphabetical order."""
    found = published_round(slug)
    chosen = MapChoice.of(found, code, request.GET)
    page = kept_page(found, f"map:{code}:{chosen.option}", lambda: map_parts(found, chosen))
    return render(request, "public/surveys/results_map.html", {"page": page})


@public
def comparison(request: HttpRequest) -> HttpResponse:
    """What public bodies and associations answered to the same question."""
    return render(request, "public/surveys/results_compare.html", comparison_page(request.GET))


def published_round(slug: str) -> Round:
    """Return the round with that slug whose results are public. Raises NotVisible."""
    found: Round | None = (
        Round.objects.real()
        .filter(slug=slug, published_at__isnull=False)
        .select_related("version__questionnaire")
        .first()
    )
    if found is None:
        raise NotVisible
    return found
