"""Who answered and who did not, group by group, of public bodies: the same numbers as `response_rate`, divided.

Of associations nothing is divided: a small group that did not answer would point at somebody.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from samverka.organisations.enums import BODIES, Kind
from samverka.organisations.models import Organisation
from samverka.places.queries import class_by_municipality

from .background import COUNTY, GROUP, KIND, POPULATION, Background
from .enums import AskedState, RoundSide
from .models import Asked, Response, Round
from .response_rate import Rate

#: kind, county, municipality, whether it has answered
_Row = tuple[str, str | None, str | None, bool]
_DONE = {AskedState.HANDED_OVER, AskedState.SIGNED}


@dataclass(frozen=True)
class Divided:
    """A division: one of `background.NAMES`, the source of its classes ("": none), and (label, rate) of each class."""

    by: str
    source: str
    groups: tuple[tuple[str, Rate], ...]


def nonresponse(found: Round, language: str) -> list[Divided]:
    """Return how many answered by kind, county, population and municipal group; nothing of associations."""
    if found.side != RoundSide.PUBLIC:
        return []
    rows = list(_panel(found)) or list(_register(found))
    return [told for by in (KIND, COUNTY, POPULATION, GROUP) if (told := _divided(found, rows, by, language)).groups]


def _panel(found: Round) -> Iterator[_Row]:
    asked = Asked.objects.filter(round=found).exclude(state=AskedState.WAITING)
    names = ("organisation__kind", "organisation__county", "organisation__municipality", "state")
    for kind, county, municipality, state in asked.values_list(*names):
        yield kind, county, municipality, state in _DONE


def _register(found: Round) -> Iterator[_Row]:
    """Yield all bodies of the kinds that have answered, for a round that was read in from a file."""
    answered = set(Response.objects.filter(round=found).values_list("organisation_id", flat=True))
    bodies = Organisation.objects.filter(source__name=BODIES, kind__in=[Kind.MUNICIPALITY, Kind.REGION])
    rows = list(bodies.values_list("kind", "county", "municipality", "pk"))
    kinds = {kind for kind, _county, _municipality, pk in rows if pk in answered}
    for kind, county, municipality, pk in rows:
        if kind in kinds:
            yield kind, county, municipality, pk in answered


def _divided(found: Round, rows: list[_Row], by: str, language: str) -> Divided:
    classes = Background(found).classes(by)
    of = _class_of(by, class_by_municipality(classes.grouping) if classes.grouping else {})
    asked, done = Counter(map(of, rows)), Counter(of(row) for row in rows if row[3])
    labels = classes.labels(language)
    groups = tuple((label, Rate(done[value], asked[value])) for value, label in labels if asked[value])
    return Divided(by, classes.grouping.source if classes.grouping else "", groups)


def _class_of(by: str, members: Mapping[str, str]) -> Callable[[_Row], str]:
    if by == KIND:
        return lambda row: row[0]
    if by == COUNTY:
        return lambda row: row[1] or ""
    return lambda row: members.get(row[2] or "", "") if row[0] == Kind.MUNICIPALITY else ""
