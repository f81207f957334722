"""Who may see what people search for."""

from typing import Any

from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission


def can_see_searches(user: Any, obj: Any = None) -> bool:
    """Those who can write what is missing."""
    return has_host_permission(user, Permission.EDIT_KNOWLEDGE)
