"""What bodies are grouped by: population class and group of municipalities."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.organisations.enums import Kind
from samverka.places.models import Municipality, Region


@dataclass(frozen=True)
class PopulationClass:
    """Places with so many inhabitants: at least `least`, fewer than `below` (0: no upper bound)."""

    code: str
    label: Any
    least: int
    below: int


CLASSES = (
    PopulationClass("0", _("Under 10 000 invånare"), 0, 10_000),
    PopulationClass("10", _("10 000–19 999 invånare"), 10_000, 20_000),
    PopulationClass("20", _("20 000–49 999 invånare"), 20_000, 50_000),
    PopulationClass("50", _("50 000–99 999 invånare"), 50_000, 100_000),
    PopulationClass("100", _("100 000 invånare eller fler"), 100_000, 0),
)


def class_of(population: int | None) -> str:
    """Return the code of the class of a place with so many inhabitants; "" when nobody knows."""
    if population is None:
        return ""
    return next(one.code for one in CLASSES if population >= one.least and (population < one.below or not one.below))


def population_classes() -> dict[tuple[str, str], str]:
    """Return {(kind of body, code of its place): code of its class}: municipalities by four digits, regions by two."""
    rows = [
        *((Kind.MUNICIPALITY.value, *row) for row in Municipality.objects.values_list("code", "population")),
        *((Kind.REGION.value, *row) for row in Region.objects.values_list("code", "population")),
    ]
    return {(kind, code): class_of(population) for kind, code, population in rows}


#: Returns {four-digit code: the group's label} for groups of municipalities that hold today.
GroupsOfMunicipalities = Callable[[], Mapping[str, str]]
_source: list[GroupsOfMunicipalities] = []


def register_groups(source: GroupsOfMunicipalities) -> GroupsOfMunicipalities:
    """Say where groups of municipalities are read; also as a decorator."""
    _source[:] = [source]
    return source


def municipal_groups() -> Mapping[str, str] | None:
    """Return the group of each municipality by its code; None where the installation has no such table."""
    return _source[0]() if _source else None
