"""Results before everybody sees them, and letting everybody see them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.surveys.actions import publish_results
from samverka.surveys.enums import RoundState
from samverka.surveys.models import Round
from samverka.surveys.rules import can_run_surveys
from samverka.web.public.surveys.results_page import Choice, results_page


@requires(can_run_surveys)
def editorial_results(request: HttpRequest) -> HttpResponse:
    """Every round that has been opened, newest first."""
    rounds = Round.objects.exclude(state=RoundState.PREPARED).order_by("-opened_at")
    return render(request, "editorial/results.html", {"rounds": rounds})


@requires(can_run_surveys)
def editorial_results_round(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page as everybody will see, marked as preliminary."""
    found = _round(slug)
    may_publish = found.state == RoundState.CLOSED and not found.is_test and not found.published_at
    context = results_page(found, Choice.of(found, request.GET)) | {"preliminary": True, "may_publish": may_publish}
    return render(request, "editorial/results_round.html", context)


@requires(can_run_surveys)
@require_POST
def editorial_results_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody see the results."""
    found = _round(slug)
    publish_results(by=request.user, round_id=found.pk)
    messages.success(request, _("Nu kan alla se resultaten av {round}.").format(round=found))
    return redirect("survey_results", slug=found.slug)


def _round(slug: str) -> Round:
    """Return the round with that slug. Raises NotVisible."""
    found: Round | None = Round.objects.filter(slug=slug).select_related("version__questionnaire").first()
    if found is None:
        raise NotVisible
    return found
