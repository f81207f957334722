"""Who may put questionnaires to people and read what they answered."""

from typing import Any

from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission


def can_run_surveys(user: Any, obj: Any = None) -> bool:
    """Open rounds and read answers in."""
    return has_host_permission(user, Permission.RUN_SURVEYS)
