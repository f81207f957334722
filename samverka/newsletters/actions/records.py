"""What is written when a record is given out."""

from typing import Any

from django.db import transaction

from samverka.accounts.roles import Permission
from samverka.kernel.errors import NotAllowed, NotVisible
from samverka.organisations.queries import holds_whole

from ..models import Issue
from ..rules import can_send_for
from .checks import note


@transaction.atomic
def take_out(*, by: Any, issue_id: str) -> None:
    """Note that the record of a sent issue has been given out. Raises NotAllowed, NotVisible."""
    found = Issue.objects.select_related("sender").filter(public_id=issue_id).first()
    if found is None or not found.is_sent:
        raise NotVisible
    may = can_send_for(by, found.sender) or holds_whole(by, found.sender, Permission.SET_DIARY_NUMBER)
    if not may:
        raise NotAllowed
    note("issue.record_given_out", found, by=by)
