"""What is known of each response beside its answers: the body's kind, county, size and municipal group.

`manage.py tally ROUND --by` takes these names beside the variables of the questionnaire; a variable of the same name
comes first. Bodies that are no municipality have no size and no municipal group.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from samverka.organisations.enums import Kind
from samverka.places.models import County, Grouping, GroupingKind
from samverka.places.queries import class_by_municipality, classes_of, grouping_on

from .models import Response, Round

KIND, COUNTY, POPULATION, GROUP = "slag", "lan", "befolkning", "kommungrupp"
NAMES = (KIND, COUNTY, POPULATION, GROUP)
#: In the columns of a background: inhabitants of a municipality, and the place's code.
INHABITANTS, PLACE = "#inhabitants", "#place"
_TYPES = dict.fromkeys((*NAMES, PLACE), pl.String) | {INHABITANTS: pl.Int64}


@dataclass(frozen=True)
class Classes:
    """The classes of a background: (value, Swedish name, English name) in order, and what division they are of."""

    values: tuple[tuple[str, str, str], ...]
    grouping: Grouping | None = None

    def labels(self, language: str) -> list[tuple[str, str]]:
        """Return (value, name) in a language."""
        return [(value, swedish if language == "sv" else english) for value, swedish, english in self.values]


@dataclass
class Background:
    """The background of a round's responses, a row for each in the order of the columns."""

    round: Round
    day: date = field(init=False)

    def __post_init__(self) -> None:
        self.day = day_of(self.round)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row a response: NAMES, INHABITANTS and PLACE."""
        rows = Response.objects.filter(round=self.round).in_order()
        told = rows.values_list(
            "organisation__kind", "organisation__county", "organisation__municipality",
            "organisation__municipality__population",
        )  # fmt: skip
        sizes, groups = self._members(POPULATION), self._members(GROUP)
        found = [
            (kind, county, sizes.get(place), groups.get(place), place if own else county, inhabitants if own else None)
            for kind, county, place, inhabitants in told
            for own in [kind == Kind.MUNICIPALITY]
        ]
        names = (KIND, COUNTY, POPULATION, GROUP, PLACE, INHABITANTS)
        return pl.DataFrame(found, schema={name: _TYPES[name] for name in names}, orient="row")

    def _members(self, name: str) -> dict[Any, str]:
        grouping = self._groupings[name]
        return dict(class_by_municipality(grouping)) if grouping else {}

    @cached_property
    def _groupings(self) -> dict[str, Grouping | None]:
        kinds = {POPULATION: GroupingKind.POPULATION, GROUP: GroupingKind.MUNICIPAL_GROUP}
        return {name: grouping_on(kind, self.day) for name, kind in kinds.items()}

    def classes(self, name: str) -> Classes:
        """Return the classes of one of NAMES."""
        if name == KIND:
            plural = ((Kind.MUNICIPALITY, "Kommuner", "Municipalities"), (Kind.REGION, "Regioner", "Regions"))
            return Classes(tuple((kind.value, swedish, english) for kind, swedish, english in plural))
        if name == COUNTY:
            counties = County.objects.values_list("code", "display_name")
            return Classes(tuple((code, label, label) for code, label in counties))
        grouping = self._groupings[name]
        classes = classes_of(grouping) if grouping else []
        return Classes(tuple((one.code, one.name_sv, one.name_en) for one in classes), grouping)


def day_of(found: Round) -> date:
    """Return the day that a round speaks of: the last day to answer, else when it was opened."""
    return found.closes_on or (localdate(found.opened_at) if found.opened_at else localdate())


def name_of(by: str) -> str:
    """Return what one of NAMES is called on a page."""
    return {KIND: _("Slag"), COUNTY: _("Län"), POPULATION: _("Invånare"), GROUP: _("Kommungrupp")}[by]
