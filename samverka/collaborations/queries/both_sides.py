"""Who may act for more than one party of a collaboration: said to all parties, and may confirm for none (R12)."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..models import Collaboration, Party
from ..querysets import TAKING_PART


@dataclass(frozen=True)
class OnBothSides:
    """A person and the organisations at the table that the person may act for, by name."""

    person: str
    organisations: tuple[str, ...]


def people_on_both_sides(collaboration: Collaboration) -> list[OnBothSides]:
    """Return the persons who may write for parties of more than one organisation there, by name. One query."""
    found: dict[int, tuple[str, dict[str, None]]] = {}
    for user_id, name, email, organisation in _memberships(collaboration).values_list(
        "user_id", "user__name", "user__email", "organisation__name"
    ):
        found.setdefault(user_id, (name or email, {}))[1][organisation] = None
    several = [OnBothSides(name, tuple(held)) for name, held in found.values() if len(held) > 1]
    return sorted(several, key=lambda person: person.person)


def _memberships(collaboration: Collaboration) -> Any:
    """The memberships that hold now and reach a party that has joined: its whole organisation, or its very unit."""
    parties = Party.objects.filter(collaboration=collaboration, state="active")
    at_table = parties.filter(organisation=OuterRef("organisation"))
    reaching = Q(unit__isnull=True) & Q(Exists(at_table)) | Q(Exists(at_table.filter(unit=OuterRef("unit"))))
    return (
        apps.get_model("organisations.Membership")
        .objects.filter(role__in=TAKING_PART, organisation__in=parties.values("organisation"))
        .filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))
        .filter(reaching)
        .order_by("organisation__sort_key", "organisation_id")
    )
