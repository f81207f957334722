"""What somebody typed in a questionnaire, read as answers.

Inputs are named by variable code; in a repeated group `grupp:rad:kod`. Beside each, `…:no` says "vet inte". The group's
`grupp:rows` says how many rows the page had.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from samverka.questionnaires.definition import Definition, Placed, Question, Section
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.questionnaires.values import AnswerFault, AnswerReader, is_dynamic

from .register_lookup import resolved

MOST_ROWS = 50
Place = tuple[str, int | None]


@dataclass
class Typed:
    """What was typed: texts by input for showing again, answers for the engine, faults by place."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    faults: dict[Place, str] = field(default_factory=dict)


def input_name(code: str, group: str = "", row: int | None = None) -> str:
    """Return the name of the input of a variable."""
    return code if row is None else f"{group}:{row}:{code}"


def read_typed(definition: Definition, posted: QueryDict) -> Typed:
    """Return what a form sent, question by question."""
    found = Typed()
    for placed in definition.placed:
        if isinstance(placed.item, Section):
            if placed.item.kind == SectionKind.REPEAT:
                found.answers[placed.item.code] = [{} for _row in range(_row_count(placed.item, posted))]
        elif placed.item.is_answered:
            rows: Sequence[int | None] = range(len(found.answers[placed.repeat])) if placed.repeat else (None,)
            for row in rows:
                _read(definition, placed, row, posted, found)
    _change_rows(posted.get("do", ""), found)
    return found


def _row_count(section: Section, posted: QueryDict) -> int:
    text = posted.get(f"{section.code}:rows", "1")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _read(definition: Definition, placed: Placed, row: int | None, posted: QueryDict, found: Typed) -> None:
    question = placed.item
    if not isinstance(question, Question):
        return
    name = input_name(question.code, placed.repeat, row)
    texts = [text for text in posted.getlist(name) if text.strip()] if posted else _beforehand(question)
    if question.type == QuestionType.ORGANISATION:
        texts = resolved(texts)
    no = posted.get(f"{name}:no", "")
    found.texts[name], found.texts[f"{name}:no"] = texts, [no] if no else []
    answers = found.answers if row is None else found.answers[placed.repeat][row]
    try:
        answers[question.code] = AnswerReader(definition, question).read_form(texts, no)
    except AnswerFault as fault:
        found.faults[(question.code, row)] = str(fault)
    if question.or_other:
        other = input_name(question.other_code, placed.repeat, row)
        found.texts[other] = posted.getlist(other)
        answers[question.other_code] = "".join(found.texts[other]).strip() or None


def _beforehand(question: Question) -> list[str]:
    """Return what stands in a question before anything has been sent."""
    if not question.default or is_dynamic(question.default):
        return []
    return question.default.split() if question.type == QuestionType.SEVERAL else [question.default]


def _change_rows(do: str, found: Typed) -> None:
    """Add a row to a group (`add:grupp`), or take one away (`remove:grupp:rad`)."""
    what, _sign, rest = do.partition(":")
    group, _sign, number = rest.partition(":")
    rows = found.answers.get(group)
    if not isinstance(rows, list):
        return
    if what == "add" and len(rows) < MOST_ROWS:
        rows.append({})
    elif what == "remove" and number.isdecimal() and int(number) < len(rows):
        _forget_row(found, group, int(number))


def _forget_row(found: Typed, group: str, gone: int) -> None:
    """Take a row away; the texts of those after it move up."""
    found.answers[group].pop(gone)
    kept: dict[str, list[str]] = {}
    for name, texts in found.texts.items():
        parts = name.split(":")
        if len(parts) > 2 and parts[0] == group:
            row = int(parts[1])
            if row == gone:
                continue
            name = ":".join([group, str(row - (row > gone)), *parts[2:]])  # noqa: PLW2901  (the same input, moved)
        kept[name] = texts
    found.texts = kept
    found.faults = {place: fault for place, fault in found.faults.items() if place[1] is None}
