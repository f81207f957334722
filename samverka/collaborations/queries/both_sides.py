"""Who may act for more than one party of a collaboration: said to all parties, and may confirm for none (R12)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Q
from django.utils import timezone

from samverka.kernel.compiled import compiled

from ..enums import PartyState
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
    key, now = collaboration.pk, timezone.now()
    users = _reaching_several.all(collaboration=key, now=now)
    return _named(_memberships(key, now).filter(user__in=users)) if users else []


@compiled
def _reaching_several(collaboration: int, now: datetime) -> Any:
    reaching = _memberships(collaboration, now)
    several = reaching.values("user").annotate(n=Count("organisation", distinct=True)).filter(n__gt=1)
    return several.order_by().values_list("user", flat=True)


def _memberships(collaboration: int, now: datetime) -> Any:
    """The memberships that hold now and reach a party that has joined: its whole organisation, or its very unit."""
    joined = Party.objects.filter(collaboration=collaboration, state=PartyState.ACTIVE)
    return (
        apps.get_model("organisations.Membership")
        .objects.filter(role__in=TAKING_PART, organisation__in=joined.values("organisation"))
        .filter(Q(until__isnull=True) | Q(until__gt=now))
        .filter(Q(unit__isnull=True) | Q(unit__in=joined.filter(unit__isnull=False).values("unit")))
    )


def _named(memberships: Any) -> list[OnBothSides]:
    found: dict[int, tuple[str, dict[str, None]]] = {}
    by_name = memberships.order_by("user__name", "user__email", "organisation__sort_key", "organisation_id")
    for user_id, name, email, organisation in by_name.values_list(
        "user_id", "user__name", "user__email", "organisation__name"
    ):
        found.setdefault(user_id, (name or email, {}))[1][organisation] = None
    return [OnBothSides(name, tuple(held)) for name, held in found.values()]
