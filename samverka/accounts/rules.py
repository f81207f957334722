"""Who may do what for the host."""

from typing import Any

from . import roles
from .roles import Permission


def has_host_permission(user: Any, permission: Permission) -> bool:
    """Return whether one of the person's host roles gives `permission`."""
    return bool(getattr(user, "is_active", False)) and roles.may(user.host_roles, permission)


def can_manage_installation(user: Any, obj: Any = None) -> bool:
    """Health, messages, jobs."""
    return has_host_permission(user, Permission.MANAGE_INSTALLATION)


def can_manage_host_roles(user: Any, obj: Any = None) -> bool:
    """Who holds the host's roles."""
    return has_host_permission(user, Permission.MANAGE_HOST_ROLES)


def can_edit_register(user: Any, obj: Any = None) -> bool:
    """Add and mend organisations."""
    return has_host_permission(user, Permission.EDIT_REGISTER)


def can_import_register(user: Any, obj: Any = None) -> bool:
    """Read a register from a file."""
    return has_host_permission(user, Permission.IMPORT_REGISTER)


def is_host_staff(user: Any, obj: Any = None) -> bool:
    """Holds any of the host's roles: may open the editorial start page."""
    return bool(getattr(user, "is_active", False)) and bool(user.host_roles)
