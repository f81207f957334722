"""Reads over several models."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from samverka.accounts import roles
from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission
from samverka.kernel.compiled import compiled
from samverka.kernel.errors import NotVisible
from samverka.kernel.text import swedish_sort_key

from . import numbers
from .briefly import with_names
from .enums import BODIES, CIVIL_KINDS, ClaimState, FunctionKind, Kind
from .models import ActivityField, Claim, Correction, Membership, Organisation, Unit

#: Offices by who best hands on what concerns the whole organisation.
OFFICES = (
    FunctionKind.REGISTRAR,
    FunctionKind.OFFICE,
    FunctionKind.CONTACT_CENTRE,
    FunctionKind.EXECUTIVE_BOARD,
    FunctionKind.COMMITTEE,
    FunctionKind.COORDINATOR,
)


@dataclass(frozen=True)
class Acting:
    """A person acting for an organisation: the roles held there, for the whole of it or for some of its units, and
    those held in other organisations.
    """

    user: Any
    organisation: Organisation
    memberships: tuple[Membership, ...]
    elsewhere: tuple[Membership, ...] = ()

    @property
    def role_codes(self) -> frozenset[str]:
        """The roles held, over all units."""
        return frozenset(membership.role for membership in self.memberships)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units that the memberships are limited to; empty when one of them is for the whole organisation."""
        if any(membership.unit is None for membership in self.memberships):
            return ()
        return tuple(
            {membership.unit.pk: membership.unit for membership in self.memberships if membership.unit}.values()
        )

    def has(self, permission: Permission) -> bool:
        """Whether any role held there, for the whole of it or for a unit, gives `permission`."""
        return roles.may(self.role_codes, permission)

    def has_for(self, permission: Permission, unit_id: int | None) -> bool:
        """Whether a role that reaches the unit gives `permission`; None stands for the whole organisation."""
        reaching = [m.role for m in self.memberships if m.unit_id is None or (unit_id and m.unit_id == unit_id)]
        return roles.may(reaching, permission)


def current_memberships(user: Any) -> Any:
    """Return the memberships that hold now, with organisation and unit, in Swedish order."""
    return _held(user.pk, timezone.now())


def _held(user: int, now: datetime) -> Any:
    held = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=now), user=user)
    rows = held.exclude(organisation__state="withdrawn")
    return with_names(rows).order_by("organisation__sort_key", "unit__sort_key", "role")


_memberships = compiled(_held)


def acting_for(user: Any, organisation_id: str) -> Acting:
    """Return what `user` may do for the organisation with that public id. Raises NotVisible without a membership."""
    held = tuple(_memberships.all(user=user.pk, now=timezone.now()))
    here = tuple(membership for membership in held if membership.organisation.public_id == organisation_id)
    if not here:
        raise NotVisible
    elsewhere = tuple(membership for membership in held if membership.organisation.public_id != organisation_id)
    return Acting(user, here[0].organisation, here, elsewhere)


def current_units(organisation: Organisation) -> list[Unit]:
    """Return the organisation's units that exist today."""
    return _units.all(organisation=organisation.pk, today=timezone.localdate())


@compiled
def _units(organisation: int, today: date) -> Any:
    return Unit.objects.filter(organisation=organisation).current(today)


def holds_whole(user: Any, organisation: Organisation, permission: Permission) -> bool:
    """Whether a current role of `user` for the whole of `organisation` (not only for a unit of it) gives
    `permission`.
    """
    return holds(user, organisation, permission, unit=None)


def holds(user: Any, organisation: Organisation, permission: Permission, *, unit: Unit | None) -> bool:
    """Whether a current role of `user` for `unit`, or for the whole of `organisation`, gives `permission`."""
    if not getattr(user, "is_active", False):
        return False
    wanted = Q(unit=None) | Q(unit=unit) if unit else Q(unit=None)
    held = current_memberships(user).filter(wanted, organisation=organisation).values_list("role", flat=True)
    return roles.may(list(held), permission)


def body_of_municipality(code: str) -> Organisation | None:
    """Return the municipality as an organisation, by its four-digit code (0980: Region Gotland)."""
    found: Organisation | None = _bodies().filter(source_key=f"{Kind.MUNICIPALITY}:{code}").first()
    return found


def body_of_region(code: str) -> Organisation | None:
    """Return the region as an organisation, by its two-digit code (09: Region Gotland, the same as 0980)."""
    region = Q(source_key=f"{Kind.REGION}:{code}") | Q(also_region=True, county=code)
    found: Organisation | None = _bodies().filter(region).first()
    return found


def _bodies() -> Any:
    return Organisation.objects.filter(source__name=BODIES)


def similar_organisations(*, name: str, number: str = "", municipality: str = "", limit: int = 5) -> list[Organisation]:
    """Return organisations that may be the same: the same number first, then names alike (nearest first, own
    municipality before others).

    Protected ones are found by number or the whole name only. Print them with `shown_rows`.
    """
    key = swedish_sort_key(name)
    digits = numbers.read(number).number
    same = Q(sort_key=key) | (Q(org_number=digits) if digits else Q(pk__in=[]))
    found = (
        Organisation.objects.visible_to(None)
        .filter(same | Q(sort_key__trigram_similar=key, protected=False))
        .annotate(
            same_number=Case(When(org_number=digits, then=1), default=0) if digits else Value(0),
            near=Case(When(municipality=municipality, protected=False, then=1), default=0)
            if municipality
            else Value(0),
            likeness=TrigramSimilarity("sort_key", key),
        )
        .order_by("-same_number", "-near", "-likeness", "id")
    )
    return list(found[:limit]) if key or digits else []


def members_of(organisation: Organisation) -> Any:
    """Return the current memberships with user and unit, by name."""
    return (
        Membership.objects.filter(organisation=organisation)
        .filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))
        .select_related("user", "unit")
        .order_by("user__name", "user__email", "role")
    )


def called(memberships: Sequence[Membership]) -> str:
    """Return what an organisation calls a person who has these roles there: by name once the person has signed in
    since; before that by the address that was typed, since an invitation must not tell whose address it is.
    """
    for held in memberships:
        last = held.user.last_login
        if not held.invited_as or (last is not None and last >= held.since):
            return str(held.user)
    return str(memberships[0].invited_as)


def administrators_of(organisation: Organisation, *, unit: Unit | None = None) -> Any:
    """Return the current memberships that may manage members of the whole organisation (or of `unit`)."""
    wanted = Q(unit=None) | Q(unit=unit) if unit else Q(unit=None)
    return members_of(organisation).filter(wanted, role__in=_managing())


def _managing() -> list[str]:
    return [code for code in roles.ORGANISATION_ROLES if roles.may([code], Permission.MANAGE_MEMBERS)]


def held_roles(user: Any) -> Any:
    """Return the person's memberships that have not ended, also in withdrawn organisations."""
    return Membership.objects.filter(user=user, until=None).select_related("organisation", "unit", "user")


def office_address(organisation: Organisation, unit: Unit | None = None) -> str:
    """Return where an organisation's own office reads mail: the unit's functions, then the body's (registrar first),
    then its
    registered address; "" if there is none.
    """
    return _function_address(organisation, unit) or str(organisation.email)


def claim_address(organisation: Organisation, unit: Unit | None = None) -> str:
    """Return where a code for a claim goes: for a body only an office's address, for an association its registered
    one too.
    """
    return _function_address(organisation, unit) if organisation.is_public_body else office_address(organisation, unit)


def _function_address(organisation: Organisation, unit: Unit | None) -> str:
    places = {None, unit.pk if unit else None}
    functions = [f for f in organisation.functions.filter(withdrawn_at=None) if f.unit_id in places]
    functions.sort(key=lambda f: (f.unit_id is None, OFFICES.index(f.kind), f.pk))
    return str(functions[0].email) if functions else ""


def answerers_of(claim: Claim) -> list[Any]:
    """Return the persons to ask about a claim: the organisation's administrators, else those of its municipality
    (see `rules.can_answer_claim`).
    """
    organisation = claim.organisation
    own = administrators_of(organisation, unit=claim.unit).exclude(user=claim.user)
    held = list(own) if organisation.confirmed else []
    if not held and not organisation.protected and organisation.municipality_id and not organisation.is_public_body:
        body = body_of_municipality(organisation.municipality_id)
        held = list(administrators_of(body).exclude(user=claim.user)) if body else []
    return list({membership.user_id: membership.user for membership in held}.values())


def claims_to_answer(user: Any) -> Any:
    """Return the asked claims that `user` may answer (see `rules.can_answer_claim`), oldest first."""
    asked = (
        Claim.objects.filter(state=ClaimState.ASKED).exclude(user=user).select_related("organisation", "unit", "user")
    )
    managing = list(current_memberships(user).filter(role__in=_managing()))
    managed = [membership.organisation for membership in managing if membership.unit_id is None]
    units = [membership.unit for membership in managing if membership.unit_id is not None]
    own = Q(organisation__confirmed=True) & (Q(organisation__in=managed) | Q(unit__in=units))
    if has_host_permission(user, Permission.EDIT_REGISTER):
        return asked.filter(own | ~_acted_for()).order_by("id")
    placed = [body.municipality_id for body in managed if body.kind == Kind.MUNICIPALITY]
    near = Q(organisation__municipality__in=placed, organisation__protected=False, organisation__kind__in=CIVIL_KINDS)
    return asked.filter(own | (near & ~_acted_for())).order_by("id")


def _acted_for() -> Q:
    """Claims on a confirmed organisation (or unit) that somebody else than the claimant is administrator of now."""
    administrators = (
        Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=timezone.now()), role__in=_managing())
        .filter(Q(unit=None) | Q(unit=OuterRef("unit")), organisation=OuterRef("organisation"))
        .exclude(user=OuterRef("user"))
    )
    return Q(organisation__confirmed=True) & Q(Exists(administrators))


def corrections_waiting(user: Any) -> Any:
    """Return unanswered corrections: all of them for an editor, else those of organisations that `user` is
    administrator of.
    """
    waiting = Correction.objects.filter(handled_at=None).select_related("organisation").order_by("id")
    if has_host_permission(user, Permission.EDIT_REGISTER):
        return waiting
    editing = [code for code in roles.ORGANISATION_ROLES if roles.may([code], Permission.EDIT_FACTS)]
    held = current_memberships(user).filter(unit=None, role__in=editing)
    return waiting.filter(organisation__in=held.values("organisation"))


def current_fields(scheme: str = "") -> Any:
    """Return the activity fields that hold today, of one scheme (FieldScheme) or all."""
    today = timezone.localdate()
    fields = ActivityField.objects.filter(valid_from__lte=today).filter(Q(valid_to=None) | Q(valid_to__gt=today))
    return fields.filter(scheme=scheme) if scheme else fields
