"""What of an organisation someone reaches who may be limited to some of its units."""

from collections.abc import Iterable
from typing import Any

from samverka.accounts.roles import Permission
from samverka.kernel.errors import NotAllowed
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_edit_part


def whole_name(acting: Acting, permission: Permission) -> str:
    """Return the organisation's name, to choose the whole of it by, or "" for someone limited to units."""
    return str(acting.organisation.name) if acting.has_for(permission, None) else ""


def within_reach(acting: Acting, rows: Iterable[Any], permission: Permission, *, of: str = "unit_id") -> list[Any]:
    """Return those of `rows` whose unit (the key in the attribute `of`) is one that `permission` is held for."""
    return [row for row in rows if acting.has_for(permission, getattr(row, of))]


def require_part(acting: Acting, unit: Any) -> None:
    """Raise NotAllowed unless the facts of `unit` (None: of the whole) may be changed."""
    if not can_edit_part(acting.user, acting.organisation, unit):
        raise NotAllowed
