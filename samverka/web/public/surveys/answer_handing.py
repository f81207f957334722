"""The last page before an answer is handed over: what is missing, what is wrong, what to look at once more."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import public
from samverka.kernel.errors import Refused
from samverka.questionnaires.engine import INVALID, REQUIRED, WARNING, Outcome, Problem
from samverka.questionnaires.reading import engine_of
from samverka.surveys.actions import hand_over
from samverka.surveys.blocks import Block, blocks_of
from samverka.surveys.models import Passed
from samverka.surveys.sheet import Sheet, progress_of, sheet_of
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.typed_answers import input_name
from samverka.web.components.words import language

from .answer_block import takes_answers
from .answer_form import today
from .forms_answer import HandOverForm
from .respondent import Link, open_form, posted, remember


@dataclass
class Findings:
    """What there is to say of an answer before it goes: (address, words) each."""

    missing: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    suggested: list[tuple[str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def stops(self) -> bool:
        """Whether the answer cannot be handed over."""
        return bool(self.missing or self.wrong)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_handing(request: HttpRequest, key: str) -> HttpResponse:
    """Look through the answer and hand it over."""
    link = open_form(request, key)
    if not takes_answers(link) or (request.method != "POST" and not link.holder.name):
        return redirect(link.form_url)
    form = HandOverForm(posted(request), initial={"name": link.holder.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            hand_over(by=replace(link.holder, name=name), role=form.cleaned_data["role"])
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            response = HttpResponseRedirect(link.to("survey_receipt"))
            remember(response, link, name)
            return response
    asked = link.holder.asked
    words = AnswerWords(engine_of(asked.round.version).definition, language())
    waiting = Passed.objects.filter(asked=asked, done_at=None, withdrawn_at=None)
    context = {
        "link": link, "asked": asked, "round": asked.round, "form": form, "title": words.text(words.definition.title),
        "found": findings(link, words), "waiting": [row.email or _("en kollega") for row in waiting],
    }  # fmt: skip
    return render(request, "public/surveys/answer_handing.html", context, status=422 if form.is_bound else 200)


def findings(link: Link, words: AnswerWords) -> Findings:
    """Return what there is to say of the answer as it stands."""
    asked = link.holder.asked
    engine, sheet = engine_of(asked.round.version), sheet_of(asked)
    outcome = engine.evaluate(sheet.answers(confirmed=True), today=today())
    return _Looker(link, words, sheet, outcome).findings()


class _Looker:
    def __init__(self, link: Link, words: AnswerWords, sheet: Sheet, outcome: Outcome) -> None:
        self._link, self._words, self._sheet, self._outcome = link, words, sheet, outcome
        self._blocks = blocks_of(words.definition)
        self._home = {question.code: block for block in self._blocks for question in block.questions()}

    def findings(self) -> Findings:
        found = Findings()
        lists = {REQUIRED: found.missing, INVALID: found.wrong, WARNING: found.warnings}
        faults = {place: fault for place, fault in self._sheet.faults().items() if place in self._outcome.shown}
        for (code, row), fault in faults.items():
            found.wrong.append(self._line(code, row, fault))
        for problem in self._outcome.problems:
            if (problem.code, problem.row) not in faults:
                lists[problem.kind].append(self._line(problem.code, problem.row, self._told(problem)))
        found.suggested = self._suggested()
        found.unanswered = [line for block in self._blocks if (line := self._left(block))]
        return found

    def _told(self, problem: Problem) -> str:
        unsaid = {REQUIRED: _("Frågan behöver ett svar."), INVALID: _("Svaret går inte ihop med frågan. Se hjälpen."),
                  WARNING: _("Stämmer det?")}  # fmt: skip
        return self._words.text(problem.message) or unsaid[problem.kind]

    def _line(self, code: str, row: int | None, words: str) -> tuple[str, str]:
        placed = self._words.definition.by_code[code]
        label = self._words.text(placed.item.label)
        if row is not None:
            label = f"{label} ({row + 1})"
        anchor = input_name(code, placed.repeat, row).replace(":", "_")
        return f"{self._link.block_url(self._home[code].code)}#q_{anchor}", f"{label} {words}"

    def _suggested(self) -> list[tuple[str, str]]:
        waiting: dict[str, int] = defaultdict(int)
        for (code, _row), kept in self._sheet.newest.items():
            if not kept.is_confirmed and code in self._home:
                waiting[self._home[code].code] += 1
        return [
            (self._link.block_url(block.code), f"{self._words.text(block.label)} ({waiting[block.code]})")
            for block in self._blocks
            if waiting[block.code]
        ]

    def _left(self, block: Block) -> tuple[str, str, int] | None:
        answered, shown = progress_of(self._sheet, self._outcome, block)
        left = shown - answered
        return (self._link.block_url(block.code), self._words.text(block.label), left) if left else None
