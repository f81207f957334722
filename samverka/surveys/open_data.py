"""Rounds as open data: a row for each public body, or for associations only what may be shown of them together.

Columns are called by the codes of the questionnaire, so that a file of one round can be read in again and set beside
the next. Several-of has a column of 0 and 1 for each choice. What is written by hand is left out, and how to reach
somebody. Of repeated groups there are the organisations that were named and nothing else: `<code>/id` and
`<code>/namn`, several of them with semicolons between. Of a file there is only that it was sent.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, BinaryIO

from samverka.kernel.big_sheets import write_big_xlsx
from samverka.kernel.spreadsheets import Column, Row, write_csv
from samverka.questionnaires.definition import Placed, Question
from samverka.questionnaires.enums import NO, YES, QuestionType
from samverka.questionnaires.reading import definition_of
from samverka.questionnaires.values import id_in

from .background import day_of
from .columns import Layout
from .enums import RoundSide
from .figures import Figure, Option
from .measures import is_measured, shown_questions
from .models import Response, Round
from .named import file_questions, organisation_questions, public_names, told_in
from .results import RoundResults
from .weighting import Estimate

#: One language in every file: point for decimals, comma between cells.
_LANGUAGE = "en"
FILE_THERE = "bilaga finns"
_BODY = (
    Column("omgang", "omgang"), Column("ar", "ar", "int"), Column("kod", "kod"), Column("namn", "namn"),
    Column("slag", "slag"), Column("lan", "lan"),
)  # fmt: skip
_TOGETHER = (
    Column("omgang", "omgang"), Column("ar", "ar", "int"), Column("variabel", "variabel"), Column("varde", "varde"),
    Column("namn", "namn"), Column("antal", "antal", "int"), Column("andel", "andel", "decimal"),
    Column("vagd_andel", "vagd_andel", "decimal"), Column("bas", "bas", "int"), Column("visas", "visas"),
)  # fmt: skip


def columns_of_rounds(rounds: Sequence[Round]) -> list[Column]:
    """Return the columns of a file with those rounds, all of one side."""
    if any(one.side == RoundSide.CIVIL for one in rounds):
        return list(_TOGETHER)
    found = {column.key: column for column in _BODY}
    for one in rounds:
        layout = Layout(definition_of(one.version))
        for question in shown_questions(one):
            found |= {column.key: column for column in _columns(layout, question)}
        found |= {column.key: column for column in _named_columns(one)}
    return list(found.values())


def rows_of_rounds(rounds: Sequence[Round]) -> Iterator[Row]:
    """Return the rows of those rounds."""
    for one in rounds:
        yield from _together(one) if one.side == RoundSide.CIVIL else _bodies(one)


def write_rounds(rounds: Sequence[Round], *, format: str, file: BinaryIO) -> None:
    """Write a file of those rounds: csv or xlsx."""
    columns, rows = columns_of_rounds(rounds), rows_of_rounds(rounds)
    if format == "xlsx":
        write_big_xlsx(columns, rows, file, title="Kartläggningen")
    else:
        write_csv(columns, rows, file, language=_LANGUAGE)


# Public bodies


def _columns(layout: Layout, question: Question) -> list[Column]:
    if question.type == QuestionType.SEVERAL:
        return [Column(key, key, "int") for value in layout.values(question) for key in [f"{question.code}/{value}"]]
    return [Column(question.code, question.code, "decimal" if question.is_number else "text")]


def _bodies(found: Round) -> Iterator[Row]:
    layout, year = Layout(definition_of(found.version)), day_of(found).year
    fillers = [_filler(layout, question) for question in shown_questions(found)]
    fillers += [*_named_fillers(found), *(_file_filler(question) for question in file_questions(found))]
    for answers, name, kind, place, county in _told(found):
        row: dict[str, Any] = {
            "omgang": found.slug, "ar": year, "kod": place or county, "namn": name, "slag": kind, "lan": county,
        }  # fmt: skip
        for fill in fillers:
            fill(row, answers)
        yield row


def _told(found: Round) -> Any:
    rows = Response.objects.filter(round=found).order_by("organisation__sort_key", "pk")
    names = ("name", "kind", "municipality", "county")
    return rows.values_list("answers", *(f"organisation__{name}" for name in names))


def _filler(layout: Layout, question: Question) -> Callable[[dict[str, Any], Any], None]:
    """Return what writes the answers to one question into a row."""
    code = question.code
    if question.type == QuestionType.SEVERAL:
        keys = [(value, f"{code}/{value}") for value in layout.values(question)]

        def several(row: dict[str, Any], answers: Any) -> None:
            told = answers.get(code)
            if isinstance(told, list):
                for value, key in keys:
                    row[key] = 1 if value in told else 0

        return several
    as_number = question.is_number

    def one(row: dict[str, Any], answers: Any) -> None:
        told = answers.get(code)
        if isinstance(told, dict):
            row[code] = told["no"]
        elif told is not None and (as_number or question.type != QuestionType.CALCULATED or _is_plain(told)):
            row[code] = float(told) if as_number else told

    return one


def _is_plain(told: str) -> bool:
    """Return whether a calculated answer is yes, no or a number: anything else may hold what somebody wrote."""
    return told in {YES, NO} or told.replace(".", "", 1).lstrip("-").isdigit()


# What is kept elsewhere: organisations and files


def _named_columns(found: Round) -> Iterator[Column]:
    for placed in organisation_questions(found):
        for part in ("id", "namn"):
            yield Column(f"{placed.item.code}/{part}", f"{placed.item.code}/{part}")
    for question in file_questions(found):
        yield Column(question.code, question.code)


def _named_fillers(found: Round) -> Iterator[Callable[[dict[str, Any], Any], None]]:
    """Yield what writes the organisations of the register that an answer names; nothing that was written by hand."""
    questions = organisation_questions(found)
    if not questions:
        return
    rows = Response.objects.filter(round=found).values_list("answers", flat=True)
    names = public_names({id_in(value) for answers in rows for one in questions for value in told_in(one, answers)})
    for placed in questions:
        yield partial(_fill_named, placed, names)


def _fill_named(placed: Placed, names: Mapping[str, str], row: dict[str, Any], answers: Any) -> None:
    keys = [key for value in told_in(placed, answers) if (key := id_in(value)) in names]
    row[f"{placed.item.code}/id"] = "; ".join(keys)
    row[f"{placed.item.code}/namn"] = "; ".join(names[key] for key in keys)


def _file_filler(question: Question) -> Callable[[dict[str, Any], Any], None]:
    def there(row: dict[str, Any], answers: Any) -> None:
        row[question.code] = FILE_THERE if id_in(answers.get(question.code)) else ""

    return there


# Associations


def _together(found: Round) -> Iterator[Row]:
    results, year = RoundResults(found, "sv"), day_of(found).year
    for question in filter(is_measured, shown_questions(found)):
        figure = results.figure(question)
        for option in figure.options:
            yield _option_row(found, year, figure, option)
        if figure.numbers and figure.numbers.mean is not None:
            mean = {"varde": "mean", "namn": "Medelvärde", "andel": figure.numbers.mean}
            yield {
                "omgang": found.slug,
                "ar": year,
                "variabel": question.code,
                "bas": figure.base,
                "visas": "ja",
                **mean,
            }


def _option_row(found: Round, year: int, figure: Figure, option: Option) -> Row:
    return {
        "omgang": found.slug, "ar": year, "variabel": figure.question.code, "varde": option.value,
        "namn": option.label, "antal": option.count, "andel": option.share, "bas": figure.base,
        "vagd_andel": rounded(option.estimate), "visas": "nej" if option.count is None else "ja",
    }  # fmt: skip


def rounded(estimate: Estimate | None) -> float | None:
    """Return a weighted share to the whole per cent: with more digits it would be an equation that hidden cells fit."""
    return None if estimate is None else round(estimate.value, 2)
