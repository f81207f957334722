"""One body's answers beside those of bodies like it: its municipal group, population class, county and the country.

All of them are public, so nothing is hidden; a comparison of few is marked. The body itself is among those that it is
compared with. Counted from the round's columns in one go, since it is asked for the moment an answer is handed over.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samverka.organisations.enums import Kind
from samverka.places.models import Grouping
from samverka.questionnaires.definition import Question
from samverka.questionnaires.enums import NO, YES, QuestionType
from samverka.questionnaires.reading import definition_of

from .background import COUNTY, GROUP, KIND, POPULATION, Background
from .columns import CODES, Layout, columns_of, no_answer_column, number_like
from .enums import RoundMode, RoundSide
from .measures import Measure, Numbers, shown_questions
from .models import Response, Round
from .results import meaning

#: A share of fewer says more of chance than of the others.
FEW = 5
MOST_EARLIER = 3
_OF_MUNICIPALITY = (GROUP, POPULATION, COUNTY, KIND)


@dataclass(frozen=True)
class Beside:
    """Those that one is compared with: which division, what the class is called, how many of them have answered."""

    name: str
    label: str
    answered: int
    grouping: Grouping | None = None


@dataclass(frozen=True)
class OwnRow:
    """A question with one's own answer as it is kept, what was answered in earlier rounds, (round, kept answer), and
    how each group answered.
    """

    question: Question
    value: Any
    earlier: tuple[tuple[Round, Any], ...]
    measures: Mapping[str, Measure]


@dataclass(frozen=True)
class OwnAnswers:
    """A body's answers in a round beside those of others."""

    response: Response
    round: Round
    groups: tuple[Beside, ...]
    rows: tuple[OwnRow, ...]
    earlier: tuple[Round, ...]

    @property
    def similar(self) -> Beside | None:
        """The group that is most like the body: its municipal group, else its population class; none for a region."""
        return next((group for group in self.groups if group.name in {GROUP, POPULATION}), None)


def own_answers(response: Response, language: str) -> OwnAnswers:
    """Return what a public body answered, beside what the others in the round have answered so far."""
    return _Comparison(response, language).answers()


def newest_published_response(organisation: Any) -> Response | None:
    """Return what a body as a whole answered in the newest round whose results are public."""
    rows = Response.objects.filter(
        organisation=organisation, round__mode=RoundMode.REAL, round__published_at__isnull=False, asked__unit=None
    )
    found: Response | None = (
        rows.filter(round__side=RoundSide.PUBLIC)
        .select_related("round__version", "organisation")
        .order_by("-round__opened_at", "pk")
        .first()
    )
    return found


class _Comparison:
    def __init__(self, response: Response, language: str) -> None:
        self._response, self._round, self._language = response, response.round, language
        self._definition = definition_of(self._round.version)
        self._layout = Layout(self._definition)
        self._background = Background(self._round)
        self._places = self._members()

    def answers(self) -> OwnAnswers:
        before = _earlier(self._response)
        frame = columns_of(self._round)[""]
        rows = [
            OwnRow(question, self._response.answers.get(question.code), self._then(question, before), measures)
            for question in shown_questions(self._round)
            if (measures := self._measures(frame, question))
        ]
        groups = tuple(self._beside(name) for name in self._places)
        return OwnAnswers(self._response, self._round, groups, tuple(rows), tuple(one.round for one in before))

    # Who one is compared with

    def _members(self) -> dict[str, list[int]]:
        """Return {division: the rows of those of the same class}."""
        keys = list(Response.objects.filter(round=self._round).in_order().values_list("pk", flat=True))
        own, frame = keys.index(self._response.pk), self._background.frame
        names = _OF_MUNICIPALITY if frame[KIND][own] == Kind.MUNICIPALITY else (KIND,)
        columns = {name: frame[name].to_list() for name in names}
        return {
            name: [place for place, value in enumerate(column) if value == column[own]]
            for name, column in columns.items()
            if column[own] is not None
        }

    def _beside(self, name: str) -> Beside:
        classes = self._background.classes(name)
        value = self._background.frame[name][self._places[name][0]]
        label = dict(classes.labels(self._language)).get(value, value)
        if name == KIND:
            label = _("Alla i landet")
        return Beside(name, label, len(self._places[name]), classes.grouping)

    # How they answered

    def _measures(self, frame: pl.DataFrame, question: Question) -> dict[str, Measure]:
        told = frame[question.code].to_list()
        if question.type == QuestionType.CALCULATED:
            if not set(told) <= {YES, NO, None}:
                return {}
            return {name: _calculated([told[place] for place in rows]) for name, rows in self._places.items()}
        if number_like(question):
            beside = frame[no_answer_column(question.code)].to_list()
            return {name: _numbers([told[p] for p in rows], [beside[p] for p in rows])
                    for name, rows in self._places.items()}  # fmt: skip
        values = self._layout.values(question)
        return {name: _chosen([told[place] for place in rows], values, question) for name, rows in self._places.items()}

    def _then(self, question: Question, before: Sequence[Response]) -> tuple[tuple[Round, Any], ...]:
        """Return what was answered before to the same question, as it was asked in the same words."""
        same = meaning(self._definition, question)
        found = []
        for response in before:
            definition = definition_of(response.round.version)
            placed = definition.by_code.get(question.code)
            value = response.answers.get(question.code)
            if value is None or placed is None or not isinstance(placed.item, Question):
                continue
            if meaning(definition, placed.item) == same:
                found.append((response.round, value))
        return tuple(found)


def _earlier(response: Response) -> list[Response]:
    """Return what the same body, or unit, answered in the real rounds before, newest first."""
    unit = getattr(getattr(response, "asked", None), "unit_id", None)
    rows = Response.objects.filter(
        organisation=response.organisation_id, round__mode=RoundMode.REAL, asked__unit=unit,
        round__opened_at__lt=response.round.opened_at,
    )  # fmt: skip
    same = rows.filter(round__version__questionnaire=response.round.version.questionnaire_id)
    return list(same.select_related("round__version").order_by("-round__opened_at", "pk")[:MOST_EARLIER])


def _chosen(told: Sequence[Any], values: Sequence[str], question: Question) -> Measure:
    """Return the measure of choices, coded as places among the values."""
    lists = [([] if one is None else one) if isinstance(one, list) or one is None else [one] for one in told]
    chosen = [one for one in lists if one and one[0] >= 0]
    no = _no_answers(one[0] for one in lists if one and one[0] < 0)
    counts = Counter(values[place] for one in chosen for place in one)
    numbers = None
    if question.type == QuestionType.SCALE and chosen:
        numbers = _figures([float(values[one[0]]) for one in chosen])
    return Measure(len(chosen), len(told) - len(chosen) - sum(no.values()), no, dict(counts), numbers)


def _numbers(told: Sequence[float | None], beside: Sequence[int | None]) -> Measure:
    known = [one for one in told if one is not None]
    no = _no_answers(one for one in beside if one is not None)
    return Measure(len(known), len(told) - len(known) - sum(no.values()), no, numbers=_figures(known))


def _calculated(told: Sequence[str | None]) -> Measure:
    counts = Counter(one for one in told if one is not None)
    base = sum(counts.values())
    return Measure(base, len(told) - base, {}, dict(counts))


def _no_answers(codes: Iterable[int]) -> dict[str, int]:
    names = {number: kind for kind, number in CODES.items()}
    return dict(Counter(names[code] for code in codes))


def _figures(known: Sequence[float]) -> Numbers | None:
    return Numbers(mean=statistics.fmean(known), median=statistics.median(known)) if known else None
