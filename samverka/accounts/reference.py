"""Who may do what, as a table: /om/roller/ and docs/reference/roles.md are made from roles.py by this."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation

from . import roles


@dataclass(frozen=True)
class PermissionRow:
    """One thing that can be done, and for each role of the table whether it may."""

    label: Any
    allowed: tuple[tuple[roles.Role, bool], ...]


@dataclass(frozen=True)
class RoleTable:
    """The roles of one scope (host or organisation), and what each may do."""

    scope: str
    roles: tuple[roles.Role, ...]
    rows: tuple[PermissionRow, ...]


def role_table(scope: str) -> RoleTable:
    """Return the table of `scope`; things that none of its roles may do are left out."""
    held = tuple(role for role in roles.ROLES.values() if role.scope == scope)
    rows = tuple(
        PermissionRow(label, tuple((role, permission in role.may) for role in held))
        for permission, label in roles.PERMISSION_LABELS.items()
        if any(permission in role.may for role in held)
    )
    return RoleTable(scope, held, rows)


def role_tables() -> list[RoleTable]:
    """Return both tables, the organisation's first."""
    return [role_table(roles.ORGANISATION), role_table(roles.HOST)]


def roles_markdown() -> str:
    """Return docs/reference/roles.md: both tables, in the words of the pages (Swedish), with the codes."""
    with translation.override("sv"):
        parts = [_markdown(table) for table in role_tables()]
    head = "# Roles\n\nGenerated from samverka/accounts/roles.py by `manage.py generate_reference`; do not edit.\n"
    return "\n".join([head, *parts])


def _markdown(table: RoleTable) -> str:
    lines = [f"## {'The host' if table.scope == roles.HOST else 'An organisation'}", ""]
    for role in table.roles:
        factor = " Requires a second factor." if role.second_factor else ""
        lines.append(f"- **{role.label}** (`{role.code}`): {role.purpose}{factor}")
    lines += ["", "| | " + " | ".join(str(role.label) for role in table.roles) + " |"]
    lines.append("|---|" + "---|" * len(table.roles))
    for row in table.rows:
        lines.append(f"| {row.label} | " + " | ".join("yes" if may else "" for _role, may in row.allowed) + " |")
    return "\n".join(lines) + "\n"
