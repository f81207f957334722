"""A questionnaire on paper: the blank form to read in advance, and the receipt of an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samverka.kernel.pdf import render_pdf
from samverka.questionnaires.definition import Definition, Item, Question, Section
from samverka.questionnaires.enums import NO, OTHER, YES, QuestionType, SectionKind
from samverka.questionnaires.expressions import parse
from samverka.questionnaires.expressions.nodes import Binary, Literal, Reference
from samverka.questionnaires.reading import definition_of
from samverka.questionnaires.values import scale_values
from samverka.surveys.blocks import blocks_of
from samverka.surveys.models import Asked
from samverka.web.components.answer_words import AnswerWords

#: A table with more choices does not fit across the paper: its questions stand one by one.
MOST_COLUMNS = 7
_WRITTEN = {QuestionType.LONG_TEXT: "long", QuestionType.TEXT: "line", QuestionType.ORGANISATION: "line",
            QuestionType.FILE: "line"}  # fmt: skip


@dataclass(frozen=True)
class PaperQuestion:
    """A question as the paper has it. room: "" (choices), number, line or long."""

    label: str
    condition: str
    help: str
    definition: str
    counts: str
    counts_not: str
    limit: str
    choices: tuple[str, ...]
    room: str
    unit: str
    is_note: bool = False


@dataclass(frozen=True)
class PaperTable:
    """A table of questions with the same choices; `rows` are (question, room for ticks)."""

    label: str
    help: str
    condition: str
    columns: tuple[str, ...]
    rows: tuple[PaperQuestion, ...]
    is_repeat: bool = False


@dataclass(frozen=True)
class PaperBlock:
    """A block with its questions and tables."""

    label: str
    help: str
    minutes: int | None
    suits: str
    parts: tuple[tuple[str, Any], ...]


def blank_form_pdf(definition: Definition, language: str, about: Mapping[str, Any] | None = None) -> bytes:
    """Return a questionnaire as a tagged PDF to read in advance and write on, in sv or en.

    `about` says who asks, until when and on what ground (`public.surveys.answer_start.about_round`); without it only
    the questions are printed.
    """
    with translation.override(language):
        maker = _Paper(definition, language)
        context = {"blocks": list(maker.blocks()), "about": dict(about or {})}
        title = definition.text(definition.title, language)
        return render_pdf("pdf/questionnaire.html", context, title=title, language=language)


def receipt_pdf(asked: Asked, language: str, about: Mapping[str, Any]) -> bytes:
    """Return an answer that was handed over as a tagged PDF: every question and answer, who, and when."""
    with translation.override(language):
        answers = asked.response.answers if asked.response else {}
        words = AnswerWords(definition_of(asked.round.version), language, answers)
        context = {"asked": asked, "round": asked.round, "about": about, "parts": list(words.blocks(answers))}
        title = _("Svar: %(matter)s") % {"matter": words.text(words.definition.title)}
        return render_pdf("pdf/survey_receipt.html", context, title=title, language=language)


class _Paper:
    def __init__(self, definition: Definition, language: str) -> None:
        self._definition, self._words = definition, AnswerWords(definition, language)

    def blocks(self) -> Iterator[PaperBlock]:
        for block in blocks_of(self._definition):
            text = self._words.text
            parts = tuple(self._parts(block.items))
            yield PaperBlock(text(block.label), text(block.help), block.minutes, self._words.suits(block), parts)

    def _parts(self, items: tuple[Item, ...]) -> Iterator[tuple[str, Any]]:
        for item in items:
            if isinstance(item, Question):
                if item.type != QuestionType.CALCULATED:
                    yield "question", self._question(item)
            elif item.kind == SectionKind.GROUP:
                yield "heading", self._words.text(item.label)
                yield from self._parts(item.items)
            else:
                yield from self._tables(item)

    def _tables(self, section: Section) -> Iterator[tuple[str, Any]]:
        rows = [item for item in section.items if isinstance(item, Question) and item.is_answered]
        questions = tuple(self._question(item) for item in rows)
        columns = questions[0].choices if questions and section.kind == SectionKind.MATRIX else ()
        same = all(question.choices == columns for question in questions)
        text = self._words.text
        is_repeat = section.kind == SectionKind.REPEAT
        if is_repeat or (columns and same and len(columns) <= MOST_COLUMNS):
            named = (text(section.label), text(section.help), self._condition(section.visible_if))
            yield "table", PaperTable(*named, columns, questions, is_repeat)
        else:
            yield "heading", text(section.label)
            yield from (("question", question) for question in questions)

    def _question(self, question: Question) -> PaperQuestion:
        text = self._words.text
        choices = self._choices(question)
        room = "" if choices else _WRITTEN.get(question.type, "number")
        most = question.max_choices
        limit = _("Välj högst %(most)d.") % {"most": most} if most else ""
        if question.type == QuestionType.FILE:
            limit = _("Filen skickas när ni svarar på webben. Skriv här vad den heter.")
        return PaperQuestion(
            text(question.label), self._condition(question.visible_if), text(question.help), text(question.definition),
            text(question.counts), text(question.counts_not), limit,
            choices, room, self._words.unit(question), question.type == QuestionType.NOTE,
        )  # fmt: skip

    def _choices(self, question: Question) -> tuple[str, ...]:
        no = tuple(str(kind.label) for kind in question.no_answers)
        match question.type:
            case QuestionType.YES_NO:
                return (_("Ja"), _("Nej"), *no)
            case QuestionType.SCALE:
                return (*(str(value) for value in scale_values(question)), *no)
        options = tuple(self._words.text(option.label) for option in self._definition.options(question))
        other = (_("Annat, nämligen"),) if question.or_other else ()
        return (*options, *other, *no) if options else ()

    def _condition(self, condition: str) -> str:
        """Return in words when a question is asked, where that is one answer to one question."""
        if not condition:
            return ""
        match parse(condition):
            case Binary("=", Reference(code), Literal(str(value))) if value and code in self._definition.by_code:
                asked = self._definition.by_code[code].item
                if isinstance(asked, Question):
                    said = {"question": self._words.text(asked.label), "answer": self._value(asked, value)}
                    return _("Svara om ni svarade %(answer)s på: %(question)s") % said
        return _("Följdfråga. Svara om den passar till det ni svarat tidigare.")

    def _value(self, question: Question, value: str) -> str:
        return {YES: _("Ja"), NO: _("Nej"), OTHER: _("Annat")}.get(value) or self._words.said(question, value)
