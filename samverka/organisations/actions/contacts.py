"""Named contacts."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.organisations.models import Contact, Organisation
from samverka.organisations.rules import can_edit_part

from . import checks
from .steps import apply, check_names, hold_version, locked, note, refuse, require

#: what `add_contact` and `change_contact` take; `deputy` and `unit` are rows or None
CONTACT_FACTS = ("name", "role", "email", "phone", "hours", "unit", "deputy", "public")


@transaction.atomic
def add_contact(*, by: Any, organisation: Organisation, values: Mapping[str, Any]) -> Contact:
    """Add a contact, confirmed today. Not public unless `values` say so. Refused without name and a way to reach
    the person.
    """
    require(can_edit_part(by, organisation, values.get("unit")))
    contact = Contact(organisation=organisation, confirmed_on=timezone.localdate())
    changed = apply(contact, _kept(contact, values))
    _check_reachable(contact)
    contact.save()
    _note("contact.added", contact, by=by, changed=changed)
    return contact


@transaction.atomic
def change_contact(*, by: Any, contact: Contact, version: int, values: Mapping[str, Any]) -> Contact:
    """Change a contact. Raises Conflict when `version` is stale."""
    require(can_edit_part(by, contact.organisation, contact.unit))
    contact = locked(contact)
    kept = _kept(contact, values)
    require(can_edit_part(by, contact.organisation, kept.get("unit", contact.unit)))
    hold_version(contact, version, kept)
    changed = apply(contact, kept)
    if changed:
        _check_reachable(contact)
        contact.version += 1
        contact.confirmed_on = timezone.localdate()
        contact.save()
        _note("contact.changed", contact, by=by, changed=changed)
    return contact


@transaction.atomic
def confirm_contact(*, by: Any, contact: Contact) -> Contact:
    """Note that it is still this person (users.md R14)."""
    require(can_edit_part(by, contact.organisation, contact.unit))
    contact = locked(contact)
    contact.confirmed_on = timezone.localdate()
    contact.save(update_fields=["confirmed_on"])
    _note("contact.confirmed", contact, by=by)
    return contact


@transaction.atomic
def withdraw_contact(*, by: Any, contact: Contact, reason: str) -> None:
    """Take a contact away; the row is purged after a year."""
    require(can_edit_part(by, contact.organisation, contact.unit))
    contact = locked(contact)
    checks.reason(reason)
    if contact.withdrawn_at is None:
        contact.withdrawn_at = timezone.now()
        contact.public = False
        contact.save(update_fields=["withdrawn_at", "public"])
        _note("contact.withdrawn", contact, by=by)


def _kept(contact: Contact, values: Mapping[str, Any]) -> dict[str, Any]:
    check_names(values, CONTACT_FACTS)
    kept = checks.checked(values, Contact)
    if "name" in kept and len(kept["name"]) < 2:
        raise refuse(_("Skriv personens namn."), field="name")
    unit, deputy = kept.get("unit"), kept.get("deputy")
    if unit is not None and unit.organisation_id != contact.organisation_id:
        raise refuse(_("Enheten hör till en annan organisation."), field="unit")
    if deputy is not None and (deputy.organisation_id != contact.organisation_id or deputy.pk == contact.pk):
        raise refuse(_("Välj en annan av organisationens kontakter som ersättare."), field="deputy")
    return kept


def _check_reachable(contact: Contact) -> None:
    if not contact.name:
        raise refuse(_("Skriv personens namn."), field="name")
    if not (contact.email or contact.phone):
        raise refuse(_("Skriv en e-postadress eller ett telefonnummer."), field="email")


def _note(action: str, contact: Contact, *, by: Any, changed: Mapping[str, Any] | None = None) -> None:
    """Write which facts changed, not what they held: the trail outlives the contact."""
    changes = {"fields": sorted(changed)} if changed else {}
    note(action, contact, by=by, organisation=contact.organisation, changes=changes, label=contact.role or " ")
