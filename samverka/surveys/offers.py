"""What a form offers as answers that somebody only has to say yes to: those of the round before, and what is in here.

An offer is worked out each time and stands in no table: looking at it changes nothing, and it never counts. Only what
somebody has said yes to becomes an answer (`actions.take_over`).
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.questionnaires.expressions import parse, references
from samverka.questionnaires.reading import definition_of, engine_of
from samverka.questionnaires.values import AnswerFault, AnswerReader, to_json

from .before import CARRIED, last_response
from .enums import AnswerOrigin
from .kept import MOST_ROWS, OUTSIDE, Place, texts_in
from .known import Fact, known_facts, known_rows
from .models import Answer, Asked
from .sheet import Sheet

#: Files are not kept with an answer.
_NEVER = {QuestionType.FILE}


@dataclass(frozen=True)
class Offer:
    """A question, or a repeated group, and the values that would be saved for it."""

    item: Question | Section
    origin: AnswerOrigin
    values: Mapping[Place, Any]
    fact: Fact | None = None

    @property
    def code(self) -> str:
        """The code of the question or group."""
        return self.item.code


@dataclass(frozen=True)
class Offers:
    """What is offered, by code, in the order of the questionnaire; and all that is known in here, answered or not."""

    by_code: Mapping[str, Offer]
    facts: Mapping[str, Fact]
    year: int | None = None


def offers_of(asked: Asked, sheet: Sheet, within: Container[str] | None = None) -> Offers:
    """Return what the form offers now: nothing where somebody has answered, or where the question is not shown. Of what
    is known in here only that of the questions `within`, where they are given.
    """
    facts = known_facts(asked, sheet.definition, within)
    last = last_response(asked)
    found: dict[str, Offer] = {}
    if last is not None:
        old, answers = definition_of(last.round.version), last.answers
        found = {offer.code: offer for offer in _Last(sheet.definition, old, answers).offers(facts)}
    for code, fact in facts.items():
        item = sheet.definition.by_code[code].item
        found.setdefault(code, Offer(item, AnswerOrigin.KNOWN, {(code, OUTSIDE): fact.value}, fact))
    for code, rows in known_rows(asked, sheet.definition, within).items():
        item = sheet.definition.by_code[code].item
        found.setdefault(code, Offer(item, AnswerOrigin.KNOWN, _as_places(code, rows)))
    open_ones = {code: offer for code, offer in found.items() if _is_open(sheet, offer)}
    return Offers(_shown(asked, sheet, open_ones), facts, last.received_on.year if last else None)


def _is_open(sheet: Sheet, offer: Offer) -> bool:
    """Return whether nobody has answered: nothing has been written there, or only what was set aside to be changed."""
    places = [*offer.values]
    if isinstance(offer.item, Section):
        codes = {question.code for question in offer.item.items}
        places += [place for place in sheet.newest if place[0] in codes]
    return not any((kept := sheet.newest.get(place)) and kept.is_confirmed for place in places)


def _shown(asked: Asked, sheet: Sheet, found: Mapping[str, Offer]) -> dict[str, Offer]:
    offered = {
        (code, row): Answer(code=code, row=row, value=value, version=0, saved_at=timezone.now())
        for offer in found.values()
        for (code, row), value in offer.values.items()
    }
    whole = Sheet(sheet.definition, {**offered, **sheet.newest}, sheet.carried)
    outcome = engine_of(asked.round.version).evaluate(whole.answers(), today=timezone.localdate())
    order = [placed.item.code for placed in sheet.definition.placed]
    return {code: found[code] for code in order if code in found and (code, None) in outcome.shown}


def _as_places(group: str, rows: Sequence[Mapping[str, Any]]) -> dict[Place, Any]:
    """Return the rows of a group as what would be saved: the rows' numbers, and each answer at its place."""
    told = {(code, number): value for number, row in enumerate(rows) for code, value in row.items()}
    return {(group, OUTSIDE): list(range(len(rows))), **told}


class _Last:
    """The answers of the round before, as far as they are answers to the questions of this one."""

    def __init__(self, definition: Definition, old: Definition, answers: Mapping[str, Any]) -> None:
        self._definition, self._old, self._answers = definition, old, answers

    def offers(self, facts: Mapping[str, Fact]) -> Iterator[Offer]:
        for placed in self._definition.placed:
            if placed.repeat:
                continue
            values = self._rows(placed.item) if isinstance(placed.item, Section) else self._single(placed.item)
            if values:
                yield Offer(placed.item, AnswerOrigin.LAST_ROUND, values, facts.get(placed.item.code))

    def _single(self, question: Question) -> dict[Place, Any]:
        value = self._still(question, self._answers)
        if value is None or _asks_of_last(question):
            return {}
        found: dict[Place, Any] = {(question.code, OUTSIDE): value}
        if question.or_other and (other := self._answers.get(question.other_code)):
            found[question.other_code, OUTSIDE] = other
        return found

    def _rows(self, section: Section) -> dict[Place, Any]:
        told = self._answers.get(section.code)
        if section.kind != SectionKind.REPEAT or section.count or not isinstance(told, list):
            return {}
        questions = [item for item in section.items if isinstance(item, Question)]
        rows = [
            {question.code: value for question in questions if (value := self._still(question, row)) is not None}
            for row in told[:MOST_ROWS]
        ]
        kept = [row for row in rows if row]
        return _as_places(section.code, kept) if kept else {}

    def _still(self, question: Question, answers: Mapping[str, Any]) -> Any:
        """Return the kept answer if it is an answer to the question as it is asked now, else None. "Vet inte" is asked
        anew.
        """
        before = self._old.by_code.get(question.code)
        value = answers.get(question.code)
        if before is None or not isinstance(before.item, Question) or value is None:
            return None
        if isinstance(value, dict) and "no" in value:
            return None
        if before.item.type != question.type or not question.is_answered or question.type in _NEVER:
            return None
        try:
            read = to_json(AnswerReader(self._definition, question).read_form(*texts_in(value)))
        except AnswerFault:
            return None
        return read if read == value else None


def _asks_of_last(question: Question) -> bool:
    """Return whether the question itself asks what became of the round before: its old answer is about another one."""
    return bool(question.visible_if) and bool(CARRIED.keys() & set(references(parse(question.visible_if))))
