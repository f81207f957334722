"""Förbered själv: choose questions, say what one knows, take out the papers. Nothing is stored on the server.

The chosen questions stand in the address (`?steg=1.1&steg=1.3`) and can be shared. What is typed is posted when a paper
is made and is otherwise kept by the browser (js/prepare.js); without JavaScript each page posts it on to the next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel import word
from samverka.kernel.access import public
from samverka.kernel.pdf import CONTENT_TYPE as PDF
from samverka.kernel.pdf import render_pdf
from samverka.kernel.ratelimit import allow
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting, current_memberships
from samverka.organisations.rules import can_start_collaboration
from samverka.web.client import client_address
from samverka.web.components.words import duration
from samverka.web.errand import keep_errand

from .forms_prepare import PrepareForm
from .preparing import agenda, choice, invitation, workbook

#: Papers that one visitor may have drawn in ten minutes: a whole class may sit behind one address.
PAPERS = 60


@dataclass(frozen=True)
class Asked:
    """What one asks for: the chosen questions and what is known of the meeting."""

    choice: choice.Choice
    form: PrepareForm

    @property
    def is_complete(self) -> bool:
        """Whether a paper can be made of it; if not, the form says what is missing."""
        valid = self.form.is_valid()
        if not self.choice.steps:
            self.form.add_error(None, _("Välj minst en fråga."))
        return valid and bool(self.choice.steps)


def asked(request: HttpRequest) -> Asked:
    """Read the questions from the address or the form, and all other text from the form only."""
    model = choice.the_model()
    if request.method == "POST":
        return Asked(choice.choose(model, request.POST.getlist(choice.PARAMETER)), PrepareForm(request.POST))
    chosen = choice.choose(model, request.GET.getlist(choice.PARAMETER))
    return Asked(chosen if chosen.steps else choice.offered(model), PrepareForm({}))


@public
def prepare(request: HttpRequest) -> HttpResponse:
    """The one page to fill in. A POST comes back from a paper, or counts the time anew, without JavaScript."""
    what = asked(request)
    if request.method == "POST":
        return _page(request, what, status=200 if what.is_complete else 422)
    return _page(request, what)


@public
def prepare_agenda(request: HttpRequest) -> HttpResponse:
    """The agenda as a page to print."""
    return _paper(request, lambda what: _shown(request, "agenda", what, _agenda(what)))


@public
@require_POST
def prepare_agenda_pdf(request: HttpRequest) -> HttpResponse:
    """The agenda as PDF."""
    return _paper(request, lambda what: _pdf(request, "agenda", what, _agenda(what), "dagordning"))


@public
@require_POST
def prepare_workbook(request: HttpRequest, format: str) -> HttpResponse:
    """The blank workbook, as PDF or DOCX."""
    if format not in {"pdf", "docx"}:
        raise Http404
    return _paper(request, lambda what: _workbook(request, what, format))


@public
def prepare_invitation(request: HttpRequest) -> HttpResponse:
    """The draft of an invitation, to copy."""
    return _paper(request, lambda what: _shown(request, "invitation", what, _draft(what)))


@public
def prepare_start(request: HttpRequest) -> HttpResponse:
    """From the preparation to a collaboration: whom one acts for, or how to sign in first."""
    organisations = _may_start_for(request.user)
    return _paper(request, lambda what: _shown(request, "start", what, _to_begin(what, organisations)))


@public
@require_POST
def prepare_find(request: HttpRequest) -> HttpResponse:
    """Go and find one's organisation in the register; from there one is led back to begin."""
    chosen = choice.choose(choice.the_model(), request.POST.getlist(choice.PARAMETER))
    keep_errand(request, reverse("prepare_start") + chosen.query)
    return redirect("organisations")


def _to_begin(what: Asked, organisations: list[Organisation]) -> dict[str, Any]:
    labels = invitation.greeting_labels()
    return {
        "organisations": organisations, "greeting": invitation.greeting(what.form.known()), "greeting_labels": labels,
    }  # fmt: skip


def _may_start_for(user: Any) -> list[Organisation]:
    if not user.is_authenticated:
        return []
    held = [(m.organisation, Acting(user, m.organisation, (m,))) for m in current_memberships(user)]
    return list({found.pk: found for found, acting in held if can_start_collaboration(user, acting)}.values())


def _page(request: HttpRequest, what: Asked, *, status: int = 200) -> HttpResponse:
    model = what.choice.model
    minutes = agenda.total_minutes(what.choice.steps)
    few = choice.few(model)
    context = {
        "form": what.form,
        "choice": what.choice,
        "offer": choice.first_stop(model),
        "offer_name": choice.first_stop_name(model),
        "offer_query": choice.offered(model).query,
        "offer_time": agenda.in_short(agenda.total_minutes(choice.offered(model).steps)),
        "few": few,
        "few_time": agenda.in_short(agenda.total_minutes(few.steps)),
        "further": choice.further(what.choice),
        "minutes": agenda.in_short(minutes),
        "too_long": minutes > agenda.EVENING,
        "lengths": agenda,
    }
    return render(request, "public/prepare/prepare.html", context, status=status)


def _paper(request: HttpRequest, make: Callable[[Asked], HttpResponse]) -> HttpResponse:
    what = asked(request)
    return make(what) if what.is_complete else _page(request, what, status=422)


def _known(what: Asked) -> dict[str, Any]:
    known = what.form.known()
    return {"known": known, "choice": what.choice, "facts": workbook.meeting_facts(known)}


def _agenda(what: Asked) -> dict[str, Any]:
    with translation.override(what.choice.model.language):
        made = agenda.make_agenda(what.choice.steps, what.form.starts_at)
        title = what.form.cleaned_data["title"]
        return {
            **_known(what),
            "agenda": made,
            "paper_title": _("Dagordning: {title}").format(title=title) if title else _("Dagordning för mötet"),
            "length": duration(made.minutes),
            "promises": range(5),
        }


def _draft(what: Asked) -> dict[str, Any]:
    with translation.override(what.choice.model.language):
        return {"draft": invitation.draft_invitation(what.choice, what.form.known())}


def _shown(request: HttpRequest, name: str, what: Asked, context: dict[str, Any]) -> HttpResponse:
    """Answer with a page that carries on what was typed, in hidden fields."""
    carried = [(field, value) for field, value in what.form.cleaned_data.items() if value]
    context |= {"choice": what.choice, "carried": carried, "purpose": what.form.cleaned_data["purpose"]}
    context |= {"title": what.form.cleaned_data["title"]}
    return render(request, f"public/prepare/{name}.html", context)


def _pdf(request: HttpRequest, name: str, what: Asked, context: dict[str, Any], file_name: str) -> HttpResponse:
    _count(request)
    language = what.choice.model.language
    paper_title = context["paper_title"]
    drawn = render_pdf(f"pdf/prepare_{name}.html", context, title=paper_title, language=language)
    return _file(drawn, PDF, f"{file_name}.pdf")


def _workbook(request: HttpRequest, what: Asked, format: str) -> HttpResponse:
    with translation.override(what.choice.model.language):
        known = what.form.known()
        if format == "docx":
            _count(request)
            return _file(workbook.workbook_docx(what.choice, known), word.CONTENT_TYPE, "arbetsbok.docx")
        context = _known(what) | {
            "paper_title": workbook.workbook_title(known),
            "how_to": workbook.how_to(what.choice.model.name),
            "pages": [(step, workbook.to_write(step)) for step in what.choice.steps],
            "promises": range(workbook.PROMISES),
            "address": settings.BASE_URL + reverse("prepare"),
        }
        return _pdf(request, "workbook", what, context, "arbetsbok")


def _count(request: HttpRequest) -> None:
    """Count the paper against the visitor's limit; the row holds the address and a number, nothing else."""
    allow(f"paper:{client_address(request)}", most=PAPERS, within=timedelta(minutes=10))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
