"""Who may send an issue, and who says where a body's mail goes."""

from typing import Any

from samverka.accounts.roles import Permission, may
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting, current_memberships

from .models import Issue
from .rules import can_send_for


def can_send(user: Any, issue: Issue) -> bool:
    """Send, pause or stop `issue`: the host's editors the host's, a public body's own people their body's."""
    return can_send_for(user, issue.sender)


def bodies_that_write(user: Any) -> list[Organisation]:
    """Return the public bodies that the person may write to associations for, by name; one query."""
    if not getattr(user, "is_authenticated", False):
        return []
    found = {
        one.organisation.pk: one.organisation
        for one in current_memberships(user)
        if one.organisation.is_public_body and may([one.role], Permission.SEND_DISPATCHES)
    }
    return list(found.values())


def can_route(user: Any, acting: Acting) -> bool:
    """Say who at a public body should have what: those who keep the facts of the whole, and its registrar."""
    known = any(acting.has_for(one, None) for one in (Permission.EDIT_FACTS, Permission.SET_DIARY_NUMBER))
    return acting.organisation.is_public_body and known
