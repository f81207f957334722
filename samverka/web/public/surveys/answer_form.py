"""One block as a form: what is kept shown in it, and what was sent read from it.

Beside each question stands `v:<name>`, the version that the form was drawn with, and for each repeated group
`n:<group>`, the numbers of the rows on the page. `keep:<name>` and `over:<name>` answer which of two texts to keep.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from samverka.kernel.personal_numbers import mentions
from samverka.questionnaires.definition import Definition, Placed, Question, Section
from samverka.questionnaires.engine import REQUIRED, Engine, Problem
from samverka.questionnaires.enums import QuestionType
from samverka.questionnaires.values import CHOSEN, is_dynamic
from samverka.surveys.blocks import Block
from samverka.surveys.kept import LONGEST_OTHER, MOST_ROWS, OUTSIDE, Place, texts_in, to_kept
from samverka.surveys.sheet import Sheet
from samverka.web.components.questionnaire import FormMaker, QuestionField
from samverka.web.components.register_lookup import resolved
from samverka.web.components.typed_answers import Typed, input_name
from samverka.web.components.words import language

from .drivers import drivers_of

#: No row has a higher number.
_HIGHEST_ROW = 9_999
_TEXTS = {QuestionType.TEXT, QuestionType.LONG_TEXT}


@dataclass(frozen=True)
class Sent:
    """What a form says at one place: the version it was drawn with, and what was typed."""

    name: str
    place: Place
    question: Question
    base: int
    texts: tuple[str, ...]
    no: str
    value: Any
    keep: str = ""
    over: int = 0

    @property
    def html_id(self) -> str:
        """The end of the ids of the question on the page."""
        return self.name.replace(":", "_")

    @property
    def mentions_number(self) -> bool:
        """Whether a personal identity number may stand in what was typed."""
        return self.question.type in _TEXTS and any(mentions(text) for text in self.texts)


def sent(definition: Definition, block: Block, posted: QueryDict) -> list[Sent]:
    """Return what was sent for the places of a block that the form says it had."""
    asked = [question for question in block.questions() if question.type != QuestionType.FILE]
    known = {code: question for question in asked for code in _codes(question)}
    found = []
    for key in posted:
        name = key.removeprefix("v:")
        if name != key and (place := _place(definition, name, known, posted)):
            found.append(_read(definition, known[place[0]], name, place, posted))
    return found


@dataclass(frozen=True)
class SentFile:
    """Where a file was sent, or is to be taken away: the version that the form was drawn with."""

    name: str
    place: Place
    base: int


def sent_file(definition: Definition, block: Block, posted: QueryDict, name: str) -> SentFile | None:
    """Return the place of a question that takes a file, by the name of its input; None for any other name."""
    known = {question.code: question for question in block.questions() if question.type == QuestionType.FILE}
    place = _place(definition, name, known, posted)
    return SentFile(name, place, _number(posted.get(f"v:{name}", ""))) if place else None


def _codes(question: Question) -> tuple[str, ...]:
    return (question.code, question.other_code) if question.or_other else (question.code,)


def _place(definition: Definition, name: str, known: Mapping[str, Question], posted: QueryDict) -> Place | None:
    group, _colon, rest = name.partition(":")
    index, _colon, code = rest.partition(":")
    if not rest:
        code = group
    if code not in known or (definition.by_code[known[code].code].repeat or code) != group:
        return None
    if not rest:
        return code, OUTSIDE
    numbers = row_numbers(posted, group)
    return (code, numbers[int(index)]) if index.isdecimal() and len(index) < 4 and int(index) < len(numbers) else None


def row_numbers(posted: QueryDict, group: str) -> list[int]:
    """Return the numbers of the rows of a group as they stood on the page."""
    parts = posted.get(f"n:{group}", "").split(",")[:MOST_ROWS]
    return [int(part) for part in parts if part.isdecimal() and len(part) < 5 and int(part) <= _HIGHEST_ROW]


def _read(definition: Definition, question: Question, name: str, place: Place, posted: QueryDict) -> Sent:
    texts = tuple(text for text in posted.getlist(name) if text.strip())
    if question.type == QuestionType.ORGANISATION:
        texts = tuple(resolved(texts))
    no = posted.get(f"{name}:no", "")[:20]
    if place[0] == question.code:
        value = to_kept(definition, question, texts, no)
    else:
        value = "".join(texts).strip()[:LONGEST_OTHER].replace("\x00", "") or None
    base, over = _number(posted.get(f"v:{name}", "")), _number(posted.get(f"over:{name}", ""))
    return Sent(name, place, question, base, texts, no, value, posted.get(f"keep:{name}", ""), over)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@dataclass
class BlockForm:
    """A block to be drawn. `typed` holds what was sent and is not saved, by name: it is shown in place of what is.
    `known` says what is in here already of a question, by code; `find` names a look-up that shows what it has found.
    `files_at` is the address below which files are fetched, and `refused` says why one was not taken, by name.
    """

    engine: Engine
    sheet: Sheet
    block: Block
    readable: frozenset[str] | None = None
    typed: Mapping[str, Sent] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    find: str = ""
    files_at: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        """The reader's language, or the questionnaire's own where it has no such words."""
        known = {found.code for found in self.engine.definition.languages}
        return language() if language() in known else self.engine.definition.language

    @cached_property
    def maker(self) -> "_Maker":
        """What makes the form."""
        maker = _Maker(self.engine, self._typed(), language=self.language, today=today(), checked=True)
        maker.readable, maker.known, maker.find = self.readable, self.known, self.find
        maker.files_at = self.files_at
        for index, name, place, _question in self.places():
            if name in self.refused:
                maker.add_fault((place[0], index), self.refused[name])
        return maker

    @cached_property
    def parts(self) -> tuple[Any, ...]:
        """What is shown, in order."""
        return self.maker.parts_of(self.block.items)

    def piped(self, texts: Mapping[str, str]) -> str:
        """Return a text of the block itself, with the answers that it may show."""
        return self.maker.piped(texts)

    @property
    def versions(self) -> list[tuple[str, int]]:
        """(name, version) of every question that is shown."""
        shown = self.maker.outcome.shown
        return [
            (name, self.typed[name].base if name in self.typed else self.sheet.version(place))
            for index, name, place, question in self.places()
            if (question.code, index) in shown
        ]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """(group, its rows' numbers) of every repeated group of the block."""
        rows = self.maker.outcome.rows
        return [
            (group.code, ",".join(map(str, self._numbers(group, len(rows[group.code])))))
            for group in self.block.groups()
        ]

    def _numbers(self, group: Section, wanted: int) -> list[int]:
        numbers = self.sheet.row_numbers(group)
        return [*numbers, *range(len(numbers), wanted)][:wanted]

    def places(self) -> Iterator[tuple[int | None, str, Place, Question]]:
        """Yield (index of the row, name of the input, place, question) of the block."""
        by_code = self.engine.definition.by_code
        for question in self.block.questions():
            placed = by_code[question.code]
            for index, place, _question in self._places_of(placed):
                yield index, input_name(place[0], placed.repeat, index), place, question

    def _places_of(self, placed: Placed) -> Iterator[tuple[int | None, Place, Question]]:
        group = self.engine.definition.by_code[placed.repeat].item if placed.repeat else None
        if not isinstance(group, Section) or not group.count or not isinstance(placed.item, Question):
            yield from self.sheet.places_of(placed)
            return
        # Rows that another answer counts out are there before anybody has written in them.
        for index in range(MOST_ROWS):
            for code in _codes(placed.item):
                yield index, (code, index), placed.item

    def _typed(self) -> Typed:
        typed = Typed(answers=self.sheet.answers(), faults=self.sheet.faults())
        for _index, name, place, question in self.places():
            if name in self.typed:
                texts, no = list(self.typed[name].texts), self.typed[name].no
            elif self.sheet.version(place):
                texts, no = texts_in(self.sheet.value(place))
                texts = [_shown(question, text) for text in texts] if place[0] == question.code else texts
            else:
                texts, no = _beforehand(question) if place[0] == question.code else [], ""
            typed.texts[name], typed.texts[f"{name}:no"] = texts, [no] if no else []
        return typed

    @property
    def takes_files(self) -> bool:
        """Whether the block asks for a file."""
        return any(question.type == QuestionType.FILE for question in self.block.questions())

    @property
    def drivers(self) -> str:
        """The codes of questions whose answers change what the block shows, with spaces between."""
        return " ".join(sorted(drivers_of(self.engine.definition, self.block)))


def today() -> datetime.date:
    """Return the day that conditions speak of."""
    return timezone.localdate()


class _Maker(FormMaker):
    """Says what is wrong with what is answered, and nothing of what is not answered yet."""

    #: The address below which files are fetched.
    files_at: str = ""
    #: What is known in here of a question, in words, by its code.
    known: Mapping[str, str]

    def piped(self, texts: Mapping[str, str]) -> str:
        """Return a text outside of repeated groups."""
        return self._piped(texts, self._engine.scope(self.outcome, today=self._today))

    def _question(self, question: Question, row: int | None) -> QuestionField:
        made = replace(super()._question(question, row), known=self.known.get(question.code, ""))
        if question.type != QuestionType.FILE:
            return made
        key = self._typed.texts.get(made.name, ["", ""])[1:]
        there = f"{self.files_at}{key[0].removeprefix(CHOSEN)}/" if key and key[0] else ""
        return replace(made, uploads=True, file_url=there, no_answers=())

    def _problems(self, problems: Any) -> None:
        answered: list[Problem] = [problem for problem in problems if problem.kind != REQUIRED]
        super()._problems(answered)


def _shown(question: Question, text: str) -> str:
    """Return a number as the reader's language writes it."""
    return text.replace(".", ",") if question.is_number and language() == "sv" else text


def _beforehand(question: Question) -> list[str]:
    if not question.default or is_dynamic(question.default):
        return []
    return question.default.split() if question.type == QuestionType.SEVERAL else [question.default]
