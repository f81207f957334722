"""Who may write and send issues: the host's editors for the host, and a public body's own people for it."""

from typing import Any

from samverka.accounts.roles import Permission
from samverka.accounts.rules import has_host_permission
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting, holds

from .models import Issue, Sender


def can_send_for_host(user: Any, obj: Any = None) -> bool:
    """Write and send what comes from whoever provides the installation."""
    return has_host_permission(user, Permission.SEND_FOR_HOST)


def can_send_dispatches(user: Any, acting: Acting) -> bool:
    """Write and send for a public body, to its own associations."""
    return acting.organisation.is_public_body and acting.has(Permission.SEND_DISPATCHES)


def can_read_records(user: Any, acting: Acting) -> bool:
    """See what a public body has sent and to whom: those who write, and the registrar."""
    return acting.organisation.is_public_body and (
        acting.has(Permission.SET_DIARY_NUMBER) or acting.has(Permission.SEND_DISPATCHES)
    )


def can_send_for(user: Any, organisation: Organisation) -> bool:
    """Whether `user` may write and send in the name of `organisation`, as the host or as its own."""
    if can_send_for_host(user) and Sender.objects.filter(organisation=organisation, is_host=True).exists():
        return True
    return can_send_as_own(user, organisation)


def can_send_as_own(user: Any, organisation: Organisation) -> bool:
    """Whether `user` is one of a public body's own who may send for all of it or for some unit."""
    if not organisation.is_public_body:
        return False
    units = [None, *organisation.units.all()]
    return any(holds(user, organisation, Permission.SEND_DISPATCHES, unit=unit) for unit in units)


def can_write_issue(user: Any, issue: Issue) -> bool:
    """Change the issue, while it is a draft."""
    return can_send_for(user, issue.sender)
