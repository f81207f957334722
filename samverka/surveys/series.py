"""A figure through the years: our own rounds, and the known figures of others before them.

A point is joined by a line only to one about the same bodies with the same definition; a figure of somebody else is
joined to nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from samverka.organisations.enums import Kind
from samverka.questionnaires.definition import Question
from samverka.questionnaires.reading import definition_of

from .background import day_of
from .enums import RoundSide
from .measures import Measure, measured
from .models import Round
from .reference import RESPONSE_RATE, Reference, references_to
from .response_rate import response_rate
from .results import meaning
from .suppression import hidden_columns

MUNICIPALITY, REGION, BOTH, ASSOCIATION = "municipality", "region", "both", "association"


@dataclass(frozen=True)
class Point:
    """One figure of one year. `found` is the round, None for a figure of somebody else, which says its source.
    `value` of `of`; `definition` is "" where it is that of the question asked.
    """

    year: int
    who: str
    share: float | None
    value: int | None = None
    of: int | None = None
    found: Round | None = None
    definition: str = ""
    source: str = ""
    note: str = ""
    approx: bool = False
    same_as: Any = None


def published_rounds(side: str = "") -> list[Round]:
    """Return the real rounds whose results are public, newest first."""
    rounds = Round.objects.real().filter(published_at__isnull=False).select_related("version__questionnaire")
    return sorted(rounds.filter(side=side) if side else rounds, key=day_of, reverse=True)


def series(found: Round, question: Question, option: str, language: str) -> list[Point]:
    """Return the points of one option of a question, oldest first: those published, and `found`."""
    rounds = {one.pk: one for one in [*published_rounds(found.side), found]}
    points = [_known(point, language) for point in references_to(question.code, option)]
    for one in rounds.values():
        points += _of_round(one, question.code, option)
    return sorted(points, key=lambda point: (point.year, point.who, point.source))


def response_series(found: Round, language: str) -> list[Point]:
    """Return how many have answered through the years."""
    whos = {ASSOCIATION} if found.side == RoundSide.CIVIL else {MUNICIPALITY, REGION}
    points = [_known(point, language) for point in references_to(RESPONSE_RATE) if point.who in whos]
    for one in {one.pk: one for one in [*published_rounds(found.side), found]}.values():
        told = response_rate(one)
        rates = told.by_kind if one.side == RoundSide.PUBLIC else {ASSOCIATION: told.whole}
        points += [
            Point(day_of(one).year, who, rate.share, rate.answered, rate.asked, one, same_as=RESPONSE_RATE)
            for who, rate in rates.items() if who in whos and rate.asked
        ]  # fmt: skip
    return sorted(points, key=lambda point: (point.year, point.who, point.source))


def joined(points: list[Point]) -> Iterator[tuple[Point, Point]]:
    """Return the pairs of points that a line may join."""
    for who in {point.who for point in points}:
        own = [point for point in points if point.who == who and point.found and point.share is not None]
        for one, other in pairwise(own):
            if one.same_as == other.same_as:
                yield one, other


def _known(point: Reference, language: str) -> Point:
    texts = point.definition.get(language) or point.definition["sv"]
    note = point.note.get(language) or point.note.get("sv", "")
    return Point(
        point.year, point.who, point.share, point.value, point.of, None, texts, point.source, note, point.approx
    )


def _of_round(found: Round, code: str, option: str) -> list[Point]:
    definition = definition_of(found.version)
    placed = definition.by_code.get(code)
    if placed is None or not isinstance(placed.item, Question):
        return []
    same, year, told = meaning(definition, placed.item), day_of(found).year, measured(found)
    if found.side == RoundSide.CIVIL:
        parts = {ASSOCIATION: told.all.get(code, Measure())}
    else:
        kinds = {Kind.MUNICIPALITY.value: MUNICIPALITY, Kind.REGION.value: REGION}
        parts = {who: told.groups[kind][code] for kind, who in kinds.items() if code in told.groups.get(kind, {})}
        parts = parts or {BOTH: told.all.get(code, Measure())}
    return [
        Point(year, who, part.share(option), part.counts.get(option, 0), part.base, found, same_as=same)
        for who, part in parts.items()
        if part.base and not _is_hidden(found, part, option)
    ]


def _is_hidden(found: Round, part: Measure, option: str) -> bool:
    """Return whether the option is hidden in the total of associations: any small cell hides the whole point."""
    if found.side == RoundSide.PUBLIC:
        return False
    count = part.counts.get(option, 0)
    return bool(hidden_columns([count, part.base - count]) or hidden_columns(list(part.counts.values())))
