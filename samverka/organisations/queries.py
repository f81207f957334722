"""Reads over several models."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from samverka.accounts import roles
from samverka.accounts.roles import Permission
from samverka.kernel.errors import NotVisible

from .models import Membership, Organisation, Unit


@dataclass(frozen=True)
class Acting:
    """A person acting for an organisation: the roles held there, for the whole of it or for some of its units."""

    user: Any
    organisation: Organisation
    memberships: tuple[Membership, ...]

    @property
    def role_codes(self) -> frozenset[str]:
        """The roles held, over all units."""
        return frozenset(membership.role for membership in self.memberships)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that the memberships are limited to; empty when one of them is for the whole organisation."""
        if any(membership.unit is None for membership in self.memberships):
            return ()
        return tuple({membership.unit.pk: membership.unit for membership in self.memberships if membership.unit}.values())

    def has(self, permission: Permission, *, unit_id: int | None = None) -> bool:
        """Whether a role held for the whole organisation, or for the unit `unit_id`, gives `permission`."""
        held = [m.role for m in self.memberships if m.unit_id is None or unit_id is None or m.unit_id == unit_id]
        return roles.may(held, permission)


def current_memberships(user: Any) -> Any:
    """Return the memberships that hold now, with organisation and unit, in Swedish order."""
    return (
        Membership.objects.filter(user=user)
        .filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))
        .exclude(organisation__state="withdrawn")
        .select_related("organisation", "unit")
        .order_by("organisation__sort_key", "unit__sort_key", "role")
    )


def acting_for(user: Any, organisation_id: str) -> Acting:
    """Return what `user` may do for the organisation with that public id. Raises NotVisible without a membership."""
    held = tuple(current_memberships(user).filter(organisation__public_id=organisation_id))
    if not held:
        raise NotVisible
    return Acting(user, held[0].organisation, held)


def body_of_municipality(code: str) -> Organisation | None:
    """Return the municipality as an organisation, by its four-digit code (0980: Region Gotland)."""
    raise NotImplementedError


def body_of_region(code: str) -> Organisation | None:
    """Return the region as an organisation, by its two-digit code (09: Region Gotland, the same as 0980)."""
    raise NotImplementedError


def similar_organisations(*, name: str, number: str = "", municipality: str = "", limit: int = 5) -> list[Organisation]:
    """Return organisations that may be the same: the same number first, then names alike (nearest first, own municipality before others).

    Protected ones are found by number or the whole name only. Print them with `shown_rows`.
    """
    raise NotImplementedError


def members_of(organisation: Organisation) -> Any:
    """Return the current memberships with user and unit, by name."""
    raise NotImplementedError


def claims_to_answer(user: Any) -> Any:
    """Return the asked claims that `user` may answer (see `rules.can_answer_claim`), oldest first."""
    raise NotImplementedError


def corrections_waiting(user: Any) -> Any:
    """Return unanswered corrections: all of them for an editor, else those of organisations that `user` is administrator of."""
    raise NotImplementedError


def current_fields(scheme: str = "") -> Any:
    """Return the activity fields that hold today, of one scheme (FieldScheme) or all."""
    raise NotImplementedError
