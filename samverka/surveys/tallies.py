"""A round as a whole: every variable counted, and compared by one of them."""

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused
from samverka.questionnaires.definition import Question, Section
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.questionnaires.reading import definition_of

from .background import NAMES, Background
from .columns import ROW_OF, Layout, id_column, no_answer_column, stored_columns
from .counting import count, count_respondents, count_rows
from .models import Round
from .statistics import Group, Labels, VariableTally

_COMPARABLE = {
    QuestionType.ONE, QuestionType.YES_NO, QuestionType.SCALE, QuestionType.SEVERAL, QuestionType.INTEGER,
    QuestionType.CALCULATED,
}  # fmt: skip
_MOST_GROUPS = 400


@dataclass(frozen=True)
class _Side:
    """One group of the comparison: which rows of `part` belong to it."""

    value: str
    label: str
    part: str
    mask: pl.Series


def tally(found: Round, *, by: str = "", language: str = "sv") -> list[VariableTally]:
    """Return the tally of every variable of a round, in the order of the questionnaire; with `by`, also for each group
    of those who gave the same answer to that variable, or whose body has the same background (one of
    `background.NAMES`). Raises Refused for a variable that cannot be compared by.
    """
    return Tally(found, stored_columns(found), language).all(by)


class Tally:
    """Counts the columns of one round; labels in one language."""

    def __init__(self, found: Round, frames: dict[str, pl.DataFrame], language: str) -> None:
        self._layout = Layout(definition_of(found.version))
        self._labels = Labels(self._layout, language)
        self._frames = frames
        self._language = language
        self.background = Background(found)
        self._respondents = len(self._frames[""])

    def all(self, by: str) -> list[VariableTally]:
        """Return the tally of every variable, by the groups of `by` too when it is given."""
        sides = self._sides(by) if by else []
        tallies = []
        for placed in self._layout.definition.placed:
            item = placed.item
            if isinstance(item, Question):
                if item.type != QuestionType.NOTE:
                    tallies.append(self._variable(item, placed.repeat, sides))
            elif item.kind == SectionKind.REPEAT:
                tallies.append(self._rows(item, sides))
        return tallies

    def _variable(self, question: Question, part: str, sides: list[_Side]) -> VariableTally:
        frame, labels = self._narrow(question, part), self._labels
        groups = [
            Group(side.value, side.label, count(question, frame.filter(mask), labels))
            for side in sides
            if (mask := self._mask(side, part)) is not None
        ]
        each = count_respondents(question, frame, self._respondents, labels) if part else None
        told = count(question, frame, labels)
        return VariableTally(question.code, question.type, labels.item(question), told, part, each, tuple(groups))

    def _narrow(self, question: Question, part: str) -> pl.DataFrame:
        """Return the columns of one question: to choose rows of all for each question would take minutes."""
        frame = self._frames[part]
        wanted = (ROW_OF, question.code, no_answer_column(question.code), id_column(question.code))
        return frame.select([name for name in wanted if name in frame.columns])

    def _rows(self, section: Section, sides: list[_Side]) -> VariableTally:
        rows = self._frames[section.code]
        groups = [
            Group(side.value, side.label, count_rows(rows.filter(mask), int(side.mask.sum())))
            for side in sides
            if not side.part and (mask := self._mask(side, section.code)) is not None
        ]
        told = count_rows(rows, self._respondents)
        return VariableTally(section.code, "repeat", self._labels.item(section), told, groups=tuple(groups))

    def _mask(self, side: _Side, part: str) -> pl.Series | None:
        """Return which rows of `part` belong to the side; None where rows of one group cannot tell of another."""
        if side.part == part:
            return side.mask
        return None if side.part else side.mask.gather(self._frames[part][ROW_OF])

    def _sides(self, by: str) -> list[_Side]:
        placed = self._layout.definition.by_code.get(by)
        if not placed and by in NAMES:
            return self._background_sides(by)
        if not placed:
            raise Refused(_("Det finns ingen fråga med koden %(code)s.") % {"code": by})
        question, part = placed.item, placed.repeat
        if not isinstance(question, Question) or question.type not in _COMPARABLE:
            raise Refused(_("Svaren på %(code)s går inte att dela upp efter. Välj en fråga med val.") % {"code": by})
        column = self._frames[part][by]
        if values := self._labels.values(question):
            return [_Side(value, label, part, _has(column, place)) for place, (value, label) in enumerate(values)]
        found = column.unique().drop_nulls().sort().to_list()
        if len(found) > _MOST_GROUPS:
            raise Refused(_("%(code)s har för många olika svar för att dela upp efter.") % {"code": by})
        return [_Side(_said(value), _said(value), part, (column == value).fill_null(value=False)) for value in found]

    def _background_sides(self, by: str) -> list[_Side]:
        column = self.background.frame[by]
        found = set(column.drop_nulls().unique().to_list())
        labels = [(value, label) for value, label in self.background.classes(by).labels(self._language)]
        labels += [(value, value) for value in sorted(found - {value for value, _label in labels})]
        return [
            _Side(value, label, "", (column == value).fill_null(value=False))
            for value, label in labels if value in found
        ]  # fmt: skip


def _has(column: pl.Series, place: int) -> pl.Series:
    found = column.list.contains(place) if isinstance(column.dtype, pl.List) else column == place
    return found.fill_null(value=False)


def _said(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
