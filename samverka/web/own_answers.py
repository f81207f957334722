"""A body's answers beside those of others, in words: for the page to show the boss, for paper, for the place's page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.kernel.pdf import render_pdf
from samverka.organisations.enums import Kind
from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import NO, YES, QuestionType, SectionKind
from samverka.questionnaires.reading import definition_of
from samverka.surveys.background import COUNTY, GROUP, KIND, POPULATION, day_of
from samverka.surveys.before import CARRIED
from samverka.surveys.enums import RoundState
from samverka.surveys.measures import Measure
from samverka.surveys.models import Response, Round
from samverka.surveys.own import FEW, Beside, OwnAnswers, OwnRow, own_answers
from samverka.surveys.response_rate import response_rate
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.charts import percent
from samverka.web.components.words import language, number

#: An answer that fewer than a third of those alike have given is worth a line at the top.
RARE, MOST_RARE = 1 / 3, 5
#: So many questions stand open on a place's page; the others are folded.
FIRST = 8
_YES_NO = {QuestionType.YES_NO, QuestionType.CALCULATED}


@dataclass(frozen=True)
class Cell:
    """How a group answered: `lines` of words, of how many, and whether they are few."""

    group: str
    lines: tuple[str, ...]
    of: str
    few: bool = False


@dataclass(frozen=True)
class Line:
    """A question with one's own answer, those of earlier rounds, and a cell for each group."""

    code: str
    label: str
    own: str
    earlier: tuple[tuple[int, str], ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Part:
    """The questions of a block, or of a table in it."""

    heading: str
    lines: tuple[Line, ...]


def own_page(response: Response, found: Round) -> dict[str, Any]:
    """Return the context of the page: parts with lines, whom one is compared with, what is unlike others."""
    told = own_answers(response, language())
    words = _Words(told)
    rate = response_rate(found)
    return {
        "round": found, "organisation": response.organisation, "parts": list(words.parts()),
        "headings": [_heading(group) for group in told.groups], "definitions": [*_definitions(told)],
        "rare": words.rare(), "preliminary": found.published_at is None, "is_open": found.state == RoundState.OPEN,
        "answered": rate.whole.answered, "asked_count": rate.whole.asked, "few": FEW,
        "earlier": [(day_of(one).year, str(one)) for one in told.earlier],
        "years": any(line.earlier for part in words.parts() for line in part.lines),
    }  # fmt: skip


def own_pdf(response: Response, found: Round, tongue: str) -> bytes:
    """Return the page as a tagged PDF, in sv or en."""
    with translation.override(tongue):
        title = _("Era svar bredvid andras: %(round)s") % {"round": found}
        return render_pdf("pdf/survey_own.html", own_page(response, found), title=title, language=tongue)


def place_answers(response: Response) -> dict[str, Any]:
    """Return what a place's page shows: the questions of yes and no, beside those alike and the country."""
    told = own_answers(response, language())
    words, wanted = _Words(told), (told.similar.name if told.similar else "", KIND)
    lines = [words.line(row, wanted) for row in told.rows if _is_headline(row)]
    return {
        "round": told.round, "first": lines[:FIRST], "rest": lines[FIRST:],
        "definitions": [*_definitions(told, wanted)],
        "headings": [_heading(group) for group in told.groups if group.name in wanted],
    }  # fmt: skip


def _is_headline(row: OwnRow) -> bool:
    told = row.question.type in _YES_NO and row.question.code not in CARRIED
    return told and not row.question.visible_if and isinstance(row.value, str)


def _heading(group: Beside) -> str:
    names = {GROUP: _("Samma kommungrupp"), POPULATION: _("Lika stora kommuner"), COUNTY: _("Samma län")}
    return names.get(group.name) or group.label


def _definitions(told: OwnAnswers, wanted: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield (heading, who they are, by which definition and how many have answered)."""
    body = told.response.organisation
    for group in told.groups:
        if wanted and group.name not in wanted:
            continue
        said = ngettext("{n} har svarat", "{n} har svarat", group.answered).format(n=number(group.answered))
        if group.grouping:
            name = group.grouping.name_sv if language() == "sv" else group.grouping.name_en
            yield (
                _heading(group),
                _("{label}. Indelning: {name}. Källa: {source}. {said}.").format(
                    label=group.label, name=name, source=group.grouping.source, said=said
                ),
            )
        elif group.name == COUNTY:
            yield _heading(group), _("{label}, kommunerna och regionen. {said}.").format(label=group.label, said=said)
        else:
            is_municipality = body is not None and body.kind == Kind.MUNICIPALITY
            all_of = _("Alla kommuner.") if is_municipality else _("Alla regioner.")
            yield _heading(group), f"{all_of} {said}."


class _Words:
    def __init__(self, told: OwnAnswers) -> None:
        self._told = told
        self._definition = definition_of(told.round.version)
        self._words = AnswerWords(self._definition, language())

    def parts(self) -> Iterator[Part]:
        """Yield the questions that were answered or could have been, under the heading of their block or table."""
        found: dict[str, list[Line]] = {}
        for row in self._told.rows:
            if row.value is not None or (not row.question.visible_if and row.question.type != QuestionType.CALCULATED):
                found.setdefault(self._heading(row.question), []).append(self.line(row))
        return (Part(heading, tuple(lines)) for heading, lines in found.items())

    def _heading(self, question: Question) -> str:
        within = self._definition.by_code[question.code].within
        return self._words.text(within[-1].label) if within else _("Frågor")

    def line(self, row: OwnRow, wanted: tuple[str, ...] = ()) -> Line:
        """Return a question with its cells; only those of the `wanted` divisions, if any are named."""
        groups = [group for group in self._told.groups if not wanted or group.name in wanted]
        cells = tuple(self._cell(row, group) for group in groups)
        earlier = tuple((day_of(found).year, self.said(row.question, value)) for found, value in row.earlier)
        return Line(row.question.code, self._label(row.question), self.said(row.question, row.value), earlier, cells)

    def _label(self, question: Question) -> str:
        return self._words.text(question.label) or question.code

    def said(self, question: Question, value: Any) -> str:
        """Return a kept answer in words, "" for none."""
        if question.type == QuestionType.CALCULATED:
            return {YES: _("Ja"), NO: _("Nej")}.get(value, "")
        return self._words.said(question, value)

    def _cell(self, row: OwnRow, group: Beside) -> Cell:
        measure = row.measures[group.name]
        of = ngettext("{n} svar", "{n} svar", measure.base).format(n=number(measure.base))
        lines = tuple(self._lines(row, measure)) if measure.base else ()
        return Cell(_heading(group), lines, of if measure.base else _("inga svar"), 0 < measure.base < FEW)

    def _lines(self, row: OwnRow, measure: Measure) -> Iterator[str]:
        question = row.question
        if question.type in _YES_NO:
            yield _("{share} ja").format(share=percent(measure.share(YES)))
        elif question.type == QuestionType.SCALE and measure.numbers:
            yield _("medel {mean}").format(mean=number(round(measure.numbers.mean or 0, 1)))
        elif measure.numbers:
            yield _("median {median}").format(median=number(round(measure.numbers.median or 0, 1)))
        else:
            yield from self._shares(question, row.value, measure)

    def _shares(self, question: Question, value: Any, measure: Measure) -> Iterator[str]:
        """Yield how many chose what the body itself chose; where it chose nothing, what most chose."""
        chosen = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        if len(chosen) == 1:
            yield _("{share} svarar så").format(share=percent(measure.share(chosen[0])))
        elif chosen:
            for one in chosen:
                yield f"{self._words.said(question, one)}: {percent(measure.share(one))}"
        elif measure.counts:
            top = max(measure.counts, key=lambda one: measure.counts[one])
            said = {"answer": self._words.said(question, top), "share": percent(measure.share(top))}
            yield _("vanligast: {answer}, {share}").format(**said)

    def rare(self) -> list[tuple[str, str, str]]:
        """Return (question, own answer, how many alike answer so), of what few of those alike answer; no ranking."""
        group = self._told.similar or next(iter(self._told.groups), None)
        if group is None:
            return []
        found = []
        for row in self._told.rows:
            measure = row.measures[group.name]
            share = measure.share(row.value) if isinstance(row.value, str) and measure.counts else None
            if share is not None and share < RARE and measure.base >= FEW:
                found.append((share, row, measure))
        rarest = sorted(found, key=lambda one: one[0])[:MOST_RARE]
        return [self._rare(row, measure) for _share, row, measure in rarest]

    def _rare(self, row: OwnRow, measure: Measure) -> tuple[str, str, str]:
        within = self._definition.by_code[row.question.code].within
        label = self._label(row.question)
        if within and within[-1].kind == SectionKind.MATRIX:
            label = f"{self._words.text(within[-1].label)} {label}"
        count, base = measure.counts.get(row.value, 0), measure.base
        said = _("{share} ({count} av {base})").format(share=percent(count / base), count=count, base=base)
        return label, self.said(row.question, row.value), said


def offered_words(words: AnswerWords, values: Mapping[Any, Any], item: Any) -> str:
    """Return what is offered for a question in words; of a repeated group how many rows, with what stands in each."""
    if isinstance(item, Question):
        said = [words.said(item, value) if code == item.code else str(value) for (code, _row), value in values.items()]
        return ": ".join(said)
    rows: dict[int, list[str]] = {}
    for question in item.items:
        for (code, row), value in values.items():
            if isinstance(question, Question) and code == question.code:
                rows.setdefault(row, []).append(words.said(question, value))
    return "; ".join(", ".join(parts) for _row, parts in sorted(rows.items()))
