"""Who may send."""

from typing import Any

from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission
from samverka.organisations.queries import Acting, holds

from .enums import Format
from .models import Issue, Sender


def can_send_for_host(user: Any, obj: Any = None) -> bool:
    """Write and send the host's issues, and see how its sendings go."""
    return has_host_permission(user, Permission.SEND_FOR_HOST)


def can_send_dispatches(user: Any, acting: Acting) -> bool:
    """Write to associations for a public body."""
    return acting.organisation.is_public_body and acting.has(Permission.SEND_DISPATCHES)


def can_route(user: Any, acting: Acting) -> bool:
    """Say who at a public body should have what: those who keep its facts, and its registrar."""
    known = acting.has(Permission.EDIT_FACTS) or acting.has(Permission.SET_DIARY_NUMBER)
    return acting.organisation.is_public_body and known


def can_send(user: Any, issue: Issue) -> bool:
    """Send, pause or stop `issue`: the host's editors its own and those of the host; a body's people their body's."""
    if Sender.objects.filter(organisation=issue.sender_id, is_host=True).exists():
        return can_send_for_host(user)
    by_body = holds(user, issue.sender, Permission.SEND_DISPATCHES, unit=None)
    return by_body or (issue.format != Format.PLAIN and can_send_for_host(user))
