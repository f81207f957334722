"""Named contacts."""

from collections.abc import Mapping
from typing import Any

from ..models import Contact, Organisation

#: what `add_contact` and `change_contact` take; `deputy` and `unit` are rows or None
CONTACT_FACTS = ("name", "role", "email", "phone", "hours", "unit", "deputy", "public")


def add_contact(*, by: Any, organisation: Organisation, values: Mapping[str, Any]) -> Contact:
    """Add a contact, confirmed today. Not public unless `values` say so. Refused without name and a way to reach the person."""
    raise NotImplementedError


def change_contact(*, by: Any, contact: Contact, version: int, values: Mapping[str, Any]) -> Contact:
    """Change a contact. Raises Conflict when `version` is stale."""
    raise NotImplementedError


def confirm_contact(*, by: Any, contact: Contact) -> Contact:
    """Note that it is still this person (users.md R14)."""
    raise NotImplementedError


def withdraw_contact(*, by: Any, contact: Contact, reason: str) -> None:
    """Take a contact away; the row is purged after a year."""
    raise NotImplementedError
