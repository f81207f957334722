"""A report's draft: what it begins with, and what must be mended before it is published."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samverka.questionnaires.definition import Definition, Item, Question, Section
from samverka.questionnaires.reading import definition_of

from .blocks import blocks_of
from .enums import REQUIRED_CHAPTERS, BlockKind, ChapterRole, RoundMode, RoundSide
from .measures import measured, shown_questions
from .models import Report, ReportBlock, Round
from .report_numbers import divisions, mark_fault, named_in, question_of
from .results import RoundResults


@dataclass(frozen=True)
class Fault:
    """Why a report cannot be published, and in which part; None where it is the report as a whole."""

    block: ReportBlock | None
    reason: str


@dataclass(frozen=True)
class Chapter:
    """A chapter with the parts that follow it; `head` None: parts that stand before every chapter."""

    head: ReportBlock | None
    parts: list[ReportBlock] = field(default_factory=list)


def chapters(blocks: Iterable[ReportBlock]) -> list[Chapter]:
    """Return the parts under their chapters, in order."""
    found: list[Chapter] = []
    for block in blocks:
        if block.kind == BlockKind.CHAPTER:
            found.append(Chapter(block))
            continue
        if not found:
            found.append(Chapter(None))
        found[-1].parts.append(block)
    return found


# What a report begins with


def outline(found: Round, language: str) -> list[dict[str, Any]]:
    """Return the fields of the parts that a report of a round begins with, in the report's language."""
    with translation.override(language):
        first = [_chapter(_("I korthet")), _chapter(_("Vilka som svarade"), ChapterRole.WHO)]
        last = [
            _chapter(_("Metod"), ChapterRole.METHOD),
            _chapter(_("Bortfall"), ChapterRole.MISSING),
            _chapter(_("Frågorna"), ChapterRole.QUESTIONS),
        ]
    return [*first, *_figures(found, language), *last]


def _chapter(heading: str, role: str = ChapterRole.NONE) -> dict[str, Any]:
    return {"kind": BlockKind.CHAPTER, "heading": heading[:200], "role": role}


def _figures(found: Round, language: str) -> Iterator[dict[str, Any]]:
    """Yield a chapter for each block of the questionnaire that something can be counted of, and its figures."""
    definition = definition_of(found.version)
    told = measured(found).all
    shown = {question.code for question in shown_questions(found) if not told or question.code in told}
    for block in blocks_of(definition):
        codes = [code for code in _codes(block.items) if code in shown]
        if codes:
            yield _chapter(_label(definition, block.label, language))
            yield from ({"kind": BlockKind.FIGURE, "variable": code} for code in codes)


def _label(definition: Definition, texts: Any, language: str) -> str:
    return definition.text(texts, language) or _("Frågor")


def _codes(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Section):
            yield from _codes(item.items)
        elif isinstance(item, Question):
            yield item.code


# What must be mended


def round_of(report: Report, block: ReportBlock) -> Round:
    """Return the round that a part takes its figures from."""
    return report.beside if block.from_beside and report.beside else report.round


def faults(report: Report, blocks: Sequence[ReportBlock]) -> list[Fault]:
    """Return everything that stands in the way of publishing a report, the report's own first."""
    found = [Fault(None, reason) for reason in _round_faults(report)]
    results = {one.pk: RoundResults(one, report.language) for one in (report.round, report.beside) if one}
    roles = {block.role for block in blocks}
    found += [Fault(None, _missing_chapter(role)) for role in REQUIRED_CHAPTERS if role not in roles]
    for chapter in chapters(blocks):
        if chapter.head is None:
            found.append(Fault(chapter.parts[0], _("Börja med ett kapitel. Flytta ner det som står före det.")))
        for block in [*([chapter.head] if chapter.head else []), *chapter.parts]:
            found += [Fault(block, reason) for reason in block_faults(block, results[round_of(report, block).pk])]
        if chapter.head and _is_empty(chapter):
            found.append(Fault(chapter.head, _("Kapitlet är tomt. Skriv något i det, eller ta bort det.")))
    return found


def _is_empty(chapter: Chapter) -> bool:
    head = chapter.head
    return head is not None and not (head.role or head.text.strip() or chapter.parts)


def _missing_chapter(role: ChapterRole) -> str:
    return _("Kapitlet {name} saknas.").format(name=role.label)


def _round_faults(report: Report) -> Iterator[str]:
    for one in filter(None, (report.round, report.beside)):
        if one.mode != RoundMode.REAL:
            yield _("{round} är ett prov eller en pilot. Av den blir ingen rapport.").format(round=one)
        elif not one.published_at:
            yield _("Resultaten av {round} är inte publicerade än. Låt alla se dem först.").format(round=one)


def block_faults(block: ReportBlock, results: RoundResults) -> list[str]:
    """Return what is wrong with one part by itself."""
    found = _own_faults(block, results)
    return [*found, *(fault for mark in named_in(block.text) if (fault := mark_fault(results, mark)))]


def _own_faults(block: ReportBlock, results: RoundResults) -> list[str]:
    match block.kind:
        case BlockKind.CHAPTER:
            return _chapter_faults(block)
        case BlockKind.TEXT:
            return [] if block.text.strip() else [_("Texten är tom. Skriv den, eller ta bort delen.")]
        case BlockKind.QUOTE:
            return _quote_faults(block)
    return _figure_faults(block, results)


def _chapter_faults(block: ReportBlock) -> list[str]:
    found = [] if block.heading.strip() else [_("Kapitlet saknar rubrik.")]
    if block.role == ChapterRole.METHOD and not block.text.strip():
        found.append(_(
            "Skriv med egna ord hur det gick till, till exempel vad som är nytt och vad man ska vara försiktig med. "
            "Uppgifterna under texten kommer av sig själva."
        ))  # fmt: skip
    if block.role == ChapterRole.MISSING and not block.text.strip():
        found.append(_(
            "Skriv med egna ord vad det betyder att några inte har svarat. "
            "Tabellerna under texten kommer av sig själva."
        ))  # fmt: skip
    return found


def _quote_faults(block: ReportBlock) -> list[str]:
    found = []
    if not block.text.strip():
        found.append(_("Citatet är tomt."))
    if not block.who.strip():
        found.append(_("Skriv vem som säger det, så som den som citeras vill stå."))
    if not block.consent:
        found.append(_("Den som citeras behöver ha sagt ja. Fråga först, och kryssa sedan i det."))
    return found


def _figure_faults(block: ReportBlock, results: RoundResults) -> list[str]:
    question = question_of(results, block.variable)
    if question is None:
        return [_("Välj vilken fråga siffran gäller.")]
    found = []
    if block.by and (block.by == block.variable or block.by not in divisions(results)):
        found.append(_("Svaren går inte att dela upp efter {by}.").format(by=block.by))
    if block.kind == BlockKind.MAP and results.round.side != RoundSide.PUBLIC:
        found.append(_("Det finns ingen karta över vad föreningar svarar. Ta bort delen."))
    elif block.kind == BlockKind.MAP and block.variable not in measured(results.round).all:
        found.append(_("Det finns inga svar på frågan att visa på en karta."))
    return found
