"""Who may send, asked by the actions themselves."""

from typing import Any

from samverka.kernel import audit
from samverka.kernel.errors import NotAllowed, NotVisible

from ..models import Issue
from ..rules_sending import can_send


def locked_issue(pid: str) -> Issue:
    """Return the issue, held until the transaction ends. Raises NotVisible without one."""
    found: Issue | None = Issue.objects.select_for_update(of=("self",)).select_related("sender").filter(
        public_id=pid
    ).first()  # fmt: skip
    if found is None:
        raise NotVisible
    return found


def require_sender(by: Any, issue: Issue) -> None:
    """Raise NotAllowed unless `by` may send the issue; None is the system: a job, or a command on the machine."""
    if by is not None and not can_send(by, issue):
        raise NotAllowed


def note(action: str, issue: Issue, *, by: Any, **changes: Any) -> None:
    """Write an audit row about an issue."""
    audit.record(
        action, by=by, kind="issue", object_id=issue.public_id, label=str(issue)[:300],
        organisation=issue.sender.public_id, changes=changes,
    )  # fmt: skip
