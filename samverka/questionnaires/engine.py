"""What a set of answers comes to: what is shown, what is calculated, what is wrong, what to warn of.

The page asks it which questions to show, the import and sending ask it what is wrong: one evaluator for all.
"""

import datetime
import re
from collections import ChainMap
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .checking import PIPED
from .definition import Definition, Option, Placed, Question, Section, Texts
from .enums import OTHER, NoAnswer, QuestionType, SectionKind
from .expressions import Scope, evaluate, holds
from .expressions.evaluate import tree
from .expressions.values import Value, as_number, as_text
from .order import order_of_evaluation
from .values import Answer, as_value

#: {code: answer}, and for a repeated group {code: [{code: answer}, …]}.
Answers = Mapping[str, Any]
MOST_ROWS = 500

REQUIRED, INVALID, WARNING = "required", "invalid", "warning"


@dataclass(frozen=True)
class Problem:
    """Something to mend, or (a warning) to look at once more; `row` counts from 0 within a repeated group."""

    code: str
    row: int | None
    kind: str
    message: Texts


@dataclass
class Outcome:
    """Answers as they count: `values` by code and `rows` by group, without what is hidden and with what is calculated;
    `shown` holds (code, row) of what is asked.
    """

    values: dict[str, Answer] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Answer]]] = field(default_factory=dict)
    shown: set[tuple[str, int | None]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> list[Problem]:
        """Return the problems of those kinds."""
        return [problem for problem in self.problems if problem.kind in kinds]


class Engine:
    """One definition, ready to be asked again and again."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self._order = [definition.by_code[code] for code in order_of_evaluation(definition)]

    def evaluate(self, answers: Answers, *, today: datetime.date) -> Outcome:
        """Return what the answers come to on that day. A calculated value that stands among the answers was given from
        outside the form (an answer of an earlier round, say) and holds instead of its calculation.
        """
        return _Run(self.definition, self._order, answers, today).outcome()

    def scope(self, outcome: Outcome, *, today: datetime.date, group: str = "", row: int | None = None) -> Scope:
        """Return what an expression sees at a place."""
        return _scope(outcome, today, group, row)

    def options(self, question: Question, scope: Scope) -> tuple[Option, ...]:
        """Return the choices that are offered at that place."""
        return _offered(self.definition, question, scope)

    def piped(self, texts: Texts, scope: Scope, language: str, *, readable: Container[str] | None = None) -> str:
        """Return a text with the answers that it shows: ${kommun} becomes what was answered. Where only some are
        `readable`, "…" stands for the others.
        """

        def shown(found: re.Match[str]) -> str:
            return as_text(scope.values.get(found[1])) if readable is None or found[1] in readable else "…"

        return PIPED.sub(shown, self.definition.text(texts, language))


class _Run:
    def __init__(self, definition: Definition, order: Sequence[Placed], answers: Answers, today: datetime.date) -> None:
        self._definition, self._order, self._answers, self._today = definition, order, answers, today
        groups = (placed.item for placed in definition.placed if isinstance(placed.item, Section))
        self._found = Outcome(rows={found.code: [] for found in groups if found.kind == SectionKind.REPEAT})

    def outcome(self) -> Outcome:
        for placed in self._order:
            for row in self._places(placed):
                self._settle(placed, row)
        for placed in self._definition.placed:
            if isinstance(placed.item, Question) and placed.item.is_answered:
                for row in self._places(placed):
                    self._found.problems += self._problems(placed.item, placed.repeat, row)
        return self._found

    def _places(self, placed: Placed) -> Sequence[int | None]:
        return range(len(self._found.rows.get(placed.repeat, []))) if placed.repeat else (None,)

    def _settle(self, placed: Placed, row: int | None) -> None:
        """Say whether the item is shown here, and what its value is."""
        item = placed.item
        scope = _scope(self._found, self._today, placed.repeat, row)
        if self._is_shown(placed, row) and (not item.visible_if or holds(item.visible_if, scope)):
            self._found.shown.add((item.code, row))
            if isinstance(item, Section):
                self._begin(item, scope)
            else:
                self._answer(item, placed.repeat, row, scope)

    def _is_shown(self, placed: Placed, row: int | None) -> bool:
        if not placed.within:
            return True
        around = placed.within[-1]
        # A repeated group is shown once, whatever its rows.
        where = row if around.kind != SectionKind.REPEAT and row is not None else None
        return (around.code, where) in self._found.shown

    def _begin(self, section: Section, scope: Scope) -> None:
        if section.kind != SectionKind.REPEAT:
            return
        given = list(self._answers.get(section.code) or [])[:MOST_ROWS]
        if section.count:
            count = as_number(evaluate(tree(section.count), scope)) or 0
            wanted = min(max(int(count), 0), MOST_ROWS)
            given = given[:wanted] + [{}] * (wanted - len(given))
        self._found.rows[section.code] = [{} for _row in given]

    def _answer(self, question: Question, group: str, row: int | None, scope: Scope) -> None:
        kept = self._found.rows[group][row] if group and row is not None else self._found.values
        if question.type == QuestionType.CALCULATED:
            given = None if group else self._answers.get(question.code)
            kept[question.code] = given or _calculated(evaluate(tree(question.calculation), scope))
            return
        rows = self._answers.get(group) or []
        given = (rows[row] if row < len(rows) else {}) if group and row is not None else self._answers
        for code in (question.code, question.other_code) if question.or_other else (question.code,):
            kept[code] = given.get(code)

    def _problems(self, question: Question, group: str, row: int | None) -> Iterator[Problem]:
        if (question.code, row) not in self._found.shown:
            return
        here = _scope(self._found, self._today, group, row)
        answer = here.values.get(question.code)
        kept = self._found.rows[group][row] if group and row is not None else self._found.values
        if kept.get(question.code) is None:
            if question.required_if and holds(question.required_if, here):
                yield Problem(question.code, row, REQUIRED, question.required_message)
            return
        if not isinstance(kept[question.code], NoAnswer):
            yield from self._answer_problems(question, row, _at(here, answer))

    def _answer_problems(self, question: Question, row: int | None, scope: Scope) -> Iterator[Problem]:
        valid = not question.valid_if or holds(question.valid_if, scope)
        if not valid or (question.choice_filter and not self._is_offered(question, scope)):
            yield Problem(question.code, row, INVALID, question.valid_message)
        if question.warn_if and holds(question.warn_if, scope):
            yield Problem(question.code, row, WARNING, question.warn_message)

    def _is_offered(self, question: Question, scope: Scope) -> bool:
        offered = {option.value for option in _offered(self._definition, question, scope)}
        offered |= {OTHER} if question.or_other else set()
        chosen = scope.current if isinstance(scope.current, tuple) else (as_text(scope.current),)
        return set(chosen) <= offered


def _scope(found: Outcome, today: datetime.date, group: str, row: int | None) -> Scope:
    values = ChainMap(found.rows[group][row], found.values) if group and row is not None else found.values
    return Scope(values=_Seen(values, as_value), rows=_Rows(found.rows, group if row is not None else ""), today=today)


def _at(scope: Scope, current: Value) -> Scope:
    return Scope(scope.values, scope.rows, current, today=scope.today)


def _offered(definition: Definition, question: Question, scope: Scope) -> tuple[Option, ...]:
    options = definition.options(question)
    if not question.choice_filter:
        return options
    condition = question.choice_filter

    def passes(option: Option) -> bool:
        columns = {"name": option.value, "label": definition.text(option.label, ""), **option.attributes}
        return holds(condition, Scope(scope.values, scope.rows, attributes=columns, today=scope.today))

    return tuple(option for option in options if passes(option))


def _calculated(value: Value) -> Answer:
    return ("true" if value else "false") if isinstance(value, bool) else value


class _Seen(Mapping[str, Value]):
    """Answers as conditions see them, without copying them for each."""

    def __init__(self, answers: Mapping[str, Answer], seen: Callable[[Answer], Value]) -> None:
        self._answers, self._seen = answers, seen

    def __getitem__(self, code: str) -> Value:
        return self._seen(self._answers[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)


class _Rows(Mapping[str, Sequence[Value]]):
    """Each repeated variable as the list of its answers, row by row; a group as many missing values as it has rows.
    Within a row of `own`, its variables are single answers.
    """

    def __init__(self, rows: Mapping[str, Sequence[Mapping[str, Answer]]], own: str) -> None:
        self._rows, self._own = rows, own

    def __getitem__(self, code: str) -> Sequence[Value]:
        if code in self._rows:
            return [None] * len(self._rows[code])
        for group, rows in self._rows.items():
            if group != self._own and any(code in row for row in rows):
                return [as_value(row.get(code)) for row in rows]
        raise KeyError(code)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
