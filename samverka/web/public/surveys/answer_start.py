"""The first page of a form: who asks, what, until when, and the blocks with how far each has come."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import public
from samverka.questionnaires.reading import definition_of, engine_of
from samverka.surveys.actions import begin, leave, mark_done
from samverka.surveys.blocks import blocks_of
from samverka.surveys.enums import AskedState, RoundState
from samverka.surveys.models import Answer, Passed, Round
from samverka.surveys.offers import offers_of
from samverka.surveys.sheet import progress_of, sheet_of
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.words import language

from .answer_block import takes_answers
from .answer_form import today
from .forms_answer import NameForm
from .respondent import Link, open_form, open_passed, posted, remember


@dataclass(frozen=True)
class BlockRow:
    """A block as the list shows it."""

    code: str
    label: str
    minutes: int | None
    suits: str
    answered: int
    shown: int
    last: Answer | None
    passed: Passed | None
    url: str


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_form(request: HttpRequest, key: str) -> HttpResponse:
    """The form of one who is asked. Opening it changes nothing: a mail scanner does that too."""
    link = open_form(request, key)
    if link.holder.asked.state in {AskedState.HANDED_OVER, AskedState.SIGNED}:
        return redirect(link.to("survey_receipt"))
    return _start(request, link)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_passed(request: HttpRequest, key: str) -> HttpResponse:
    """The blocks that somebody was passed."""
    return _start(request, open_passed(request, key))


@public
@require_POST
def survey_passed_done(request: HttpRequest, key: str) -> HttpResponse:
    """Say that one's blocks are done."""
    link = open_passed(request, key)
    mark_done(by=link.holder)
    leave(by=link.holder, key=link.window)
    return HttpResponseRedirect(link.form_url)


def _start(request: HttpRequest, link: Link) -> HttpResponse:
    form = NameForm(posted(request), initial={"name": link.holder.name})
    rows = block_rows(link)
    if request.method == "POST" and form.is_valid():
        begin(by=link.holder)
        codes = [row.code for row in rows]
        wanted = request.POST.get("till", "")
        goal = wanted if wanted in codes else _first_unfinished(rows)
        onwards = link.block_url(goal) if goal else link.form_url
        # What only has to be confirmed comes first, unless the reader was on the way to some block.
        if wanted not in codes and offered_count(link):
            onwards = link.to("survey_prefill")
        response = HttpResponseRedirect(onwards)
        remember(response, link, form.cleaned_data["name"])
        return response
    status = 422 if form.is_bound else 200
    return render(request, "public/surveys/answer_start.html", _context(request, link, form, rows), status=status)


def offered_count(link: Link) -> int:
    """Return how many answers wait for a yes: from the round before, or known in here. None for a colleague."""
    asked = link.holder.asked
    return len(offers_of(asked, sheet_of(asked)).by_code) if takes_answers(link) and not link.is_passed else 0


def _first_unfinished(rows: list[BlockRow]) -> str:
    return next((row.code for row in rows if row.answered < row.shown), rows[0].code if rows else "")


def _context(request: HttpRequest, link: Link, form: NameForm, rows: list[BlockRow]) -> dict[str, Any]:
    asked, found = link.holder.asked, link.holder.asked.round
    words = AnswerWords(definition_of(found.version), language())
    return {
        "link": link, "asked": asked, "round": found, "form": form, "rows": rows, "till": request.GET.get("till", ""),
        "title": words.text(words.definition.title), "takes_answers": takes_answers(link),
        "is_prepared": found.state == RoundState.PREPARED, "is_closed": found.state == RoundState.CLOSED,
        "has_declined": asked.state == AskedState.DECLINED, "at_hand": lines(found.at_hand),
        "minutes": sum(row.minutes or 0 for row in rows), "passed": link.holder.passed, "about": about_round(found),
        "has_begun": _has_begun(link), "is_reopened": bool(asked.reopened_at),
        "offered": offered_count(link),
    }  # fmt: skip


def _has_begun(link: Link) -> bool:
    """Return whether the reader goes on rather than begins; a colleague begins whatever others have done."""
    return bool(link.holder.name) if link.is_passed else link.holder.asked.state == AskedState.BEGUN


def block_rows(link: Link) -> list[BlockRow]:
    """Return the blocks that the link opens and that are shown, with how far each has come."""
    asked = link.holder.asked
    engine, sheet = engine_of(asked.round.version), sheet_of(asked)
    outcome = engine.evaluate(sheet.answers(), today=today())
    passed_on = _passed_on(link)
    shown = [block for block in link.holder.of(blocks_of(engine.definition))
             if not block.section or (block.section, None) in outcome.shown]  # fmt: skip
    words = AnswerWords(engine.definition, language())
    return [
        BlockRow(
            block.code, words.text(block.label), block.minutes, words.suits(block),
            *progress_of(sheet, outcome, block), sheet.written_by(block), passed_on.get(block.code),
            link.block_url(block.code),
        )
        for block in shown
    ]  # fmt: skip


def _passed_on(link: Link) -> dict[str, Passed]:
    """Return {block: who has it}, for those who hold the whole form."""
    if link.is_passed:
        return {}
    there = Passed.objects.filter(asked=link.holder.asked, withdrawn_at=None)
    return {code: passed for passed in there for code in passed.blocks}


def lines(text: str) -> list[str]:
    """Return the lines of a text that has one thing a line."""
    return [line.strip(" -•*\t") for line in text.splitlines() if line.strip()]


def about_round(found: Round) -> dict[str, Any]:
    """Return what is said of a round on the form and on paper: duty, consultation, contact."""
    consulted = ", ".join(part for part in (found.consulted_with, found.consultation_diary_number) if part)
    contact = (found.contact_name, found.contact_phone, found.contact_email)
    return {
        "sender": found.sender, "closes_on": found.closes_on, "provision": found.provision, "consulted": consulted,
        "consulted_on": found.consulted_on, "contact": tuple(part for part in contact if part),
        "contact_name": found.contact_name, "contact_phone": found.contact_phone,
        "contact_email": found.contact_email, "diary_number": found.diary_number, "is_test": found.is_test,
    }  # fmt: skip
