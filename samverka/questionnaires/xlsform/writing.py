"""From definition to workbook: read again it is the same definition."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from samverka.kernel.spreadsheets import write_sheets

from ..definition import Definition, Item, Question, Section, Texts
from ..enums import NO, YES, QuestionType, SectionKind
from .columns import PLAIN, TRANSLATED
from .limits import with_limit
from .types import MULTILINE, OWN, TABLE, WRITTEN, YES_NO_LIST

Cells = dict[str, str]
_YES_NO = {"sv": ("Ja", "Nej"), "en": ("Yes", "No")}
_FILES = {"": "file", "image": "image", "audio": "audio", "video": "video"}


def write_workbook(definition: Definition, file: BinaryIO) -> None:
    """Write the definition as an XLSForm workbook (.xlsx) to a binary file."""
    writer = _Writer(definition)
    write_sheets(
        {
            "survey": _table(writer.survey(), writer.first_headings()),
            "choices": _table(writer.choices(), ["list_name", "name"]),
            "settings": _table([writer.settings()], []),
        },
        file,
        title=definition.text(definition.title, definition.language),
    )


def _table(rows: Iterable[Cells], first: list[str]) -> list[list[str]]:
    """Return rows under headings: those in `first`, then every other that some row fills."""
    kept = list(rows)
    headings = list(dict.fromkeys([*first, *(heading for row in kept for heading, text in row.items() if text)]))
    return [headings, *([row.get(heading, "") for heading in headings] for row in kept)]


class _Writer:
    def __init__(self, definition: Definition) -> None:
        self._definition = definition

    def first_headings(self) -> list[str]:
        """Return the headings that are there whatever is filled: a column for each language keeps it."""
        return ["type", "name", *self._in_languages("label", {})]

    def _codes(self) -> list[str]:
        return [language.code for language in self._definition.languages]

    def _in_languages(self, column: str, texts: Texts) -> Cells:
        return {
            f"{column}::{language.name}" if language.name else column: texts.get(language.code, "")
            for language in self._definition.languages
        }

    def settings(self) -> Cells:
        definition, first = self._definition, self._definition.languages[0]
        others = {code: text for code, text in definition.title.items() if code != first.code}
        return {
            "form_title": definition.text(definition.title, first.code),
            "form_id": definition.form_id,
            "version": definition.edition,
            "default_language": first.name,
            "samverka_language": next((found.code for found in definition.languages if not found.name), ""),
            "allow_choice_duplicates": "yes" if definition.same_values else "",
            **self._in_languages("samverka_title", others),
        }

    def choices(self) -> Iterator[Cells]:
        for found in self._definition.lists:
            for option in found.options:
                row = {"list_name": found.name, "name": option.value} | self._in_languages("label", option.label)
                yield row | {"samverka_exclusive": "yes" if option.exclusive else ""} | dict(option.attributes)
        if any(question.type == QuestionType.YES_NO for question in self._definition.questions):
            for place, value in enumerate((YES, NO)):
                label = {code: _YES_NO.get(code, _YES_NO["en"])[place] for code in self._codes()}
                yield {"list_name": YES_NO_LIST, "name": value} | self._in_languages("label", label)

    def survey(self) -> Iterator[Cells]:
        yield from self._rows(self._definition.items)

    def _rows(self, items: tuple[Item, ...]) -> Iterator[Cells]:
        for item in items:
            if isinstance(item, Question):
                yield self._question(item)
                continue
            kind = "repeat" if item.kind == SectionKind.REPEAT else "group"
            yield {"type": f"begin_{kind}", "name": item.code} | self._fields(item) | self._section(item)
            yield from self._rows(item.items)
            yield {"type": f"end_{kind}"}

    def _section(self, section: Section) -> Cells:
        cells = {"samverka_minutes": "" if section.minutes is None else str(section.minutes)}
        if section.kind != SectionKind.MATRIX:
            return cells
        if section.appearance or not _is_table_of_choices(section):
            return cells | {"samverka_type": SectionKind.MATRIX.value}
        return cells | {"appearance": TABLE}

    def _question(self, question: Question) -> Cells:
        cells = {"type": _type(question), "name": question.code} | self._fields(question)
        own = question.type in OWN and question.type != QuestionType.LONG_TEXT
        cells |= {
            "required": "yes" if question.required_if == "true()" else question.required_if,
            "read_only": "yes" if question.read_only else "",
            "samverka_type": question.type.value if own else "",
            "samverka_dont_know": "yes" if question.dont_know else "",
            "samverka_not_applicable": "yes" if question.not_applicable else "",
        }
        return cells | _scale(question) | _limits(question) | _long(question)

    def _fields(self, item: Item) -> Cells:
        cells: Cells = {}
        for column, name in TRANSLATED.items():
            cells |= self._in_languages(column, getattr(item, name, None) or {})
        return cells | {column: getattr(item, name, "") for column, name in PLAIN.items()}


def _type(question: Question) -> str:
    match question.type:
        case QuestionType.ONE | QuestionType.SEVERAL:
            how = "select_one" if question.type == QuestionType.ONE else "select_multiple"
            return f"{how} {question.choices}{' or_other' if question.or_other else ''}"
        case QuestionType.YES_NO:
            return f"select_one {YES_NO_LIST}"
        case QuestionType.FILE:
            return _FILES[question.accept]
    return WRITTEN[question.type]


def _scale(question: Question) -> Cells:
    if question.type != QuestionType.SCALE:
        return {}
    return {"parameters": f"start={question.start} end={question.end} step={question.step or 1}"}


def _limits(question: Question) -> Cells:
    if question.max_choices is None:
        return {}
    condition = with_limit(question.valid_if, question.max_choices)
    return {"samverka_max_choices": str(question.max_choices), "constraint": condition}


def _long(question: Question) -> Cells:
    if question.type != QuestionType.LONG_TEXT:
        return {}
    return {"samverka_type": question.type.value} if question.appearance else {"appearance": MULTILINE}


def _is_table_of_choices(section: Section) -> bool:
    choosing = {QuestionType.ONE, QuestionType.SEVERAL, QuestionType.YES_NO}
    return all(isinstance(item, Question) and item.type in choosing for item in section.items)
