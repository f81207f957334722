"""A questionnaire as a form that the server makes: what is shown, with what was typed and what is to be mended."""

import datetime
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from samverka.questionnaires.definition import Question, Section
from samverka.questionnaires.engine import INVALID, REQUIRED, WARNING, Engine, Outcome, Problem
from samverka.questionnaires.enums import NO, OTHER, YES, QuestionType, SectionKind
from samverka.questionnaires.expressions import Scope
from samverka.questionnaires.values import CHOSEN, scale_values

from .register_lookup import RegisterChoice, chosen_value, suggested
from .typed_answers import Place, Typed, input_name

_INPUTS = {QuestionType.PHONE: "tel", QuestionType.INTEGER: "numeric", QuestionType.DECIMAL: "decimal",
           QuestionType.MONEY: "decimal"}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    checked: bool
    id: str


@dataclass(frozen=True)
class QuestionField:
    """A question as its template reads it. kind: radios, boxes, input, text, lookup, file or note. Of a look-up
    `chosen` says which organisation was chosen, and `found` are those to choose among. A file can be sent where it
    `uploads`; `file_url` is where the one that was sent is fetched.
    """

    kind: str
    id: str
    name: str
    label: str
    help: str = ""
    definition: str = ""
    counts: str = ""
    counts_not: str = ""
    unit: str = ""
    mode: str = ""
    value: str = ""
    required: bool = False
    inline: bool = False
    choices: tuple[Choice, ...] = ()
    no_answers: tuple[Choice, ...] = ()
    other: str | None = None
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    known: str = ""
    chosen: str = ""
    found: tuple[RegisterChoice, ...] | None = None
    uploads: bool = False
    file_url: str = ""

    is_section = False

    @property
    def target(self) -> str:
        """The id of what gets the focus when the question has a fault."""
        return self.choices[0].id if self.choices else self.id

    @property
    def described_by(self) -> str:
        """The ids of the help and errors."""
        parts = [("help", self.help), ("known", self.known), ("error", self.errors), ("warning", self.warnings)]
        return " ".join(f"{self.id}_{name}" for name, there in parts if there)


@dataclass(frozen=True)
class SectionPart:
    """A section as its template reads it; a repeated group has `rows`, any other `parts`."""

    id: str
    label: str
    help: str
    note: str
    level: int
    parts: tuple["QuestionField | SectionPart", ...] = ()
    rows: tuple[tuple["QuestionField | SectionPart", ...], ...] = ()
    is_repeat: bool = False
    can_change_rows: bool = False

    is_section = True


class FormMaker:
    """Makes the form of a definition from what was typed, in one language. `checked` shows what is to be mended."""

    #: The look-up that is to show what it has found, by name, for whoever has no scripts.
    find: str = ""
    #: What may be shown of answers within texts; None: all.
    readable: Container[str] | None = None

    def __init__(self, engine: Engine, typed: Typed, *, language: str, today: datetime.date, checked: bool) -> None:
        self._engine, self.definition = engine, engine.definition
        self._typed, self._language, self._today = typed, language, today
        self.outcome: Outcome = engine.evaluate(typed.answers, today=today)
        self._errors: dict[Place, list[str]] = {}
        self._warnings: dict[Place, list[str]] = {}
        if checked:
            self._problems(self.outcome.problems)

    def _problems(self, problems: Sequence[Problem]) -> None:
        for place, fault in self._typed.faults.items():
            if place in self.outcome.shown:
                self._errors.setdefault(place, []).append(fault)
        unsaid = {REQUIRED: _("Frågan behöver ett svar."), INVALID: _("Svaret går inte ihop med frågan. Se hjälpen."),
                  WARNING: _("Stämmer det?")}  # fmt: skip
        for problem in problems:
            place = (problem.code, problem.row)
            told = self.definition.text(problem.message, self._language) or unsaid[problem.kind]
            if place not in self._typed.faults:
                (self._warnings if problem.kind == WARNING else self._errors).setdefault(place, []).append(told)

    def add_fault(self, place: Place, told: str) -> None:
        """Say of a place that something is wrong there."""
        self._errors.setdefault(place, []).append(told)

    def parts(self) -> tuple[QuestionField | SectionPart, ...]:
        """Return what is shown, in order."""
        return self.parts_of(self.definition.items)

    def parts_of(self, items: Sequence[Question | Section]) -> tuple[Any, ...]:
        """Return what is shown of some of the questionnaire, in order."""
        return self._parts(items, None, 2)

    def _parts(self, items: Sequence[Question | Section], row: int | None, level: int) -> tuple[Any, ...]:
        made: list[Any] = []
        for item in items:
            if (item.code, row) not in self.outcome.shown:
                continue
            if isinstance(item, Section):
                made.append(self._section(item, row, level))
            elif item.type != QuestionType.CALCULATED:
                made.append(self._question(item, row))
        return tuple(made)

    def _scope(self, code: str, row: int | None) -> Scope:
        group = self.definition.by_code[code].repeat
        return self._engine.scope(self.outcome, today=self._today, group=group, row=row)

    def _piped(self, texts: Any, scope: Scope) -> str:
        return self._engine.piped(texts, scope, self._language, readable=self.readable)

    def _section(self, section: Section, row: int | None, level: int) -> SectionPart:
        scope = self._scope(section.code, row)
        part = SectionPart(
            id=input_name(section.code, self.definition.by_code[section.code].repeat, row),
            label=self._piped(section.label, scope),
            help=self._piped(section.help, scope),
            note=self._note(section),
            level=level,
        )
        below = min(level + 1, 4)
        if section.kind != SectionKind.REPEAT:
            return replace(part, parts=self._parts(section.items, row, below))
        rows = tuple(self._parts(section.items, at, below) for at in range(len(self.outcome.rows[section.code])))
        return replace(part, rows=rows, is_repeat=True, can_change_rows=not section.count)

    def _note(self, section: Section) -> str:
        """Return how long a block takes and whom it suits."""
        if section.minutes is None:
            return ""
        told = _("Ca %(minutes)d minuter.") % {"minutes": section.minutes}
        suits = self.definition.text(section.suits, self._language)
        if not suits:
            return told
        return told + " " + _("Passar: %(who)s.") % {"who": suits[:1].lower() + suits[1:]}

    def _question(self, question: Question, row: int | None) -> QuestionField:
        group = self.definition.by_code[question.code].repeat
        scope = self._scope(question.code, row)
        name, place = input_name(question.code, group, row), (question.code, row)
        texts = self._typed.texts.get(name, [])
        identity = f"q_{name.replace(':', '_')}"

        def text(texts_: Any) -> str:
            return self._piped(texts_, scope)

        return QuestionField(
            kind=_KINDS.get(QuestionType(question.type), "input"),
            chosen=_chosen(question, texts),
            found=self._found(question, name, texts),
            id=identity,
            name=name,
            label=text(question.label),
            help=text(question.help),
            definition=text(question.definition),
            counts=text(question.counts),
            counts_not=text(question.counts_not),
            unit=text(question.unit) or (_("kronor") if question.type == QuestionType.MONEY else ""),
            mode=_INPUTS.get(QuestionType(question.type), ""),
            value=texts[0] if texts else "",
            required=question.required_if == "true()",
            inline=self._is_inline(question),
            choices=self._choices(question, scope, identity, texts),
            no_answers=self._no_answers(question, identity, name),
            other=next(iter(self._typed.texts.get(input_name(question.other_code, group, row), [])), "")
            if question.or_other
            else None,
            errors=tuple(self._errors.get(place, ())),
            warnings=tuple(self._warnings.get(place, ())),
        )

    def _found(self, question: Question, name: str, texts: list[str]) -> tuple[RegisterChoice, ...] | None:
        if question.type != QuestionType.ORGANISATION or name != self.find:
            return None
        return tuple(suggested(texts[0])) if texts else ()

    def _is_inline(self, question: Question) -> bool:
        """Return whether the choices stand side by side: yes and no, a scale, and the rows of a table."""
        within = self.definition.by_code[question.code].within
        in_table = bool(within) and within[-1].kind == SectionKind.MATRIX
        short = question.type in {QuestionType.YES_NO, QuestionType.SCALE}
        return (short or in_table) and not question.or_other

    def _choices(self, question: Question, scope: Scope, identity: str, texts: list[str]) -> tuple[Choice, ...]:
        pairs = self._pairs(question, scope)
        return tuple(
            Choice(value, label, value in texts, f"{identity}_{place}") for place, (value, label) in enumerate(pairs)
        )

    def _pairs(self, question: Question, scope: Scope) -> list[tuple[str, str]]:
        if question.type == QuestionType.YES_NO:
            return [(YES, _("Ja")), (NO, _("Nej"))]
        if question.type == QuestionType.SCALE:
            return [(str(value), self._step(question, value)) for value in scale_values(question)]
        offered = self._engine.options(question, scope)
        pairs = [(option.value, self.definition.text(option.label, self._language)) for option in offered]
        return [*pairs, (OTHER, _("Annat"))] if question.or_other else pairs

    def _step(self, question: Question, value: int) -> str:
        ends = {question.start: question.low, question.end: question.high}
        said = self.definition.text(ends.get(value, {}), self._language)
        return f"{value} {said}".strip()

    def _no_answers(self, question: Question, identity: str, name: str) -> tuple[Choice, ...]:
        chosen = self._typed.texts.get(f"{name}:no", [])
        return tuple(
            Choice(kind.value, str(kind.label), kind.value in chosen, f"{identity}_{kind.value}")
            for kind in question.no_answers
        )


def _chosen(question: Question, texts: list[str]) -> str:
    if question.type != QuestionType.ORGANISATION or len(texts) < 2:
        return ""
    return chosen_value(texts[1].removeprefix(CHOSEN), texts[0])


_KINDS = {
    QuestionType.ORGANISATION: "lookup", QuestionType.ONE: "radios", QuestionType.YES_NO: "radios",
    QuestionType.SCALE: "radios", QuestionType.SEVERAL: "boxes", QuestionType.LONG_TEXT: "text",
    QuestionType.FILE: "file", QuestionType.NOTE: "note",
}  # fmt: skip


def faults_of(parts: Sequence[Any]) -> list[tuple[str, str]]:
    """Return (id, message) of everything to mend, in order."""
    found: list[tuple[str, str]] = []
    for part in parts:
        if isinstance(part, SectionPart):
            found += faults_of(part.parts)
            for row in part.rows:
                found += faults_of(row)
        else:
            label = part.label if part.label.endswith(("?", ".", "!", ":")) else f"{part.label}:"
            found += [(part.target, f"{label} {error}") for error in part.errors]
    return found
