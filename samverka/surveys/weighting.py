"""Weights and margins for a sample: what the answers say of all those that the sample was drawn from.

Post-stratification: those who answered are divided by one variable, and each stratum counts as much as it is large in
the population. The margin is 1.96 standard errors (95 %), with the finite population correction in each stratum.
Source: W. G. Cochran, Sampling Techniques, 3rd edition (1977), chapters 5 and 5A, stratified sampling.
A stratum without answers is left out; one with a single answer is taken to vary as much as a share can.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import QuestionType

from .columns import Layout, number_like
from .models import Round, Stratum

WEIGHT = "#weight"
_STRATUM = "#stratum"
_95 = 1.96
_MOST_VARIED = 0.25


@dataclass(frozen=True)
class Estimate:
    """A share or mean in the population, and its margin of error (None where it cannot be said)."""

    value: float
    margin: float | None


@dataclass(frozen=True)
class Sampled:
    """What a stratum says: how many there are, how many answered, their mean and variance (n - 1)."""

    population: int
    answered: int
    mean: float
    variance: float | None


def estimate(strata: Sequence[Sampled]) -> Estimate | None:
    """Return the mean of the population and its margin, or None without answers."""
    known = [one for one in strata if one.answered]
    whole = sum(one.population for one in known)
    if not whole:
        return None
    mean = sum(one.population * one.mean for one in known) / whole
    return Estimate(mean, _95 * math.sqrt(sum(_share_of_error(one, whole) for one in known)))


def _share_of_error(one: Sampled, whole: int) -> float:
    variance = _MOST_VARIED if one.variance is None else one.variance
    unseen = max(0.0, 1 - one.answered / one.population)
    return (one.population / whole) ** 2 * unseen * variance / one.answered


@dataclass(frozen=True)
class Weights:
    """The strata of a round: the variable that divides, and how many of the population are in each."""

    layout: Layout
    stratum: pl.Series
    population: Mapping[str, int]

    @property
    def weights(self) -> pl.Series:
        """How many of the population each response stands for; nothing where its stratum is not known."""
        counts = dict(self.stratum.drop_nulls().value_counts().iter_rows())
        each = {name: self.population[name] / number for name, number in counts.items() if name in self.population}
        return self.stratum.replace_strict(each, default=None, return_dtype=pl.Float64).alias(WEIGHT)

    def estimates(self, question: Question, frame: pl.DataFrame) -> dict[str, Estimate]:
        """Return what the population says: by value of a question with choices, under "" of one with numbers."""
        rows = frame.with_columns(self.stratum.alias(_STRATUM))
        column = pl.col(question.code)
        if number_like(question):
            return self._each({"": column}, rows.filter(column.is_not_null()))
        if question.type == QuestionType.SEVERAL:
            told = rows.filter(column.list.first() >= 0)
            return self._each({value: column.list.contains(place) for place, value in self._values(question)}, told)
        if frame[question.code].dtype == pl.String:
            told = rows.filter(column.is_not_null())
            return self._each({value: column == value for value in told[question.code].unique()}, told)
        told = rows.filter(column >= 0)
        return self._each({value: column == place for place, value in self._values(question)}, told)

    def _values(self, question: Question) -> list[tuple[int, str]]:
        return list(enumerate(self.layout.values(question)))

    def _each(self, columns: Mapping[str, pl.Expr], rows: pl.DataFrame) -> dict[str, Estimate]:
        by = rows.filter(pl.col(_STRATUM).is_in(list(self.population))).group_by(_STRATUM)
        found = {}
        for value, column in columns.items():
            number = column.cast(pl.Float64)
            told = by.agg(pl.len(), number.mean().alias("mean"), number.var(ddof=1).alias("var")).iter_rows()
            strata = [Sampled(self.population[name], n, mean, var if n > 1 else None) for name, n, mean, var in told]
            if said := estimate(strata):
                found[value] = said
        return found


def weights_of(found: Round, layout: Layout, frame: pl.DataFrame) -> Weights | None:
    """Return the weights of a round's responses (`frame`, part ""), or None where nothing is said of a population."""
    strata = list(Stratum.objects.filter(round=found))
    if not strata:
        return None
    question = next(one for one in layout.definition.questions if one.code == strata[0].variable)
    values = dict(enumerate(layout.values(question)))
    column = frame[question.code].replace_strict(values, default=None, return_dtype=pl.String)
    return Weights(layout, column, {one.value: one.population for one in strata})


def population_source(found: Round) -> str:
    """Return where the numbers of the population are known from, "" where nothing is said."""
    first = Stratum.objects.filter(round=found).first()
    return first.source if first else ""
