"""From the cells of a row to answers, as JSON text. What a cell says is worked out once for each different text."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from samverka.questionnaires.definition import Definition, Question
from samverka.questionnaires.enums import QuestionType
from samverka.questionnaires.expressions import Scope, holds, parse, references
from samverka.questionnaires.values import Answer, AnswerFault, AnswerReader, as_value, to_json

from .mapping import Mapping as FileMapping
from .report import Bad
from .targets import Target, Targets

#: So many different texts of a column are remembered.
_REMEMBERED = 20_000
_CHOSEN = {"1", "1.0", "true", "yes", "ja", "x", "sant"}
_NOT_CHOSEN = {"", "0", "0.0", "false", "no", "nej", "falskt"}

#: Answers of a row: (group, index) -> {code: JSON text}; ("", None) holds those outside of groups.
Place = tuple[str, int | None]
Parts = dict[Place, dict[str, str]]
Work = Callable[[int, Sequence[str], Parts], None]


class RowReader:
    """Reads rows of one file; faults go to `bad`."""

    def __init__(self, definition: Definition, targets: Targets, mapping: FileMapping, bad: Bad) -> None:
        self._definition, self._mapping, self._bad = definition, mapping, bad
        self._work: list[Work] = []
        ticked: dict[tuple[Place, str], list[Target]] = {}
        for target in targets.columns:
            if target.value:
                ticked.setdefault(((target.group, target.index), target.question.code), []).append(target)
            else:
                self._work.append(self._cell(target))
        self._work += [self._ticks(found) for found in ticked.values()]

    def parts(self, row: int, cells: Sequence[str]) -> Parts:
        """Return the answers of a row."""
        found: Parts = {}
        for work in self._work:
            work(row, cells, found)
        return found

    def _cell(self, target: Target) -> Work:
        """Return the work of a column with answers."""
        plain = replace(target.question, type=QuestionType.TEXT) if target.is_other_text else target.question
        read = _Remembered(self._definition, plain, self._mapping.values.get(target.question.code, {}))
        place, key, number = (target.group, target.index), target.code, target.place

        def work(row: int, cells: Sequence[str], found: Parts) -> None:
            text = cells[number]
            if not text:
                return
            said, fault = read(text)
            if fault:
                self._bad.add(row, target.column, fault)
            elif said:
                found.setdefault(place, {})[key] = said

        return work

    def _ticks(self, targets: list[Target]) -> Work:
        """Return the work of the 0/1 columns of a question."""
        first = targets[0]
        read = _Remembered(self._definition, first.question, {})
        place, key = (first.group, first.index), first.question.code
        columns = [(target.place, target.value, target.column) for target in targets]

        def work(row: int, cells: Sequence[str], found: Parts) -> None:
            chosen = []
            for number, value, column in columns:
                text = cells[number].strip().lower()
                if text in _CHOSEN:
                    chosen.append(value)
                elif text not in _NOT_CHOSEN:
                    self._bad.add(row, column, _("”%(text)s” är varken 0 eller 1.") % {"text": text[:60]})
            if chosen:
                said, fault = read(";".join(chosen), chosen)
                if fault:
                    self._bad.add(row, key, fault)
                else:
                    found.setdefault(place, {})[key] = said

        return work


class _Remembered:
    """Reads a text as an answer: (JSON text or "", fault or "")."""

    def __init__(self, definition: Definition, question: Question, values: Mapping[str, str]) -> None:
        self._reader = AnswerReader(definition, question)
        self._question, self._values = question, values
        self._seen: dict[str, tuple[str, str]] = {}
        self._rule = question.valid_if if question.valid_if and not references(parse(question.valid_if)) else ""

    def __call__(self, text: str, chosen: Sequence[str] | None = None) -> tuple[str, str]:
        """Return what the text says."""
        found = self._seen.get(text)
        if found is None:
            found = self._worked_out(text, chosen)
            if len(self._seen) < _REMEMBERED:
                self._seen[text] = found
        return found

    def _worked_out(self, text: str, chosen: Sequence[str] | None) -> tuple[str, str]:
        try:
            answer = self._reader.read(self._translated(text)) if chosen is None else self._reader.read_several(chosen)
        except AnswerFault as fault:
            return "", str(fault)
        if answer is None:
            return "", ""
        return json.dumps(to_json(answer), ensure_ascii=False), self._broken_rule(answer)

    def _translated(self, text: str) -> str:
        return self._values.get(text.strip(), text) if self._values else text

    def _broken_rule(self, answer: Answer) -> str:
        value = as_value(answer)
        if not self._rule or value is None or holds(self._rule, Scope({}, current=value)):
            return ""
        return next(iter(self._question.valid_message.values()), "") or broken(self._rule)


def broken(rule: str) -> str:
    """Return the sentence for an answer that a condition refuses."""
    return _("Svaret uppfyller inte villkoret %(rule)s.") % {"rule": rule}


def needs_engine(definition: Definition) -> bool:
    """Return whether answers must be looked at together: calculated fields, or rules that speak of other answers."""
    return any(
        question.calculation or question.choice_filter or (question.valid_if and references(parse(question.valid_if)))
        for question in definition.questions
    )
