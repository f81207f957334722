"""What the actions of issues ask first, and the steps they share."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverka.kernel import audit
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.organisations.models import Organisation

from ..enums import IssueState
from ..models import Issue, Sender
from ..rules import can_send_for, can_send_for_host, can_write_issue

CHANGED_MEANWHILE = gettext_lazy(
    "Någon annan har ändrat uppgifterna medan du skrev. Inget är sparat än. Jämför och spara igen."
)


def require_sender(by: Any, organisation: Organisation) -> None:
    """Raise NotAllowed unless `by` may send for the organisation; None is the system."""
    if by is not None and not can_send_for(by, organisation):
        raise NotAllowed


def require_host(by: Any) -> None:
    """Raise NotAllowed unless `by` may send for the host; None is the system."""
    if by is not None and not can_send_for_host(by):
        raise NotAllowed


def made_issue(by: Any, sender: Organisation, **told: Any) -> Issue:
    """Make an empty draft, with what the sender has said of itself. Raises Refused before it has said anything."""
    found: Sender | None = Sender.objects.filter(organisation=sender).first()
    if found is None:
        raise Refused(_("Skriv först vem utskicken kommer från, och vart svar går."))
    made: Issue = Issue.objects.create(
        sender=sender, owner=by, from_name=found.from_name, from_address=found.from_address, reply_to=found.reply_to,
        **told,
    )  # fmt: skip
    return made


def locked_draft(by: Any, issue_id: str) -> Issue:
    """Return the issue as it is now, locked. Raises NotVisible, NotAllowed; Refused when it can no longer change."""
    rows = Issue.objects.select_for_update(of=("self",)).select_related("sender")
    found: Issue | None = rows.filter(public_id=issue_id).first()
    if found is None:
        raise NotVisible
    if by is not None and not can_write_issue(by, found):
        raise NotAllowed
    if found.state not in {IssueState.DRAFT, IssueState.SCHEDULED}:
        raise Refused(_("Utskicket har börjat skickas och går inte att ändra. Gör ett nytt med det här som förlaga."))
    return found


def hold_version(row: Any, version: int, theirs: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Raise Conflict when `row` is past `version`; `theirs` is what stands there now."""
    if row.version == version:
        return
    yours = {name: value for name, value in values.items() if str(theirs.get(name) or "") != str(value or "")}
    raise Conflict(
        str(CHANGED_MEANWHILE), theirs={name: theirs.get(name) for name in yours}, yours=yours, version=row.version
    )


def note(action: str, issue: Issue, *, by: Any, changes: Mapping[str, Any] | None = None) -> None:
    """Write the audit row of an issue."""
    audit.record(
        action, by=by, kind="issue", object_id=issue.public_id, label=issue.title,
        organisation=issue.sender.public_id, changes=changes,
    )  # fmt: skip
