"""Answers in words, as somebody reads them: on the receipt, and where two have answered the same question."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samverka.questionnaires.checking import PIPED
from samverka.questionnaires.definition import Definition, Item, Question, Section
from samverka.questionnaires.enums import NAMED, NO, OTHER, YES, NoAnswer, QuestionType, SectionKind
from samverka.questionnaires.values import id_in
from samverka.surveys.blocks import Block, blocks_of
from samverka.surveys.kept import texts_in

from .words import day, number


@dataclass(frozen=True)
class Told:
    """A question with its answer in words; `code` is its variable, `file` the id of a file that is its answer."""

    code: str
    label: str
    answer: str
    file: str = ""


@dataclass(frozen=True)
class ToldPart:
    """Answers under one heading: those of a block, of a table, or of one row of a repeated group."""

    heading: str
    level: int
    rows: tuple[Told, ...]


class AnswerWords:
    """Says the answers of one questionnaire in one language. Where a text shows an answer (${kommun}), it is shown if
    it is among the `known` ones, and "…" otherwise.
    """

    def __init__(self, definition: Definition, language: str, known: Mapping[str, Any] | None = None) -> None:
        self.definition, self._language, self._known = definition, language, known or {}

    def text(self, texts: Mapping[str, str]) -> str:
        """Return a text in the language."""
        return PIPED.sub(self._piped, self.definition.text(texts, self._language))

    def _piped(self, found: re.Match[str]) -> str:
        value = self._known.get(found[1])
        texts, _no = texts_in(value) if isinstance(value, str) or id_in(value) else (["…"], "")
        return texts[0]

    def suits(self, block: Block) -> str:
        """Return whom a block suits, as words within a sentence."""
        text = self.text(block.suits)
        return text[:1].lower() + text[1:]

    def said(self, question: Question, value: Any) -> str:
        """Return a kept value in words; "" for none."""
        texts, no = texts_in(value)
        if question.type in NAMED:
            texts = texts[:1]
        parts = [self._one(question, text, known=not _is_typed(value)) for text in texts]
        return ", ".join([*parts, str(NoAnswer(no).label)] if no in NoAnswer.values else parts)

    def _one(self, question: Question, text: str, *, known: bool) -> str:
        labels = {YES: _("Ja"), NO: _("Nej")} if question.type == QuestionType.YES_NO else self._labels(question)
        if text in labels:
            return labels[text]
        if known and question.type == QuestionType.DATE:
            return day(datetime.date.fromisoformat(text))
        if known and question.is_number:
            return " ".join(part for part in (number(float(text)), self.unit(question)) if part)
        return text

    def unit(self, question: Question) -> str:
        """Return what a number is counted in."""
        return self.text(question.unit) or (_("kronor") if question.type == QuestionType.MONEY else "")

    def _labels(self, question: Question) -> dict[str, str]:
        found = {option.value: self.text(option.label) for option in self.definition.options(question)}
        return found | {OTHER: _("Annat")} if question.or_other else found

    def blocks(self, document: Mapping[str, Any]) -> Iterator[ToldPart]:
        """Yield the answers of a response block by block, in the order of the questionnaire; unanswered ones too."""
        for block in blocks_of(self.definition):
            yield from self.block(block, document)

    def block(self, block: Block, document: Mapping[str, Any]) -> Iterator[ToldPart]:
        """Yield the answers of one block."""
        yield ToldPart(self.text(block.label), 2, tuple(self._rows(block.items, document)))
        for item in block.items:
            if isinstance(item, Section):
                yield from self._section(item, document)

    def _section(self, section: Section, document: Mapping[str, Any]) -> Iterator[ToldPart]:
        label = self.text(section.label)
        if section.kind == SectionKind.REPEAT:
            for place, row in enumerate(document.get(section.code, ()), 1):
                yield ToldPart(f"{label} {place}", 3, tuple(self._rows(section.items, row)))
        else:
            yield ToldPart(label, 3, tuple(self._rows(section.items, document)))
            for item in section.items:
                if isinstance(item, Section):
                    yield from self._section(item, document)

    def _rows(self, items: tuple[Item, ...], document: Mapping[str, Any]) -> Iterator[Told]:
        for question in items:
            if isinstance(question, Question) and question.type != QuestionType.NOTE:
                said = self._with_other(question, document)
                # A follow-up question or a calculation without a value was never asked.
                if said or (question.is_answered and not question.visible_if):
                    file = id_in(document.get(question.code)) if question.type == QuestionType.FILE else ""
                    yield Told(question.code, self.text(question.label) or question.code, said, file)

    def _with_other(self, question: Question, document: Mapping[str, Any]) -> str:
        value = document.get(question.code)
        if question.type == QuestionType.CALCULATED:
            return {YES: _("Ja"), NO: _("Nej"), None: ""}.get(value, str(value))
        said = self.said(question, value)
        other = document.get(question.other_code) if question.or_other else None
        return f"{said}: {other}" if other else said


def _is_typed(value: Any) -> bool:
    return isinstance(value, dict)
