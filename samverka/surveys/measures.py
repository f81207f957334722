"""A round measured: every figure that may be shown, all together and group by group, without a word of any language.

Free text is in no measure, nor anything calculated that is neither yes, no nor a number: what is written by hand is
read by somebody before it is shown. A measure is kept in the cache until the round's revision goes up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl
from django.core.cache import cache

from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import NO, YES, NoAnswer, QuestionType
from samverka.questionnaires.reading import definition_of

from .background import INHABITANTS, KIND, NAMES, Background
from .columns import CODES, Layout, columns_of, no_answer_column, number_like
from .models import Round
from .weighting import Estimate, Weights, weights_of

CHOSEN = frozenset({QuestionType.ONE, QuestionType.SEVERAL, QuestionType.YES_NO, QuestionType.SCALE})
_GROUP = "#group"
_KEPT = 90 * 24 * 3600


@dataclass(frozen=True)
class Numbers:
    """Figures of numbers. `sd` has n - 1 below the line; quartiles lie between their neighbours by straight line."""

    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    q1: float | None = None
    q3: float | None = None
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True)
class Measure:
    """One variable among some responses. Base, missing and no answers together are all of them. `inhabitants` are
    those of the municipalities that chose each value, `inhabitants_base` of those in the base. `weighted` is by
    value, for numbers "".
    """

    base: int = 0
    missing: int = 0
    no_answers: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    numbers: Numbers | None = None
    inhabitants: Mapping[str, int] = field(default_factory=dict)
    inhabitants_base: int = 0
    weighted: Mapping[str, Estimate] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """All the responses that it is among."""
        return self.base + self.missing + sum(self.no_answers.values())

    def share(self, value: str) -> float | None:
        """Return which share of the base chose `value`, or None without a base."""
        return self.counts.get(value, 0) / self.base if self.base else None


@dataclass(frozen=True)
class Measured:
    """A round by one division: code -> measure of all, and group -> code -> measure. `responses` are how many there
    are in each group, "" for all.
    """

    all: Mapping[str, Measure]
    groups: Mapping[str, Mapping[str, Measure]]
    responses: Mapping[str, int]


#: Measures that this process has at hand; all are thrown out when they are many.
_near: dict[str, Measured] = {}
_MOST_NEAR = 200


def measured(found: Round, by: str = KIND) -> Measured:
    """Return the measures of a round by a background (`background.NAMES`) or by a variable with choices."""
    stamp = f"{found.opened_at:%y%m%d%H%M%S%f}" if found.opened_at else ""
    key = f"measures:1:{found.pk}:{stamp}:{found.revision}:{found.closes_on}:{by}"
    if key not in _near:
        if len(_near) >= _MOST_NEAR:
            _near.clear()
        _near[key] = cache.get(key) or _made(key, found, by)
    return _near[key]


def _made(key: str, found: Round, by: str) -> Measured:
    made = _Meter(found, by).measure()
    cache.set(key, made, _KEPT)
    return made


def shown_questions(found: Round) -> list[Question]:
    """Return the questions of a round that a figure may be made of, in order; those of repeated groups are not."""
    return [
        placed.item for placed in definition_of(found.version).placed
        if isinstance(placed.item, Question) and not placed.repeat and is_measured(placed.item)
    ]  # fmt: skip


def is_measured(question: Question) -> bool:
    """Return whether there may be a measure of the question: of choices, numbers and what is calculated from them."""
    return question.type in CHOSEN or question.is_number or question.type == QuestionType.CALCULATED


def can_divide(question: Question) -> bool:
    """Return whether responses can be divided by the answers to the question, each into one group."""
    return question.type in {QuestionType.ONE, QuestionType.YES_NO, QuestionType.SCALE}


class _Meter:
    """Measures the columns of a round, all groups of a variable in one go."""

    def __init__(self, found: Round, by: str) -> None:
        self._layout = Layout(definition_of(found.version))
        self._frame = columns_of(found)[""]
        self._background = Background(found)
        group = self._group(by).alias(_GROUP)
        self._frame = self._frame.with_columns(group, self._background.frame[INHABITANTS].alias(INHABITANTS))
        self._questions = shown_questions(found)
        self._weights: Weights | None = weights_of(found, self._layout, self._frame)

    def _group(self, by: str) -> pl.Series:
        if by in NAMES and by not in self._layout.definition.by_code:
            return self._background.frame[by]
        question = next(one for one in self._layout.definition.questions if one.code == by)
        values = dict(enumerate(self._layout.values(question)))
        return self._frame[by].replace_strict(values, default=None, return_dtype=pl.String)

    def measure(self) -> Measured:
        sizes = dict(self._frame.group_by(_GROUP).len().drop_nulls().iter_rows())
        every: dict[str, Measure] = {}
        groups: dict[str, dict[str, Measure]] = {group: {} for group in sorted(sizes)}
        for question in self._questions:
            for group, told in self._variable(question).items():
                (every if group is None else groups[group])[question.code] = told
            if self._weights and question.code in every:
                weighted = self._weights.estimates(question, self._frame)
                every[question.code] = replace(every[question.code], weighted=weighted)
        return Measured(every, groups, {"": len(self._frame), **sizes})

    def _variable(self, question: Question) -> dict[str | None, Measure]:
        """Return the measure of each group, and under None that of all."""
        wanted = (_GROUP, INHABITANTS, question.code, no_answer_column(question.code))
        frame = self._frame.select([name for name in wanted if name in self._frame.columns])
        if question.type == QuestionType.CALCULATED:
            return _calculated(frame, question.code)
        if number_like(question):
            return _numbers(frame, question.code)
        return _choices(frame, question, self._layout.values(question))


def _both(frame: pl.DataFrame) -> Iterable[tuple[bool, pl.DataFrame]]:
    """Return the rows twice: all as one group, and by their groups."""
    yield True, frame.with_columns(pl.lit(None, pl.String).alias(_GROUP))
    yield False, frame.filter(pl.col(_GROUP).is_not_null())


def _choices(frame: pl.DataFrame, question: Question, values: list[str]) -> dict[str | None, Measure]:
    found: dict[str | None, Measure] = {}
    code = question.code
    is_several = question.type == QuestionType.SEVERAL
    for _all, rows in _both(frame):
        first = pl.col(code).list.first() if is_several else pl.col(code)
        known = rows.with_columns(first.alias("first")).with_columns((pl.col("first") >= 0).alias("told"))
        heads = known.group_by(_GROUP).agg(
            pl.len().alias("rows"), pl.col("told").sum().alias("base"),
            *(pl.col("first").eq(number).sum().alias(kind) for kind, number in CODES.items()),
            pl.col(INHABITANTS).filter(pl.col("told")).sum().alias("inhabitants"),
        )  # fmt: skip
        chosen = known.filter("told").explode(code) if is_several else known.filter("told")
        each = chosen.group_by(_GROUP, code).agg(pl.len(), pl.col(INHABITANTS).sum().alias("i")).iter_rows()
        counts: dict[str | None, dict[str, int]] = {}
        people: dict[str | None, dict[str, int]] = {}
        for group, place, number, inhabitants in each:
            counts.setdefault(group, {})[values[place]] = number
            people.setdefault(group, {})[values[place]] = inhabitants
        numbers = _scale_numbers(known.filter("told"), code, values) if question.type == QuestionType.SCALE else {}
        for head in heads.iter_rows(named=True):
            found[head[_GROUP]] = _measure(question, head, counts, people, numbers.get(head[_GROUP]))
    return found


def _measure(
    question: Question, head: dict[str, Any], counts: Mapping[Any, Any], people: Mapping[Any, Any], numbers: Any
) -> Measure:
    no = {kind: head[kind] for kind in CODES if head[kind] or NoAnswer(kind) in question.no_answers}
    missing = head["rows"] - head["base"] - sum(no.values())
    group = head[_GROUP]
    return Measure(
        head["base"], missing, no, counts.get(group, {}), numbers, people.get(group, {}), head.get("inhabitants", 0)
    )


def _scale_numbers(rows: pl.DataFrame, code: str, values: list[str]) -> dict[str | None, Numbers]:
    as_number = {place: float(value) for place, value in enumerate(values)}
    frame = rows.with_columns(pl.col(code).replace_strict(as_number, default=None, return_dtype=pl.Float64))
    return _figures(frame, code)


def _numbers(frame: pl.DataFrame, code: str) -> dict[str | None, Measure]:
    found: dict[str | None, Measure] = {}
    beside = no_answer_column(code)
    for _all, rows in _both(frame):
        told = _figures(rows, code)
        heads = rows.group_by(_GROUP).agg(
            pl.len().alias("rows"), pl.col(code).count().alias("base"),
            *(pl.col(beside).eq(number).sum().alias(kind) for kind, number in CODES.items()),
        )  # fmt: skip
        for head in heads.iter_rows(named=True):
            no = {kind: head[kind] for kind in CODES if head[kind]}
            missing = head["rows"] - head["base"] - sum(no.values())
            found[head[_GROUP]] = Measure(head["base"], missing, no, numbers=told.get(head[_GROUP]))
    return found


def _figures(rows: pl.DataFrame, code: str) -> dict[str | None, Numbers]:
    known = rows.filter(pl.col(code).is_not_null())
    column = pl.col(code)
    each = known.group_by(_GROUP).agg(
        column.mean().alias("mean"), column.median().alias("median"), column.std(ddof=1).alias("sd"),
        column.quantile(0.25, "linear").alias("q1"), column.quantile(0.75, "linear").alias("q3"),
        column.min().alias("min"), column.max().alias("max"),
    )  # fmt: skip
    return {group: Numbers(*told) for group, *told in each.iter_rows()}


def _calculated(frame: pl.DataFrame, code: str) -> dict[str | None, Measure]:
    """Return the measures of what is calculated: yes and no, or numbers; of anything else none."""
    different = frame[code].drop_nulls().unique()
    if set(different.to_list()) <= {YES, NO}:
        return _calculated_choices(frame, code)
    numbers = frame.with_columns(pl.col(code).cast(pl.Float64, strict=False))
    if numbers[code].null_count() != frame[code].null_count():
        return {}
    return _numbers(numbers.with_columns(pl.lit(None, pl.Int16).alias(no_answer_column(code))), code)


def _calculated_choices(frame: pl.DataFrame, code: str) -> dict[str | None, Measure]:
    places = {YES: 0, NO: 1}
    coded = frame.with_columns(pl.col(code).replace_strict(places, default=None, return_dtype=pl.Int16))
    return _choices(coded, Question(code, QuestionType.YES_NO), [YES, NO])
