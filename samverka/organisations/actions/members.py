"""Who may act for an organisation."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.accounts import roles
from samverka.accounts.models import User
from samverka.accounts.queries import person_with_address
from samverka.kernel.errors import Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.emails import ColleagueInvited, RoleGranted
from samverka.organisations.models import Membership, Organisation, Unit
from samverka.organisations.queries import administrators_of, called, held_roles, members_of
from samverka.organisations.rules import can_grant_roles

from . import checks
from .steps import locked, note, refuse, require

#: As many as an administration of some size lets in on its first day.
MOST_INVITED_A_DAY = 50


@transaction.atomic
def grant_role(
    *, by: Any, organisation: Organisation, user: Any, role: str, unit: Unit | None = None, basis: str = ""
) -> Membership:
    """Give a person a role, for the whole organisation or one unit, and mail the person. Granting again returns the
    same row.
    """
    require(can_grant_roles(by, organisation, unit))
    membership, made = give_membership(by=by, organisation=organisation, user=user, role=role, unit=unit, basis=basis)
    if made and user != by:
        send_role_granted(membership=membership, by=by)
    return membership


@transaction.atomic
def end_role(*, by: Any, membership: Membership, reason: str = "") -> Membership:
    """End a role now. A person may end their own. Refused for the last administrator of the organisation."""
    organisation = membership.organisation
    require(by == membership.user or can_grant_roles(by, organisation, membership.unit))
    # The organisation's row is the lock, so that two administrators cannot end each other's role at once.
    locked(organisation)
    membership = locked(membership)
    if membership.until is not None and membership.until <= timezone.now():
        return membership
    if _is_last_administrator(membership):
        raise Refused(_("Organisationen måste ha minst en administratör. Ge rollen till någon annan först."))
    _end(membership, by=by, reason=reason)
    return membership


@transaction.atomic
def invite_colleague(
    *,
    by: Any,
    organisation: Organisation,
    email: str,
    role: str,
    name: str = "",
    unit: Unit | None = None,
    basis: str = "",
) -> Membership:
    """Give the person with that address a role; who has no account gets in by signing in with the address. Mails
    the person. TooMany after MOST_INVITED_A_DAY.
    """
    require(can_grant_roles(by, organisation, unit))
    allow(f"invite-colleague:{by.pk}", most=MOST_INVITED_A_DAY, within=timedelta(days=1))
    return let_in(
        by=by, organisation=organisation, email=email, role=role, name=name, unit=unit, basis=basis, on_behalf=str(by)
    )


@transaction.atomic
def let_in(
    *,
    by: Any,
    organisation: Organisation,
    email: str,
    role: str,
    on_behalf: str,
    name: str = "",
    unit: Unit | None = None,
    basis: str = "",
) -> Membership:
    """Give the person with that address a role and mail them, without asking a rule: for actions that have asked
    their own.

    `on_behalf` is who lets the person in, as the mail says it. Refused for a bad address or an ended account.
    """
    address = checks.office_email(email)
    user = person_with_address(address)
    if user is not None and not user.is_active:
        raise refuse(_("Kontot med den adressen är avslutat."), field="email")
    known = user is not None and user.last_login is not None
    if user is None:
        user = User.objects.create_user(address, name=checks.one_line(name)[:150])
    membership, made = give_membership(
        by=by, organisation=organisation, user=user, role=role, unit=unit, basis=basis, invited_as=address
    )
    if made and known:
        send_role_granted(membership=membership, by=by)
    elif made:
        email_to_colleague = ColleagueInvited(
            organisation=_acting_name(membership),
            role=str(membership.get_role_display()),
            invited_by=on_behalf,
            address=address,
        )
        outbox.send(email_to_colleague, to=address, language=user.language, organisation=organisation.public_id)
    return membership


def give_membership(
    *,
    by: Any,
    organisation: Organisation,
    user: Any,
    role: str,
    unit: Unit | None,
    basis: str,
    invited_as: str = "",
) -> tuple[Membership, bool]:
    """Write a membership and its audit row, without asking a rule: for actions that have asked their own. Returns
    (row, made now). `invited_as` is the address that was typed; see `queries.called`.
    """
    if role not in roles.ORGANISATION_ROLES:
        raise refuse(_("Välj en roll."), field="role")
    if unit is not None and unit.organisation_id != organisation.pk:
        raise refuse(_("Enheten hör till en annan organisation."), field="unit")
    held = list(members_of(organisation).filter(user=user))
    address = invited_as or (held[0].invited_as if held and called(held) == held[0].invited_as else "")
    membership, made = Membership.objects.get_or_create(
        user=user, organisation=organisation, unit=unit, role=role, until=None,
        defaults={"basis": checks.one_line(basis)[:200], "granted_by": by, "invited_as": address},
    )  # fmt: skip
    if made:
        label = called([*held, membership])
        changes = {"role": [None, role], "unit": [None, str(unit or "")], "basis": [None, membership.basis]}
        note("role.granted", membership, by=by, organisation=organisation, changes=changes, label=label)
    return membership, made


def send_role_granted(*, membership: Membership, by: Any) -> None:
    """Mail a person that they may act for an organisation."""
    mail = RoleGranted(
        organisation=_acting_name(membership),
        role=str(membership.get_role_display()),
        granted_by=str(by or ""),
        organisation_id=membership.organisation.public_id,
    )
    user = membership.user
    outbox.send(mail, to=user.email, language=user.language, organisation=membership.organisation.public_id)


def end_all_roles(user: Any) -> None:
    """End every role of a person whose account ends, and forget the addresses that were typed to invite them."""
    for membership in held_roles(user):
        _end(membership, by=user, reason="")
    Membership.objects.filter(user=user).update(invited_as="")


def end_roles_in(*, organisation: Organisation, by: Any, reason: str, user: Any = None) -> None:
    """End every role in an organisation that turned out not to be one, or only those of `user` there."""
    held = members_of(organisation)
    for membership in held if user is None else held.filter(user=user):
        _end(membership, by=by, reason=reason)


def _end(membership: Membership, *, by: Any, reason: str) -> None:
    held = list(members_of(membership.organisation).filter(user=membership.user)) or [membership]
    membership.until = timezone.now()
    membership.save(update_fields=["until"])
    changes = {"role": [membership.role, None], "reason": [None, checks.one_line(reason)[:300]]}
    note(
        "role.ended",
        membership,
        by=by,
        organisation=membership.organisation,
        changes=changes,
        label=called(held),
    )


def _is_last_administrator(membership: Membership) -> bool:
    if membership.unit_id is not None:
        return False
    administrators = administrators_of(membership.organisation)
    return administrators.filter(pk=membership.pk).exists() and not administrators.exclude(pk=membership.pk).exists()


def _acting_name(membership: Membership) -> str:
    """Return "Fritidsnämnden, Exempelby kommun", or the organisation's name."""
    organisation = membership.organisation.name
    return f"{membership.unit.name}, {organisation}" if membership.unit else str(organisation)
