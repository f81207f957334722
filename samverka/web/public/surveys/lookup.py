"""Suggestions out of the register while somebody types a name in a questionnaire. Leaves no trace of what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from samverka.kernel.access import public
from samverka.kernel.logs import unlogged
from samverka.kernel.pace import keep_pace
from samverka.questionnaires.values import CHOSEN
from samverka.web.components.register_lookup import suggested

#: So many a minute, of all together, in each process.
MOST_A_MINUTE = 600


@public
@unlogged
@require_POST
def survey_lookup(request: HttpRequest) -> HttpResponse:
    """The organisations that may be meant. What is typed comes under the name of its question."""
    keep_pace("survey_lookup", most=MOST_A_MINUTE, seconds=60)
    # Beside the text what was chosen comes under the same name, empty while somebody types.
    sent = [text for name in request.POST if name != "csrfmiddlewaretoken" for text in request.POST.getlist(name)]
    text = next((text for text in sent if text and not text.startswith(CHOSEN)), "")
    return render(request, "components/questionnaire/suggestions.html", {"found": suggested(text)})
