"""A report resolved: every text with its numbers written out, and every figure as data.

The draft is resolved each time it is read; an edition is resolved once, when it is published, and kept. The document
holds only texts, numbers and lists, in the report's own language, so that a later release draws it as well.
"""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samverka.questionnaires.enums import YES
from samverka.surveys.background import day_of
from samverka.surveys.enums import BlockKind, RoundSide
from samverka.surveys.figures import Figure, Group, Option
from samverka.surveys.measures import Numbers, measured
from samverka.surveys.models import Report, ReportBlock, Round
from samverka.surveys.report_numbers import RATE, mark_fault, question_of, read_mark, replaced
from samverka.surveys.reporting import Chapter, chapters, round_of
from samverka.surveys.results import RoundResults
from samverka.web.components.charts import Bar
from samverka.web.components.words import number

from . import results_words as words
from .report_facts import facts_of_chapter
from .results_charts import group_bars, group_table, groups_source, groups_title, margins, option_bars, option_table
from .results_map import MapChoice, map_figures

#: Goes up when the document's form changes in a way that a reader of it must know.
FORMAT = 1


def resolve(report: Report, blocks: Sequence[ReportBlock]) -> dict[str, Any]:
    """Return the document of a report as it stands now."""
    with translation.override(report.language):
        return _Resolver(report).document(blocks)


def resolve_part(report: Report, block: ReportBlock) -> dict[str, Any] | None:
    """Return one part, for a look at it while it is written; None where it has no figure yet."""
    with translation.override(report.language):
        return _Resolver(report).part(block)


class _Resolver:
    """Resolves one report; counts its figures from 1."""

    def __init__(self, report: Report) -> None:
        self.report, self._figures = report, 0
        self._results: dict[int, RoundResults] = {}

    def document(self, blocks: Sequence[ReportBlock]) -> dict[str, Any]:
        report = self.report
        results = self._of(report.round)
        return {
            "format": FORMAT, "title": report.title, "lead": report.lead, "language": report.language,
            "round": _round(report.round), "beside": _round(report.beside) if report.beside else None,
            "who": words.who_answered(results.rate, report.round.side),
            "about_rate": words.about_rate(results.rate),
            "chapters": [self._chapter(chapter) for chapter in chapters(blocks)],
        }  # fmt: skip

    def _of(self, found: Round) -> RoundResults:
        return self._results.setdefault(found.pk, RoundResults(found, self.report.language))

    def _chapter(self, chapter: Chapter) -> dict[str, Any]:
        head = chapter.head
        parts = [told for block in chapter.parts if (told := self.part(block))]
        if head is None:
            return {"id": "inledning", "heading": "", "role": "", "text": "", "facts": None, "parts": parts}
        rounds = [self._of(one) for one in (self.report.round, self.report.beside) if one]
        facts = facts_of_chapter(head.role, rounds)
        return {
            "id": f"k-{head.public_id}", "heading": head.heading, "role": head.role, "text": self._text(head),
            "facts": facts, "parts": parts,
        }  # fmt: skip

    def part(self, block: ReportBlock) -> dict[str, Any] | None:
        told: dict[str, Any] = {"kind": block.kind, "id": f"d-{block.public_id}", "text": self._text(block)}
        match block.kind:
            case BlockKind.FIGURE:
                return self._figure(block, told)
            case BlockKind.MAP:
                return self._map(block, told)
            case BlockKind.QUOTE:
                return told | {"who": block.who}
        return told

    # Numbers in running text

    def _text(self, block: ReportBlock) -> str:
        results = self._of(round_of(self.report, block))
        return replaced(block.text, lambda mark: self._said(results, mark))

    def _said(self, results: RoundResults, mark: str) -> str:
        """Say the figure that a mark names, with its base; the mark itself where there is none."""
        if mark_fault(results, mark):
            return f"[{mark}]"
        named = read_mark(mark)
        if named.code == RATE:
            return words.who_answered(results.rate, results.round.side).rstrip(".")
        question = question_of(results, named.code)
        assert question is not None  # noqa: S101  (no fault)
        figure = results.figure(question, by=named.by)
        if not named.by:
            return _value(figure, named.value)
        group = next((one for one in figure.groups if one.value == named.group), None)
        return _value(group, named.value) if group else _("visas inte")

    # Figures and maps

    def _numbered(self) -> int:
        self._figures += 1
        return self._figures

    def _figure(self, block: ReportBlock, told: dict[str, Any]) -> dict[str, Any] | None:
        results = self._of(round_of(self.report, block))
        question = question_of(results, block.variable)
        if question is None:
            return None
        figure = results.figure(question, by=block.by)
        drawn = _divided(results, figure, block.option) if block.by else _whole(figure)
        title = block.heading or drawn["title"]
        return told | drawn | {
            "title": title, "number": self._numbered(), "shape": block.shape, "question": figure.whole_label,
            "facts": [list(pair) for pair in words.facts_of(figure)], "source": _source(results, figure),
            "rule": words.rule_of_hiding() if results.round.side == RoundSide.CIVIL else "",
        }  # fmt: skip

    def _map(self, block: ReportBlock, told: dict[str, Any]) -> dict[str, Any] | None:
        found = self.report.round
        results = self._of(found)
        question = question_of(results, block.variable)
        if question is None or found.side != RoundSide.PUBLIC or block.variable not in measured(found).all:
            return None
        shown = map_figures(results, MapChoice.of(found, block.variable, {"svar": block.option}))
        figure = results.figure(question)
        title = block.heading or _map_title(figure, shown.title)
        return told | {
            "title": title, "number": self._numbered(), "question": figure.whole_label, "fills": shown.fills,
            "legend": [[entry.fill, entry.label, entry.count] for entry in shown.legend],
            "description": shown.description, "headings": [_("Kommun eller region"), _("Svar")],
            "rows": [[name, said] for name, said in [*shown.regions, *shown.municipalities]],
            "facts": [list(pair) for pair in words.facts_of(figure)], "source": _source(results, figure),
        }  # fmt: skip


def _map_title(figure: Figure, shown: str) -> str:
    return f"{figure.whole_label}: {shown}" if shown in {one.label for one in figure.options} else shown


def _whole(figure: Figure) -> dict[str, Any]:
    """Return bars and table of a whole figure; of numbers only the table."""
    if not figure.base:
        return {"title": words.finding(figure), "bars": [], "description": "", "note": "", "headings": [], "rows": [],
                "hidden": False}  # fmt: skip
    headings, rows = option_table(figure)
    if not figure.options:
        headings, rows = [_("Mått"), _("Värde")], [list(one) for one in _number_rows(figure.numbers)]
    return {
        "title": words.finding(figure), "bars": [_bar(bar) for bar in option_bars(figure)],
        "description": words.described(figure.options), "note": margins(figure) if figure.options else "",
        "headings": headings, "rows": rows, "hidden": False,
    }  # fmt: skip


def _number_rows(numbers: Numbers | None) -> list[tuple[str, str]]:
    return words.number_rows(numbers) if numbers else []


def _divided(results: RoundResults, figure: Figure, option: str) -> dict[str, Any]:
    """Return bars and table group by group: of one option, or of the median."""
    chosen = _option(figure, option)
    label = next((one.label for one in figure.options if one.value == chosen), "")
    bars = group_bars(figure, chosen)
    headings, rows = group_table(figure)
    found = groups_title(results, figure, chosen, label or _("Medianen"))
    title = _("{finding}. ”{question}”").format(finding=found, question=figure.whole_label)
    return {
        "title": title, "bars": [_bar(bar) for bar in bars],
        "description": ". ".join(f"{bar.label}: {bar.said}" for bar in bars), "note": groups_source(results, figure),
        "headings": headings, "rows": rows, "hidden": figure.groups_hidden,
    }  # fmt: skip


def _option(figure: Figure, option: str) -> str:
    """Return the option that the groups are shown for: the one that is chosen, or yes, or the most common one."""
    values = [one.value for one in figure.options]
    if option in values or not values:
        return option if values else ""
    return YES if YES in values else max(figure.options, key=lambda one: one.share or 0).value


def _bar(bar: Bar) -> dict[str, Any]:
    return {"label": bar.label, "share": bar.share, "said": bar.said, "low": bar.low, "high": bar.high}


def _value(part: Figure | Group, value: str) -> str:
    """Say one value with its base: "18 % (38 av 209)", "3 (120 svar)"."""
    if part.options:
        option: Option | None = next((one for one in part.options if one.value == value), None)
        shown = option is not None and option.share is not None
        return words.option_said(option, part.base) if shown and option else _("visas inte")
    told = getattr(part.numbers, value, None) if part.numbers else None
    if told is None:
        return _("visas inte")
    return _("{value} ({base} svar)").format(value=number(round(told, 2)), base=number(part.base))


def _source(results: RoundResults, figure: Figure) -> str:
    version = results.round.version
    said = _("Källa: {round}, frågan {code} ({questionnaire}, version {number}).")
    return said.format(
        round=results.round, code=figure.question.code, questionnaire=results.definition.text(
            results.definition.title, results.language
        ), number=version.number,
    )  # fmt: skip


def _round(found: Round) -> dict[str, Any]:
    return {"slug": found.slug, "title": str(found), "year": day_of(found).year, "sender": found.sender}
