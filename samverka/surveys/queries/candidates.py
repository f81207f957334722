"""Who may be put in a panel: bodies by kind, county and population class, single ones by search, and a sample."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from samverka.organisations.enums import CIVIL_KINDS, PUBLIC_KINDS, FieldScheme, Kind, State
from samverka.organisations.models import Organisation

from ..enums import RoundSide, SampledBy
from ..models import Asked, Round
from .classes import population_class_of


@dataclass(frozen=True)
class Choice:
    """What bodies to put in a panel: kinds (Kind values), counties and population classes; an empty one means all."""

    kinds: tuple[str, ...]
    counties: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def kinds_of(side: str) -> frozenset[Kind]:
    """Return the kinds of organisation that a round of that side may ask."""
    return PUBLIC_KINDS if side == RoundSide.PUBLIC else CIVIL_KINDS


def may_be_asked(found: Round) -> Any:
    """Return the organisations that the round may ask and that exist, whether they are asked already or not."""
    return Organisation.objects.visible_to(None).filter(kind__in=kinds_of(found.side), state=State.ACTIVE)


def not_asked(found: Round) -> Any:
    """Return those of `may_be_asked` that are not in the panel."""
    there = Asked.objects.filter(round=found, unit=None)
    return may_be_asked(found).exclude(pk__in=there.values("organisation"))


def chosen_bodies(found: Round, choice: Choice) -> list[Organisation]:
    """Return the bodies of a choice that are not in the panel, in Swedish order. Gotland is municipality and region."""
    wanted = Q(kind__in=choice.kinds) | (Q(also_region=True) if Kind.REGION in choice.kinds else Q())
    rows = not_asked(found).filter(wanted)
    if choice.counties:
        rows = rows.filter(county__in=choice.counties)
    bodies = list(rows)
    if not choice.classes:
        return bodies
    sizes = population_class_of()
    return [
        body
        for body in bodies
        if body.kind == Kind.MUNICIPALITY and sizes.get(body.municipality_id or "") in choice.classes
    ]


def like(found: Round, text: str, *, limit: int = 20) -> list[Organisation]:
    """Return organisations that the round may ask and a search finds."""
    return list(may_be_asked(found).matching(text)[:limit]) if text.strip() else []


@dataclass(frozen=True)
class Drawn:
    """A sample: (organisation's key, its stratum) of those drawn, and of each stratum {"population", "drawn"}."""

    members: Sequence[tuple[int, str]]
    strata: dict[str, dict[str, int]]


def draw(found: Round, *, size: int, stratified_by: str, seed: int) -> Drawn:
    """Draw `size` organisations that are not asked yet. Each stratum gives its share of the sample, by the largest
    remainder; within it all have the same chance. The same seed and register give the same sample.
    """
    population: dict[str, list[int]] = {}
    for key, stratum in _with_stratum(not_asked(found), stratified_by):
        population.setdefault(stratum, []).append(key)
    shares = allotted({stratum: len(keys) for stratum, keys in population.items()}, size)
    chance = random.Random(seed)  # noqa: S311  # nosec B311 - to be drawn again, not to be secret
    members = [
        (key, stratum)
        for stratum in sorted(population)
        for key in sorted(chance.sample(sorted(population[stratum]), shares[stratum]))
    ]
    counts = {
        stratum: {"population": len(keys), "drawn": shares[stratum]} for stratum, keys in sorted(population.items())
    }
    return Drawn(members, counts)


def allotted(populations: dict[str, int], size: int) -> dict[str, int]:
    """Return how many of a sample of `size` each stratum gives, in proportion, by the largest remainder."""
    total = sum(populations.values())
    size = min(size, total)
    whole = {stratum: size * number // total for stratum, number in populations.items()}
    left = size - sum(whole.values())
    by_remainder = sorted(populations, key=lambda stratum: (-(size * populations[stratum] % total), stratum))
    return {stratum: number + (stratum in by_remainder[:left]) for stratum, number in whole.items()}


def _with_stratum(rows: Any, stratified_by: str) -> list[tuple[int, str]]:
    if stratified_by == SampledBy.COUNTY:
        found = rows.values_list("pk", "county")
    elif stratified_by == SampledBy.FIELD:
        # Who works in several fields stands in the first of them, as the classification orders them.
        icnpo = Q(fields__scheme=FieldScheme.ICNPO)
        field = Min(Coalesce("fields__parent__code", "fields__code"), filter=icnpo)
        found = rows.annotate(stratum=field).values_list("pk", "stratum")
    else:
        return [(key, "") for key in rows.values_list("pk", flat=True)]
    return [(key, stratum or "") for key, stratum in found.order_by("pk")]
