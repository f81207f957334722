"""Counting columns: from the coded answers of one question to its count."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import NoAnswer, QuestionType
from samverka.questionnaires.values import scale_values

from .columns import ANSWERED, CODES, ROW_OF, id_column, no_answer_column, number_like
from .named import public_names
from .statistics import Count, Figures, Labels, OptionTally, figures, shares

#: More different values than this are not told apart in a calculated field.
MOST_CALCULATED = 200


def count(question: Question, frame: pl.DataFrame, labels: Labels) -> Count:
    """Return the count of a question over the rows of `frame`."""
    if question.type == QuestionType.CALCULATED:
        return _calculated(frame[question.code])
    if number_like(question):
        return _numbers(question, frame)
    if question.type == QuestionType.ORGANISATION:
        return _organisations(question, frame, labels)
    column = frame[question.code]
    if question.type != QuestionType.SEVERAL:
        return _places(question, column, len(frame), labels)
    answers = column.drop_nulls()
    counts = _counts(answers.explode())
    base = int((answers.list.first() >= 0).sum())
    return _told(question, counts, base, len(frame), labels)


def count_respondents(question: Question, rows: pl.DataFrame, respondents: int, labels: Labels) -> Count:
    """Return the count of a question in a repeated group by respondent: a choice counts once for each who has it in
    some row, numbers are added up over the rows of each.
    """
    if number_like(question) and question.type != QuestionType.DATE:
        sums = rows.filter(pl.col(question.code).is_not_null()).group_by(ROW_OF).agg(pl.col(question.code).sum())
        return Count(len(sums), respondents - len(sums), figures=figures(sums[question.code]))
    told = rows.select(ROW_OF, question.code).drop_nulls()
    if question.type == QuestionType.SEVERAL:
        told = told.explode(question.code)
    if question.type not in {QuestionType.CALCULATED, QuestionType.DATE}:
        told = told.filter(pl.col(question.code) >= 0)
    base = told[ROW_OF].n_unique()
    values = labels.values(question)
    counts = _counts(told.unique()[question.code]) if values else {}
    return Count(base, respondents - base, options=shares(counts, values, base))


def count_rows(rows: pl.DataFrame, respondents: int) -> Count:
    """Return how many rows of a repeated group the respondents have, those with none left out."""
    sizes = rows.group_by(ROW_OF).len()["len"]
    return Count(len(sizes), respondents - len(sizes), figures=figures(sizes))


def _counts(column: pl.Series) -> dict[int, int]:
    counted = column.drop_nulls().value_counts()
    return dict(zip(counted[column.name].to_list(), counted["count"].to_list(), strict=True))


def _no_answers(question: Question, counts: Mapping[int, int]) -> dict[NoAnswer, int]:
    """Return how many answered nothing of the matter, for the ways that the question offers or somebody used."""
    offered = {kind: counts.get(CODES[kind.value], 0) for kind in NoAnswer}
    return {kind: number for kind, number in offered.items() if number or kind in question.no_answers}


def _told(question: Question, counts: Mapping[int, int], base: int, asked: int, labels: Labels) -> Count:
    no_answers = _no_answers(question, counts)
    options = shares(counts, labels.values(question), base)
    return Count(base, asked - base - sum(no_answers.values()), no_answers, options)


def _organisations(question: Question, frame: pl.DataFrame, labels: Labels) -> Count:
    """Return how many named each organisation of the register, most first. What was only typed is in the base and
    nowhere else.
    """
    whole = _places(question, frame[question.code], len(frame), labels)
    named = frame[id_column(question.code)].drop_nulls().value_counts()
    counts = dict(named.iter_rows())
    options = [
        OptionTally(key, name, counts[key], counts[key] / whole.base) for key, name in public_names(counts).items()
    ]
    options.sort(key=lambda option: -option.count)
    return Count(whole.base, whole.missing, whole.no_answers, tuple(options))


def _places(question: Question, column: pl.Series, asked: int, labels: Labels) -> Count:
    counts = _counts(column)
    values = labels.values(question)
    base = sum(number for place, number in counts.items() if place >= 0) if values else counts.get(ANSWERED, 0)
    found = _told(question, counts, base, asked, labels)
    if question.type != QuestionType.SCALE:
        return found
    steps = scale_values(question)
    numbers = column.filter(column >= 0).cast(pl.Float64) * steps.step + steps.start
    return Count(found.base, found.missing, found.no_answers, found.options, figures(numbers))


def _numbers(question: Question, frame: pl.DataFrame) -> Count:
    column = frame[question.code]
    no_answers = _no_answers(question, _counts(frame[no_answer_column(question.code)]))
    base = len(column) - column.null_count()
    found = figures(column)
    if question.type == QuestionType.DATE:
        found = Figures(min=_day(found.min), max=_day(found.max))
    return Count(base, len(column) - base - sum(no_answers.values()), no_answers, figures=found)


def _day(ordinal: float | None) -> str | None:
    return None if ordinal is None else date.fromordinal(int(ordinal)).isoformat()


def _calculated(column: pl.Series) -> Count:
    """Return the count of a calculated field: figures where every value is a number, else how many have which."""
    known = column.drop_nulls()
    base, missing = len(known), column.null_count()
    numbers = known.cast(pl.Float64, strict=False)
    if not numbers.null_count() and base:
        return Count(base, missing, figures=figures(numbers))
    counted = known.value_counts().sort(column.name).head(MOST_CALCULATED)
    pairs = zip(counted[column.name].to_list(), counted["count"].to_list(), strict=True)
    return Count(
        base, missing, options=tuple(OptionTally(value, value, number, number / base) for value, number in pairs)
    )
