"""The rounds of a mapping as analysts see them: the list, one round's page, starting one and changing its facts."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.kernel.text import slug as as_slug
from samverka.surveys import addresses
from samverka.surveys.actions import round_states, rounds
from samverka.surveys.advice import warnings_of
from samverka.surveys.enums import RoundState
from samverka.surveys.models import Reminder, Round
from samverka.surveys.queries.board import board
from samverka.surveys.queries.minutes import MOST, block_times
from samverka.surveys.reminding import plan
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import language
from samverka.web.workspace.conflicts import conflict_rows

from .forms_rounds import RoundForm, WhyForm

PAGE_SIZE = 50


def round_called(slug: str) -> Round:
    """Return the round of that name with its questionnaire. Raises NotVisible."""
    rows = Round.objects.select_related("version__questionnaire", "previous").defer("version__document")
    found: Round | None = rows.filter(slug=slug).first()
    if found is None:
        raise NotVisible
    return found


@requires(can_run_surveys)
def editorial_rounds(request: HttpRequest) -> HttpResponse:
    """All rounds: those that are prepared first, then the newest."""
    rows = Round.objects.select_related("version__questionnaire").defer("version__document").order_by("-id")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, "editorial/rounds.html", {"page": page})


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_round_add(request: HttpRequest) -> HttpResponse:
    """Prepare a round."""
    form = RoundForm(request.POST or None, new=True, initial=_first_values())
    if form.is_valid():
        slug = form.cleaned_data["slug"] or as_slug(form.cleaned_data["title"])[:60].strip("-")
        with refusals_on(form):
            made = rounds.prepare_round(
                by=request.user, slug=slug, questionnaire=form.cleaned_data["questionnaire"], values=form.facts()
            )
            messages.success(request, _("Omgången är förberedd. Välj nu vilka som ska frågas."))
            return redirect("editorial_round", made.slug)
    return render(request, "editorial/round_add.html", {"form": form}, status=422 if form.is_bound else 200)


def _first_values() -> dict[str, Any]:
    """Return what a new round most likely has: what the latest one had."""
    latest = Round.objects.real().order_by("-id").first()
    kept = ("sender", "contact_name", "contact_email", "contact_phone", "at_hand")
    return {
        "slug": str(timezone.localdate().year),
        **({name: getattr(latest, name) for name in kept} if latest else {}),
    }


@requires(can_run_surveys)
def editorial_round(request: HttpRequest, slug: str) -> HttpResponse:
    """One round: how far it is, what to think about, when it reminds, how long its blocks take."""
    found = round_called(slug)
    context = {
        "round": found,
        "counts": board(found).total,
        "warnings": warnings_of(found),
        "missing": round_states.missing_facts(found) if found.state == RoundState.PREPARED else [],
        "reminders": _reminders(found),
        "times": block_times(found, language()),
        "most": MOST,
        "open_url": addresses.open_address(found) if found.is_anonymous else "",
        "blank_url": addresses.blank_form_address(found),
        "samples": list(found.samples.all()),
        "today": timezone.localdate(),
    }
    return render(request, "editorial/round.html", context)


def _reminders(found: Round) -> list[tuple[Any, int]]:
    """Return each planned reminder with how many have had it."""
    sent = list(Reminder.objects.filter(asked__round=found).values_list("number", flat=True))
    return [(planned, sent.count(planned.number)) for planned in plan(found.closes_on)]


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_round_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the facts of a round; two who save at once see both."""
    found = round_called(slug)
    settled, stands = rounds.is_settled(found), {"version": found.row_version}
    form = RoundForm(request.POST or None, instance=found, new=False, settled=settled, initial=stands)
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                version = form.cleaned_data["version"] or 0
                rounds.change_round(by=request.user, slug=slug, version=version, values=form.facts())
                messages.success(request, _("Uppgifterna är sparade."))
                return redirect("editorial_round", slug)
        except Conflict as both:
            conflict = conflict_rows(form, both)
            typed = {**request.POST.dict(), "version": str(round_called(slug).row_version)}
            form = RoundForm(typed, instance=found, new=False, settled=settled)
    context = {"form": form, "conflict": conflict, "round": found, "settled": settled}
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "editorial/round_edit.html", context, status=status)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_round_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Open, close, open again, or let everybody see the results: whichever comes next."""
    found = round_called(slug)
    form = WhyForm(request.POST or None) if request.POST.get("do") == "reopen" else WhyForm()
    if request.method == "POST" and (said := _moved(request, found, form)):
        messages.success(request, said)
        return redirect("editorial_round", slug)
    context = {
        "round": found,
        "form": form,
        "warnings": warnings_of(found),
        "missing": round_states.missing_facts(found) if found.state == RoundState.PREPARED else [],
    }
    return render(request, "editorial/round_state.html", context, status=422 if request.method == "POST" else 200)


def _moved(request: HttpRequest, found: Round, form: WhyForm) -> str:
    """Do what was asked; return what is said of it, "" when something is missing."""
    moves = {
        "open": (round_states.start_round, _("Omgången är öppen. Nu går det att bjuda in.")),
        "close": (round_states.close_round, _("Omgången är stängd.")),
        "publish": (round_states.publish_results, _("Resultatet visas nu för alla.")),
    }
    do = request.POST.get("do", "")
    if do in moves:
        action, said = moves[do]
        action(by=request.user, slug=found.slug)
        return said
    if do == "reopen" and form.is_valid():
        with refusals_on(form):
            round_states.reopen_round(by=request.user, slug=found.slug, why=form.cleaned_data["why"])
            return _("Omgången är öppen igen.")
    return ""
