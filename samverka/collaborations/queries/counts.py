"""How many collaborations are under way, those that were put in afterwards among them (users.md R7).

A body counts by its own party, never by somebody else having named it.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.timezone import localdate

from samverka.organisations.models import Organisation, Unit

from ..models import Collaboration, Party
from ..querysets import CollaborationQuerySet


def count_active() -> int:
    """Return how many collaborations are under way; invented ones do not count."""
    return Collaboration.objects.under_way().filter(invented=False).count()


def active_by_municipality() -> dict[str, int]:
    """Return {municipality code: collaborations under way that its municipality is a party of}."""
    parties = Party.objects.filter(
        state="active",
        collaboration__in=Collaboration.objects.under_way().filter(invented=False),
        organisation__kind__in=["municipality", "region"],
        organisation__municipality__isnull=False,
    )
    counted = parties.values_list("organisation__municipality").annotate(n=Count("collaboration", distinct=True))
    return dict(counted)


def count_active_of(organisation: Organisation) -> int:
    """Return how many collaborations under way the organisation is a party of; none is told of a protected one."""
    if organisation.protected:
        return 0
    going_on = Collaboration.objects.under_way()
    parties = Party.objects.filter(organisation=organisation, state="active", collaboration__in=going_on)
    return parties.values("collaboration").distinct().count()


@dataclass(frozen=True)
class FormsUnderWay:
    """A collaboration under way, as a stranger may know of it: its forms and since when, and nothing more."""

    forms: frozenset[str]
    since: date


def forms_under_way(organisation: Organisation, unit: Unit | None = None) -> list[FormsUnderWay]:
    """Return the collaborations under way that the organisation, or one unit of it, is a party of: each once, without
    its name. None are told of a protected organisation.
    """
    if organisation.protected:
        return []
    parties = Party.objects.filter(organisation=organisation, state="active", collaboration__in=_going_on())
    parties = parties.filter(unit=unit) if unit else parties
    rows = parties.values_list("collaboration", "collaboration__forms", "collaboration__starts_on", "joined_at")
    found = {}
    for key, forms, starts_on, joined_at in rows.order_by("-joined_at"):
        found[key] = FormsUnderWay(frozenset(forms), starts_on or localdate(joined_at))
    return list(found.values())


@dataclass(frozen=True)
class Partnership:
    """A collaboration under way as the body's own papers would list it: which unit, from when until when, and where one
    reads of it. Neither its name nor the other parties'.
    """

    unit: str
    starts_on: date | None
    ends_on: date | None
    link: str


def under_way_with(form: str, organisation: Organisation, unit: Unit | None = None) -> list[Partnership]:
    """Return the collaborations under way that have a form and that the organisation, or one unit of it, is a party of,
    the oldest first. None are told of a protected organisation.
    """
    if organisation.protected:
        return []
    rows = Party.objects.filter(organisation=organisation, state="active", collaboration__in=_going_on())
    rows = rows.filter(collaboration__forms__contains=[form], **({"unit": unit} if unit else {}))
    names = ("unit__name", *(f"collaboration__{name}" for name in ("starts_on", "ends_on", "link")))
    found = dict[int, Partnership]()
    for key, name, *told in rows.order_by("joined_at", "pk").values_list("collaboration", *names):
        found.setdefault(key, Partnership(name or "", *told))
    return list(found.values())


def _going_on() -> CollaborationQuerySet:
    going_on: CollaborationQuerySet = Collaboration.objects.under_way()
    return going_on
