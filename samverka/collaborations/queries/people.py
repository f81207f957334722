"""Persons around a collaboration: who can be a party's contact, and who reads already."""

from typing import Any

from django.db.models import Q

from samverka.organisations.models import Organisation
from samverka.organisations.queries import called, members_of

from ..models import Collaboration, Party
from ..querysets import FOLLOWING, TAKING_PART
from .seats import Seat


def people_of(party: Party) -> list[Any]:
    """Return who can be contact or deputy of a party: those who write for it and have signed in, by name.

    Who has not signed in since being invited is not known by name to the organisation yet.
    """
    reaching = Q(unit=None) | Q(unit=party.unit_id) if party.unit_id else Q(unit=None)
    by_person: dict[int, list[Any]] = {}
    for membership in members_of(party.organisation).filter(reaching, role__in=TAKING_PART):
        by_person.setdefault(membership.user_id, []).append(membership)
    return [held[0].user for held in by_person.values() if called(held) == str(held[0].user)]


def follows(user: Any, collaboration: Collaboration) -> bool:
    """Whether the person reads here already, for a party that has joined."""
    return bool(collaboration.parties.filter(state="active").of_person(user, FOLLOWING).exists())


def named_exactly(names: list[str]) -> dict[str, Organisation]:
    """Return {casefolded name: organisation} of those that are the whole name of exactly one in the register."""
    alike = Q(pk__in=[])
    for name in names:
        alike |= Q(name__iexact=name)
    found: dict[str, list[Organisation]] = {}
    for organisation in Organisation.objects.visible_to(None).filter(alike):
        found.setdefault(organisation.name.casefold(), []).append(organisation)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


def named_here(seat: Seat) -> list[Any]:
    """Return the parties that are only named, with their organisation; those that have been asked since are parties."""
    asked = {party.organisation_id for party in seat.parties}
    named = seat.collaboration.named_parties.select_related("organisation")
    return [party for party in named if party.organisation_id is None or party.organisation_id not in asked]
