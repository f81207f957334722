"""Everything that has been answered so far in one form: the newest of each place, as page and engine read it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from samverka.questionnaires.definition import Definition, Placed, Question, Section
from samverka.questionnaires.engine import Outcome
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.questionnaires.reading import engine_of
from samverka.questionnaires.values import to_json

from .before import carried
from .blocks import Block, questions_in
from .kept import OUTSIDE, Place, answer_in, fault_in
from .models import Answer, Asked


@dataclass
class Sheet:
    """The newest answers of a form. A suggestion that nobody has said yes to is shown and never counted. `carried` are
    values that the form has from the round before and nobody answers.
    """

    definition: Definition
    newest: dict[Place, Answer] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)

    def version(self, place: Place) -> int:
        """Return the version of what stands at a place, 0 for nothing."""
        found = self.newest.get(place)
        return found.version if found else 0

    def value(self, place: Place) -> Any:
        """Return the kept value at a place."""
        found = self.newest.get(place)
        return found.value if found else None

    def row_numbers(self, group: Section) -> list[int]:
        """Return the numbers of the rows of a group, in order. One that somebody has written in since it was taken away
        is there again: what is typed is not lost. An untouched group has one empty row to begin with.
        """
        written = self._written_rows(group)
        if group.count:
            return list(range(max(written, default=-1) + 1))
        own = self.newest.get((group.code, OUTSIDE))
        if own is None or not isinstance(own.value, list):
            return sorted(written) or [0]
        return [*own.value, *sorted(row for row, at in written.items() if row not in own.value and at > own.saved_at)]

    def _written_rows(self, group: Section) -> dict[int, datetime.datetime]:
        codes = {code for question in questions_in(group.items) for code in _codes(question)}
        found: dict[int, datetime.datetime] = {}
        for (code, row), answer in self.newest.items():
            if code in codes and row != OUTSIDE and answer.value is not None:
                found[row] = max(answer.saved_at, found.get(row, answer.saved_at))
        return found

    def answers(self, *, confirmed: bool = False) -> dict[str, Any]:
        """Return what the engine is asked about; only what somebody has said yes to if `confirmed`."""
        found: dict[str, Any] = dict(self.carried)
        for placed in self.definition.placed:
            item = placed.item
            if isinstance(item, Section):
                if item.kind == SectionKind.REPEAT:
                    found[item.code] = [{} for _row in self.row_numbers(item)]
            elif item.is_answered:
                self._read(placed, found, confirmed=confirmed)
        return found

    def _read(self, placed: Placed, found: dict[str, Any], *, confirmed: bool) -> None:
        for index, place, question in self.places_of(placed):
            kept = self.newest.get(place)
            if kept and (kept.is_confirmed or not confirmed):
                answers = found if index is None else found[placed.repeat][index]
                is_other = place[0] != question.code
                answers[place[0]] = kept.value if is_other else answer_in(question, kept.value)

    def places_of(self, placed: Placed) -> Iterator[tuple[int | None, Place, Question]]:
        """Yield (index of the row on the page, place, question) for each place of a question; "annat" has its own."""
        question = placed.item
        if not isinstance(question, Question):
            return
        group = self.definition.by_code[placed.repeat].item if placed.repeat else None
        rows: Iterable[tuple[int | None, int]] = (
            enumerate(self.row_numbers(group)) if isinstance(group, Section) else [(None, OUTSIDE)]
        )
        for index, number in rows:
            for code in _codes(question):
                yield index, (code, number), question

    def faults(self) -> dict[tuple[str, int | None], str]:
        """Return {(code, index of the row): why it is no answer} for what was typed wrong."""
        return {
            (question.code, index): fault
            for placed in self.definition.placed
            for index, place, question in self.places_of(placed)
            if place[0] == question.code and (fault := fault_in(self.definition, question, self.value(place)))
        }

    def written_by(self, block: Block) -> Answer | None:
        """Return the answer in a block that was saved last; None when nobody has written there."""
        codes = {code for question in block.questions() for code in _codes(question)}
        there = [kept for (code, _row), kept in self.newest.items() if code in codes and kept.is_confirmed]
        return max(there, key=lambda kept: kept.saved_at, default=None)


def _codes(question: Question) -> tuple[str, ...]:
    return (question.code, question.other_code) if question.or_other else (question.code,)


def sheet_of(asked: Asked) -> Sheet:
    """Return everything answered so far by one who is asked."""
    rows = Answer.objects.filter(asked=asked).newest()
    definition = engine_of(asked.round.version).definition
    return Sheet(definition, {(row.code, row.row): row for row in rows}, carried(asked, definition))


def progress_of(sheet: Sheet, outcome: Outcome, block: Block) -> tuple[int, int]:
    """Return how many of the questions shown in a block are answered by somebody, and how many are shown. A table is
    one question, answered when all of its rows are.
    """
    mine = {question.code for question in block.questions()}
    done: dict[tuple[str, int | None], bool] = {}
    for code, row in outcome.shown:
        if code in mine:
            asked = (_asked_in(sheet.definition.by_code[code]), row)
            done[asked] = done.get(asked, True) and _is_answered(sheet, outcome, code, row)
    return sum(done.values()), len(done)


def _asked_in(placed: Placed) -> str:
    around = placed.within[-1] if placed.within else None
    return around.code if around and around.kind == SectionKind.MATRIX else placed.item.code


def _is_answered(sheet: Sheet, outcome: Outcome, code: str, index: int | None) -> bool:
    placed = sheet.definition.by_code[code]
    group = sheet.definition.by_code[placed.repeat].item if placed.repeat else None
    if index is None or not isinstance(group, Section):
        place, values = (code, OUTSIDE), outcome.values
    else:
        numbers = sheet.row_numbers(group)
        place, values = (code, numbers[index] if index < len(numbers) else OUTSIDE), outcome.rows[placed.repeat][index]
    kept = sheet.newest.get(place)
    return values.get(code) is not None and bool(kept and kept.is_confirmed)


def to_document(definition: Definition, outcome: Outcome) -> dict[str, Any]:
    """Return answers as a response keeps them: what is shown, with what is calculated, without empty rows."""
    document = _part(definition, outcome.values)
    for group, rows in outcome.rows.items():
        if kept := [part for row in rows if (part := _part(definition, row))]:
            document[group] = kept
    return document


def _part(definition: Definition, values: dict[str, Any]) -> dict[str, Any]:
    said = {code: to_json(value) for code, value in values.items() if value is not None}
    return {code: value for code, value in said.items() if value != "" or not _is_calculated(definition, code)}


def _is_calculated(definition: Definition, code: str) -> bool:
    placed = definition.by_code.get(code)
    return placed is not None and isinstance(placed.item, Question) and placed.item.type == QuestionType.CALCULATED
