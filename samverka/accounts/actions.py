"""What changes about persons. Each checks its own rule and writes its audit row."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samverka.kernel import audit
from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.models import AuditEntry

from . import codes, hooks, roles, rules
from .emails import AccountEnded, HostRolesChanged
from .models import User
from .queries import host_staff, person_with_address

REMOVED_PERSON = "Borttagen person"


def sign_in_by_code(*, pending: codes.PendingCode, typed: str, language: str, client: str) -> tuple[User, bool]:
    """Return the person who answered the mailed code, and whether the account came into being now. `client`: see
    `codes.check_code`.

    Raises codes.WrongCode, codes.SpentCode, ratelimit.TooMany.
    """
    codes.check_code(pending, typed, client=client)
    user = person_with_address(pending.address)
    if user is not None:
        _confirm_address(user, pending.address)
        return user, False
    try:
        return _create_person(pending.address, language), True
    except IntegrityError:
        # The same person answered in two browsers at once.
        return User.objects.get(email__iexact=pending.address), False


@transaction.atomic
def _create_person(address: str, language: str) -> User:
    user = User.objects.create_user(address, language=language)
    _confirm_address(user, address)
    audit.record("account.created", by=user, kind="user", object_id=user.public_id)
    return user


def _confirm_address(user: User, address: str) -> None:
    primary = not EmailAddress.objects.filter(user=user, primary=True).exists()
    row, made = EmailAddress.objects.get_or_create(
        user=user, email=address, defaults={"verified": True, "primary": primary}
    )
    if not made and not row.verified:
        row.verified = True
        row.save(update_fields=["verified"])


def add_address(*, by: User, pending: codes.PendingCode, typed: str, client: str) -> None:
    """Add the address that answered the code to the person's own. Raises as `sign_in_by_code`, and Refused if taken."""
    codes.check_code(pending, typed, client=client)
    with transaction.atomic():
        holder = person_with_address(pending.address)
        if holder is not None and holder != by:
            raise Refused(_("Adressen kunde inte läggas till."))
        _confirm_address(by, pending.address)
        audit.record("address.added", by=by, kind="user", object_id=by.public_id)


@transaction.atomic
def make_address_primary(*, by: User, address: str) -> None:
    """Let mails go to another of the person's confirmed addresses. Raises Refused when it is none of them."""
    row = EmailAddress.objects.filter(user=by, email=codes.clean_address(address), verified=True).first()
    if row is None:
        raise Refused(_("Adressen hör inte till ditt konto."))
    row.set_as_primary()
    audit.record("address.primary_changed", by=by, kind="user", object_id=by.public_id)


@transaction.atomic
def remove_address(*, by: User, address: str) -> None:
    """Remove one of the person's addresses. Raises Refused for the one that mails go to."""
    row = EmailAddress.objects.filter(user=by, email=codes.clean_address(address)).first()
    if row is None:
        raise Refused(_("Adressen hör inte till ditt konto."))
    if row.primary or row.email == by.email:
        raise Refused(_("Mejl går till den här adressen. Välj en annan för mejlen först."))
    row.delete()
    audit.record("address.removed", by=by, kind="user", object_id=by.public_id)


@transaction.atomic
def change_details(*, by: User, name: str, phone: str, language: str) -> None:
    """Change one's own name, telephone number and language."""
    before = {"name": by.name, "phone": by.phone, "language": by.language}
    after = {"name": name, "phone": phone, "language": language}
    changed = audit.changed_fields(before, after)
    if not changed:
        return
    for field, value in after.items():
        setattr(by, field, value)
    by.save(update_fields=list(after))
    # Which fields, not what they held: the name stands on what the person does, the number on nothing.
    fields = {"fields": sorted(changed)}
    audit.record("account.details_changed", by=by, kind="user", object_id=by.public_id, changes=fields)


@transaction.atomic
def remove_password(*, by: User) -> None:
    """Sign in without a password from now on. The session that asks is kept by the caller."""
    by.set_unusable_password()
    by.save(update_fields=["password"])
    audit.record("password.removed", by=by, kind="user", object_id=by.public_id)


def forget_recovery_codes(*, by: User) -> None:
    """Take away the recovery codes that came with a passkey, for the one who is never asked for a second factor."""
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()


def record_sign_in_change(*, by: User, action: str) -> None:
    """Write that a way to sign in was changed through allauth, which does the change itself."""
    audit.record(action, by=by, kind="user", object_id=by.public_id)


@transaction.atomic
def give_host_role(*, by: User | None, address: str, role: str) -> User:
    """Give the person with `address` one of the host's roles; `by` is None from the command line.

    Raises NotAllowed, and Refused when nobody has signed in with the address or the role is none of the host's.
    """
    if by is not None and not rules.can_manage_host_roles(by):
        raise NotAllowed
    if role not in roles.HOST_ROLES:
        raise Refused(_("Välj en av värdens roller."))
    person = person_with_address(codes.clean_address(address))
    if person is None or not person.is_active:
        raise Refused(_("Ingen har loggat in med den adressen. Be personen logga in en gång först."))
    person = User.objects.select_for_update().get(pk=person.pk)
    if role in person.host_roles:
        raise Refused(_("Personen har redan den rollen."))
    _set_host_roles(person, [*person.host_roles, role], "host_role.given", by)
    return person


@transaction.atomic
def take_host_role(*, by: User, person: User, role: str) -> None:
    """Take one of the host's roles from a person. Raises NotAllowed, Refused for the last administrator."""
    if not rules.can_manage_host_roles(by):
        raise NotAllowed
    person = User.objects.select_for_update().get(pk=person.pk)
    if role not in person.host_roles:
        raise Refused(_("Personen har inte den rollen."))
    if role == "host_administrator":
        _check_not_last_administrator(person)
    _set_host_roles(person, [code for code in person.host_roles if code != role], "host_role.taken", by)


def _check_not_last_administrator(person: User) -> None:
    # Locked in one order, so that two administrators cannot take each other's role at once.
    holders = list(host_staff().filter(host_roles__contains=["host_administrator"]).order_by("pk").select_for_update())
    if holders == [person]:
        raise Refused(_("Värden måste ha minst en administratör. Ge rollen till någon annan först."))


def _set_host_roles(person: User, codes_held: list[str], action: str, by: User | None) -> None:
    before, person.host_roles = person.host_roles, codes_held
    person.save(update_fields=["host_roles"])
    audit.record(
        action, by=by, kind="user", object_id=person.public_id, label=str(person),
        changes={"host_roles": [before, codes_held]},
    )  # fmt: skip
    labels = tuple(str(roles.ROLES[code].label) for code in codes_held)
    said_by = str(by) if by is not None else audit.SYSTEM
    outbox.send(HostRolesChanged(roles=labels, changed_by=said_by), to=person.email, language=person.language)


@transaction.atomic
def reset_second_factor(*, by: User | None, person: User) -> None:
    """Remove a person's second factor so that they can set it up anew. Raises NotAllowed; not for oneself."""
    if by is not None and (not rules.can_manage_host_roles(by) or by == person):
        raise NotAllowed
    Authenticator.objects.filter(user=person).delete()
    _end_sessions(person)
    audit.record("second_factor.reset", by=by, kind="user", object_id=person.public_id, label=str(person))


@transaction.atomic
def end_account(*, by: User) -> None:
    """End one's own account: name, addresses and ways to sign in go; what was done for organisations stays.

    Raises Refused while someone else must take over first.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    if "host_administrator" in user.host_roles:
        _check_not_last_administrator(user)
    hooks.check_can_end(user)
    hooks.follow_ending(user)
    audit.record("account.ended", by=user, kind="user", object_id=user.public_id)
    outbox.send(AccountEnded(), to=user.email, language=user.language)
    _forget_addresses_in_trail(user)
    _end_sessions(user)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    _anonymise(user)


def _forget_addresses_in_trail(user: User) -> None:
    # Rows written before the person gave a name carry the address as their label.
    addresses: list[Any] = [user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)]
    AuditEntry.objects.filter(actor_id=user.pk, actor_label__in=addresses).update(actor_label=REMOVED_PERSON)
    own = AuditEntry.objects.filter(object_kind="user", object_id=user.public_id)
    own.filter(object_label__in=addresses).update(object_label=REMOVED_PERSON)


def _end_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def _anonymise(user: User) -> None:
    # .invalid can never receive mail (RFC 2606); the column is unique, so the public id stands in it.
    user.email = f"{user.public_id}@borttagen.invalid"
    user.name, user.phone, user.host_roles, user.is_active = REMOVED_PERSON, "", [], False
    user.set_unusable_password()
    user.save()
