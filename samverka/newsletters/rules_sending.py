"""Who may send an issue, and who says where a body's mail goes."""

from typing import Any

from samverka.accounts.roles import Permission
from samverka.organisations.queries import Acting

from .models import Issue
from .rules import can_send_for


def can_send(user: Any, issue: Issue) -> bool:
    """Send, pause or stop `issue`: the host's editors the host's, a public body's own people their body's."""
    return can_send_for(user, issue.sender)


def can_route(user: Any, acting: Acting) -> bool:
    """Say who at a public body should have what: those who keep the facts of the whole, and its registrar."""
    known = any(acting.has_for(one, None) for one in (Permission.EDIT_FACTS, Permission.SET_DIARY_NUMBER))
    return acting.organisation.is_public_body and known
