"""Answers as values: read from what somebody typed or a cell of a file, and kept as JSON.

An answer is a text, a number, a date, the chosen values, a name with what it stands for, or one of NoAnswer; None is no
answer at all.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from .definition import Definition, Question
from .enums import NAMED, NO, OTHER, YES, NoAnswer, QuestionType
from .expressions.values import Value


@dataclass(frozen=True)
class Named:
    """Something that is kept elsewhere, by the name that it had when it was answered: an organisation of the register,
    or a file.
    """

    name: str
    id: str


Answer = str | Decimal | datetime.date | tuple[str, ...] | Named | NoAnswer | None

LONGEST_TEXT = 20_000
LONGEST_NAME = 200
#: How a form says beside a name what it stands for.
CHOSEN = "id:"
HIGHEST = 10**15
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?(?:[eE][+-]?\d{1,2})?\Z")
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?\Z")
_DYNAMIC = re.compile(r"[a-z][a-z-]*\(.*\)\Z", re.DOTALL)
_YES = {"yes", "ja", "1", "true", "sant"}
_NO = {"no", "nej", "0", "false", "falskt"}
#: What stands between several values in one cell; a space only when nothing else does.
_BETWEEN = (";", "|", ",", None)


class AnswerFault(ValueError):
    """What was typed is no answer to the question; the message says why."""


@dataclass(frozen=True)
class AnswerReader:
    """Reads answers to one question, the same from a page and from a file."""

    definition: Definition
    question: Question

    def read(self, typed: str) -> Answer:
        """Return the answer that the text says, None for an empty one. Raises AnswerFault."""
        text = typed.strip()
        if not text:
            return None
        if text in {kind.value for kind in self.question.no_answers} and text not in self._values:
            return NoAnswer(text)
        read = self._readers.get(self.question.type) or (self._number if self.question.is_number else self._text)
        return read(text)

    @cached_property
    def _readers(self) -> dict[QuestionType, Callable[[str], Answer]]:
        return {
            QuestionType.ONE: self._option,
            QuestionType.SEVERAL: lambda text: self.read_several(self._split(text)),
            QuestionType.YES_NO: _yes_or_no,
            QuestionType.DATE: _date,
            QuestionType.ORGANISATION: _name,
        }

    def read_form(self, texts: Sequence[str], no: str) -> Answer:
        """Return the answer of a form: what was typed or ticked, and what was said instead. Raises AnswerFault."""
        if no and no in {kind.value for kind in self.question.no_answers}:
            if texts:
                raise AnswerFault(_("Svara, eller välj vet inte. Inte båda."))
            return NoAnswer(no)
        if self.question.type == QuestionType.SEVERAL:
            return self.read_several(texts)
        if self.question.type in NAMED and len(texts) > 1 and texts[1].startswith(CHOSEN):
            return Named(_name(texts[0].strip()), texts[1].removeprefix(CHOSEN))
        return self.read(texts[0]) if texts else None

    def read_several(self, values: Iterable[str]) -> tuple[str, ...] | None:
        """Return the chosen values in the order of the choices, None for none chosen. Raises AnswerFault."""
        found = {self._option(value) for value in values}
        most = self.question.max_choices
        if most is not None and len(found) > most:
            raise AnswerFault(_("Välj högst %(most)d.") % {"most": most})
        alone = [option for option in self._options if option.exclusive and option.value in found]
        if alone and len(found) > 1:
            raise AnswerFault(_("”%(value)s” kan inte väljas tillsammans med annat.") % {"value": alone[0].value})
        return tuple(value for value in self._values if value in found) or None

    @cached_property
    def _options(self) -> Sequence[Any]:
        return self.definition.options(self.question)

    @cached_property
    def _values(self) -> dict[str, str]:
        """The values, in order; "annat" last where it is offered."""
        other = {OTHER: OTHER} if self.question.or_other else {}
        return {option.value: option.value for option in self._options} | other

    @cached_property
    def _by_label(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for option in self._options:
            for label in option.label.values():
                found.setdefault(label.strip(), set()).add(option.value)
        return found

    def _option(self, text: str) -> str:
        if found := self.known(text):
            return found
        raise AnswerFault(_("”%(text)s” är inget av valen.") % {"text": text[:60]})

    def known(self, text: str) -> str:
        """Return the value that a text stands for: as it is written, by a label that only one choice has, or a number
        written as 1.0; "" for none.
        """
        if text in self._values:
            return text
        named = self._by_label.get(text, set())
        if len(named) == 1:
            return next(iter(named))
        whole = text.removesuffix(".0")
        return whole if whole in self._values else ""

    def _split(self, text: str) -> list[str]:
        if self.known(text):
            return [text]
        sign = next(sign for sign in _BETWEEN if sign is None or sign in text)
        return [part.strip() for part in text.split(sign) if part.strip()]

    def _number(self, text: str) -> Decimal:
        plain = _SPACES.sub("", text)
        plain = plain.replace(",", ".") if "." not in plain else plain
        if not _NUMBER.match(plain):
            raise AnswerFault(_("”%(text)s” är inget tal.") % {"text": text[:60]})
        return self._within(Decimal(plain))

    def _within(self, number: Decimal) -> Decimal:
        question = self.question
        if abs(number) >= HIGHEST:
            raise AnswerFault(_("Talet är för stort."))
        if question.type in {QuestionType.INTEGER, QuestionType.SCALE}:
            if number != number.to_integral_value():
                raise AnswerFault(_("Skriv ett heltal."))
            number = Decimal(int(number))
        if question.type == QuestionType.SCALE and number not in scale_values(question):
            raise AnswerFault(_("Välj ett värde på skalan."))
        return number

    def _text(self, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            raise AnswerFault(_("Texten får ha högst %(most)d tecken.") % {"most": LONGEST_TEXT})
        return text.replace("\x00", "")


def scale_values(question: Question) -> range:
    """Return the values of a scale."""
    return range(question.start or 0, (question.end or 0) + 1, question.step or 1)


def _yes_or_no(text: str) -> str:
    said = text.removesuffix(".0").casefold()
    if said in _YES:
        return YES
    if said in _NO:
        return NO
    raise AnswerFault(_("”%(text)s” är varken ja eller nej.") % {"text": text[:60]})


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_MIDNIGHT.sub("", text))
    except ValueError:
        raise AnswerFault(_("Skriv ett datum som 2027-03-12.")) from None


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise AnswerFault(_("Namnet får ha högst %(most)d tecken.") % {"most": LONGEST_NAME})
    return " ".join(text.replace("\x00", "").split())


def is_dynamic(default: str) -> bool:
    """Return whether what stands beforehand is an expression, as XLSForm tells it: it refers, or it calls."""
    return "${" in default or bool(_DYNAMIC.match(default))


def default_fault(definition: Definition, question: Question) -> str:
    """Return what is wrong with what stands beforehand in a question, or ""; expressions are checked apart."""
    if is_dynamic(question.default):
        return ""
    try:
        AnswerReader(definition, question).read(question.default)
    except AnswerFault as fault:
        return str(fault)
    return ""


# As JSON


def to_json(answer: Answer) -> Any:
    """Return the answer as it is kept: numbers as text so that none is rounded, NoAnswer and Named as objects."""
    match answer:
        case Named():
            return {"id": answer.id, "name": answer.name}
        case NoAnswer():
            return {"no": answer.value}
        case Decimal():
            return f"{answer.normalize():f}"
        case datetime.date():
            return answer.isoformat()
        case tuple():
            return list(answer)
    return answer


def from_json(question: Question, kept: Any) -> Answer:
    """Return the answer that was kept."""
    match kept:
        case {"no": kind}:
            return NoAnswer(kind)
        case {"id": str(key), "name": str(name)}:
            return Named(name, key)
        case list():
            return tuple(kept)
        case str() if question.is_number:
            return Decimal(kept)
        case str() if question.type == QuestionType.DATE:
            return datetime.date.fromisoformat(kept)
        case str() | None:
            return kept
    raise TypeError(f"{question.code}: {type(kept).__name__}")


def as_value(answer: Answer) -> Value:
    """Return the answer as conditions see it: what says nothing of the matter is missing, and a name is a text."""
    if isinstance(answer, Named):
        return answer.name
    return None if isinstance(answer, NoAnswer) else answer


def id_in(kept: Any) -> str:
    """Return what a kept answer stands for; "" where it is only a text, or says nothing of the matter."""
    match kept:
        case {"id": str(key)}:
            return key
    return ""
