"""What a round says: for every variable its base, what is missing, how many chose what, and figures of numbers.

No answer is never zero. A share is of the base: for several of, those who chose at least one option; for a repeated
group, its rows, and beside it the respondents who have some row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.enums import NO, OTHER, YES, NoAnswer, QuestionType

from .columns import Layout

LABELS = {YES: {"sv": "Ja", "en": "Yes"}, NO: {"sv": "Nej", "en": "No"}, OTHER: {"sv": "Annat", "en": "Other"}}


@dataclass(frozen=True)
class OptionTally:
    """How many chose an option, and which share of the base that is (None without a base)."""

    value: str
    label: str
    count: int
    share: float | None


@dataclass(frozen=True)
class Figures:
    """Figures of numbers; `sd` has n - 1 below the line and is None for fewer than two. Of dates only the ends."""

    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    min: Any = None
    max: Any = None


@dataclass(frozen=True)
class Count:
    """A count of some answers. Base and missing, "vet inte" and "ej aktuellt" together are all that were asked."""

    base: int
    missing: int
    no_answers: Mapping[NoAnswer, int] = field(default_factory=dict)
    options: tuple[OptionTally, ...] = ()
    figures: Figures | None = None


@dataclass(frozen=True)
class Group:
    """The same count among those who gave one answer to the variable of comparison."""

    value: str
    label: str
    count: Count


@dataclass(frozen=True)
class VariableTally:
    """One variable: all together, by respondent for one in a repeated group, and group by group when compared."""

    variable: str
    type: str
    label: str
    count: Count
    repeat: str = ""
    per_respondent: Count | None = None
    groups: tuple[Group, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the tally as `manage.py tally` prints it."""
        said: dict[str, Any] = {"variable": self.variable, "type": self.type, "label": self.label}
        if self.repeat:
            said["repeat"] = self.repeat
        said |= count_as_data(self.count)
        if self.per_respondent:
            said["per_respondent"] = count_as_data(self.per_respondent)
        if self.groups:
            said["groups"] = [
                {"value": group.value, "label": group.label, **count_as_data(group.count)} for group in self.groups
            ]
        return said


def count_as_data(count: Count) -> dict[str, Any]:
    """Return a count as plain data."""
    said: dict[str, Any] = {"base": count.base, "missing": count.missing}
    said |= {kind.value: number for kind, number in count.no_answers.items()}
    said["options"] = [vars(option) for option in count.options]
    if count.figures:
        said |= vars(count.figures)
    return said


class Labels:
    """What variables and values are called in one language."""

    def __init__(self, layout: Layout, language: str) -> None:
        self._layout, self._language = layout, language
        self._definition: Definition = layout.definition

    def item(self, item: "Question | Section") -> str:
        """Return the text of a question or section."""
        return self._definition.text(item.label, self._language)

    def values(self, question: Question) -> list[tuple[str, str]]:
        """Return (value, label) of what can be chosen, in the order of the columns."""
        if question.type == QuestionType.SCALE:
            return [(value, self._step(question, value)) for value in self._layout.values(question)]
        own: dict[str, str] = {}
        for option in self._definition.options(question):
            own.setdefault(option.value, self._definition.text(option.label, self._language))
        return [(value, own.get(value) or self._shared(value)) for value in self._layout.values(question)]

    def _step(self, question: Question, value: str) -> str:
        """Return a step of a scale; the ends say in words what they are."""
        ends = {str(question.start): question.low, str(question.end): question.high}
        said = self._definition.text(ends.get(value, {}), self._language)
        return f"{value} {said}".strip()

    def _shared(self, value: str) -> str:
        texts = LABELS.get(value, {})
        return texts.get(self._language) or texts.get("sv", value)


def shares(counts: Mapping[int, int], values: list[tuple[str, str]], base: int) -> tuple[OptionTally, ...]:
    """Return the tally of each value by its place; one that nobody chose counts 0."""
    return tuple(
        OptionTally(value, label, counts.get(place, 0), counts.get(place, 0) / base if base else None)
        for place, (value, label) in enumerate(values)
    )


def figures(numbers: pl.Series) -> Figures:
    """Return the figures of a column of numbers, those missing left out."""
    known = numbers.drop_nulls()
    if known.is_empty():
        return Figures()
    sd = known.std(ddof=1) if len(known) > 1 else None
    return Figures(*(_plain(value) for value in (known.mean(), known.median(), sd, known.min(), known.max())))


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)


def is_text(question: Question) -> bool:
    """Return whether answers are only counted, not told apart."""
    chosen = {QuestionType.ONE, QuestionType.SEVERAL, QuestionType.YES_NO, QuestionType.SCALE}
    return question.type not in chosen and not question.is_number and question.type != QuestionType.DATE
