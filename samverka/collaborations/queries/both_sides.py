"""Who may act for more than one party of a collaboration: said to all parties, and may confirm for none (R12)."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, Q
from django.utils import timezone

from ..models import Collaboration, Party
from ..querysets import TAKING_PART


@dataclass(frozen=True)
class OnBothSides:
    """A person and the organisations at the table that the person may act for, by name."""

    person: str
    organisations: tuple[str, ...]


def people_on_both_sides(collaboration: Collaboration, parties: list[Party] | None = None) -> list[OnBothSides]:
    """Return the persons who may write for parties of more than one organisation there, by name.

    `parties` are those that have joined, when they have been read already. One query, and one more where there are any.
    """
    at_table = parties if parties is not None else list(collaboration.parties.filter(state="active"))
    if len({party.organisation_id for party in at_table}) < 2:
        return []
    reaching = _memberships(at_table)
    several = reaching.values("user").annotate(n=Count("organisation", distinct=True)).filter(n__gt=1)
    users = list(several.order_by().values_list("user", flat=True))
    return _named(reaching.filter(user__in=users)) if users else []


def _memberships(parties: list[Party]) -> Any:
    """The memberships that hold now and reach one of the parties: its whole organisation, or its very unit."""
    units = [party.unit_id for party in parties if party.unit_id]
    return (
        apps.get_model("organisations.Membership")
        .objects.filter(role__in=TAKING_PART, organisation__in={party.organisation_id for party in parties})
        .filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))
        .filter(Q(unit__isnull=True) | Q(unit__in=units))
    )


def _named(memberships: Any) -> list[OnBothSides]:
    found: dict[int, tuple[str, dict[str, None]]] = {}
    by_name = memberships.order_by("user__name", "user__email", "organisation__sort_key", "organisation_id")
    for user_id, name, email, organisation in by_name.values_list(
        "user_id", "user__name", "user__email", "organisation__name"
    ):
        found.setdefault(user_id, (name or email, {}))[1][organisation] = None
    return [OnBothSides(name, tuple(held)) for name, held in found.values()]
