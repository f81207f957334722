"""The code book of a round: what every variable and value of its open data means."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from samverka.kernel.spreadsheets import Column, write_csv
from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import QuestionType

from .enums import RoundSide
from .measures import shown_questions
from .models import Round
from .named import file_questions, organisation_questions
from .results import RoundResults

_COLUMNS = tuple(
    Column(name, name)
    for name in (
        "variabel", "fraga", "typ", "varde", "vardets_namn", "definition", "raknas", "raknas_inte", "enhet", "kalla",
        "sedan",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Variable:
    """A variable: the question with its texts in one language, and what its values are called."""

    question: Question
    label: str
    definition: str
    counts: str
    counts_not: str
    unit: str
    values: list[tuple[str, str]]

    @property
    def type_label(self) -> str:
        """What kind of answer it has."""
        return str(QuestionType(self.question.type).label)

    @property
    def no_answers(self) -> list[tuple[str, str]]:
        """What stands in a cell instead of an answer, with its words."""
        return [(kind.value, str(kind.label)) for kind in self.question.no_answers]


def code_book(found: Round, language: str) -> list[Variable]:
    """Return the variables of a round's open data, in the order of the questionnaire."""
    results = RoundResults(found, language)
    text = results.definition.text
    return [
        Variable(
            question, text(question.label, language), text(question.definition, language),
            text(question.counts, language), text(question.counts_not, language), text(question.unit, language),
            results.values(question),
        )
        for question in [*shown_questions(found), *_kept_elsewhere(found)]
    ]  # fmt: skip


def _kept_elsewhere(found: Round) -> list[Question]:
    """Return the questions that are answered with an organisation or a file: public bodies' open data tell of them."""
    if found.side != RoundSide.PUBLIC:
        return []
    named = [placed.item for placed in organisation_questions(found) if isinstance(placed.item, Question)]
    return [*named, *file_questions(found)]


def write_code_book(found: Round, file: BinaryIO, *, language: str) -> None:
    """Write the code book as CSV: a row for each value, or for a variable without values one."""
    write_csv(_COLUMNS, _rows(found, language), file, language="en")


def _rows(found: Round, language: str) -> Iterator[dict[str, str]]:
    for one in code_book(found, language):
        row = {
            "variabel": one.question.code, "fraga": one.label, "typ": one.question.type, "definition": one.definition,
            "raknas": one.counts, "raknas_inte": one.counts_not, "enhet": one.unit, "kalla": one.question.source,
            "sedan": one.question.since,
        }  # fmt: skip
        for value, label in [*one.values, *one.no_answers] or [("", "")]:
            yield row | {"varde": value, "vardets_namn": label}
