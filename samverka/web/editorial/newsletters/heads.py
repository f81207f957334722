"""What stands at an issue's head: its matter and addresses, its number, its subject, and its plain text."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.errors import Conflict
from samverka.newsletters.actions import issues as actions
from samverka.newsletters.actions.senders import draw_diary_number, set_diary_number
from samverka.newsletters.models import Issue
from samverka.newsletters.plain_text import made_text, mark_of
from samverka.newsletters.queries import text_in
from samverka.newsletters.resolving import resolve
from samverka.newsletters.subjects import subject_line
from samverka.web.components.refusals import refusals_on
from samverka.web.workspace.conflicts import conflict_rows

from .desk import Desk
from .forms import FactsForm, NumberForm, PlainForm, TextForm


@require_http_methods(["GET", "HEAD", "POST"])
def issue_facts(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """What the receiver is to do, and who answers."""
    found = desk.issue(issue)
    form = FactsForm(request.POST or None, instance=found, initial={"version": found.version})
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                actions.change_facts(
                    by=request.user, issue_id=issue, version=form.cleaned_data["version"], values=form.facts()
                )
                messages.success(request, _("Uppgifterna är sparade."))
                return redirect(desk.url("issue", issue))
        except Conflict as both:
            conflict = conflict_rows(form, both)
            form = FactsForm({**request.POST.dict(), "version": both.details["version"]}, instance=desk.issue(issue))
    context = desk.context(form=form, issue=found, conflict=conflict)
    return render(request, "editorial/issues/facts.html", context, status=_status(form, conflict))


@require_http_methods(["GET", "HEAD", "POST"])
def issue_text(request: HttpRequest, desk: Desk, issue: str, language: str) -> HttpResponse:
    """Subject and preview text in one language."""
    found = desk.issue(issue)
    text = text_in(found, language)
    form = TextForm(request.POST or None, instance=text, initial={"version": text.version})
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                values = {name: form.cleaned_data[name] for name in actions.TEXTS}
                actions.change_text(
                    by=request.user, issue_id=issue, language=language, version=form.cleaned_data["version"],
                    values=values,
                )  # fmt: skip
                messages.success(request, _("Ämnesraden är sparad."))
                return redirect(f"{desk.url('issue', issue)}?sprak={language}")
        except Conflict as both:
            conflict = conflict_rows(form, both)
            text = text_in(desk.issue(issue), language)
            form = TextForm({**request.POST.dict(), "version": both.details["version"]}, instance=text)
    context = desk.context(
        form=form, issue=found, conflict=conflict, language=language, around=_around(found, language)
    )
    return render(request, "editorial/issues/text.html", context, status=_status(form, conflict))


def _around(issue: Issue, language: str) -> str:
    """Return how the whole subject looks, with dots where it is written."""
    with translation.override(language):
        return subject_line(issue, "…")


@require_http_methods(["GET", "HEAD", "POST"])
def issue_plain(request: HttpRequest, desk: Desk, issue: str, language: str) -> HttpResponse:
    """The plain text: as the blocks make it, or as somebody has edited it. `do=remake` makes it anew."""
    found = desk.issue(issue)
    text = text_in(found, language)
    if request.POST.get("do") == "remake":
        actions.remake_plain_text(by=request.user, issue_id=issue, language=language)
        messages.success(request, _("Den rena texten är gjord på nytt från delarna."))
        return redirect(desk.url("issue_plain", issue, language))
    made = _made(found, language)
    form = PlainForm(request.POST or None, initial={"plain_text": text.plain_text or made, "version": text.version})
    conflict: list[Any] = []
    if form.is_valid():
        told = form.cleaned_data
        try:
            with refusals_on(form):
                actions.edit_plain_text(
                    by=request.user, issue_id=issue, language=language, version=told["version"],
                    text=told["plain_text"].replace("\r\n", "\n"),
                )  # fmt: skip
                messages.success(request, _("Den rena texten är sparad."))
                return redirect(f"{desk.url('issue', issue)}?sprak={language}")
        except Conflict as both:
            conflict = conflict_rows(form, both)
            form = PlainForm({**request.POST.dict(), "version": both.details["version"]})
    context = desk.context(
        form=form, issue=found, conflict=conflict, language=language, is_edited=bool(text.plain_text),
        is_old=bool(text.plain_text) and text.made_from != mark_of(made),
    )  # fmt: skip
    return render(request, "editorial/issues/plain.html", context, status=_status(form, conflict))


def _made(issue: Issue, language: str) -> str:
    data = resolve(issue, language)
    with translation.override(language):
        return made_text(data)


@require_http_methods(["GET", "HEAD", "POST"])
def issue_number(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """The diary number: typed, or the next of the sender's own series."""
    found = desk.issue(issue)
    form = NumberForm(request.POST or None, initial={"diary_number": found.diary_number})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if request.POST.get("do") == "draw":
                found = draw_diary_number(by=request.user, issue_id=issue)
            else:
                found = set_diary_number(by=request.user, issue_id=issue, number=form.cleaned_data["diary_number"])
            messages.success(request, _("Diarienumret är sparat."))
            return redirect(desk.url("issue", issue))
    context = desk.context(form=form, issue=found, has_series=bool(desk.sender and desk.sender.diary_pattern))
    return render(request, "editorial/issues/number.html", context, status=422 if form.is_bound else 200)


def _status(form: Any, conflict: list[Any]) -> int:
    return 409 if conflict else 422 if form.is_bound else 200
