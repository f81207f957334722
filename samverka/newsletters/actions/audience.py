"""Choosing to whom an issue goes, writing a plain letter, and keeping lists of one's own."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.ratelimit import allow
from samverka.organisations.models import Organisation

from ..audiences import Segment
from ..enums import Format, IssueState
from ..imports import Row
from ..models import Issue, IssueText, ListedAddress, RecipientList, Sender
from .checks import locked_draft, note, require_sender

#: What each format may be sent to: official communication and what is voluntary are never in the same issue.
ALLOWED = {
    Format.OFFICIAL: {"offices"},
    Format.MAGAZINE: {"subscribers"},
    Format.PLAIN: {"associations", "list"},
}
#: Letters to associations from one sender.
MOST_LETTERS, LETTERS_WITHIN = 5, timedelta(days=1)


@transaction.atomic
def choose_audience(*, by: Any, issue_id: str, segment: Segment) -> Issue:
    """Keep to whom the issue goes. Raises NotAllowed, NotVisible; Refused for one that its format may not have."""
    issue = locked_draft(by, issue_id)
    if segment.kind not in ALLOWED[Format(issue.format)]:
        raise Refused(_("Det här slaget av utskick kan inte gå till dem."), field="kind")
    if segment.kind == "list" and not _own_list(issue.sender, segment.list):
        raise Refused(_("Välj en av era listor."), field="list")
    Issue.objects.filter(pk=issue.pk).update(audience=segment.data, version=issue.version + 1)
    note("issue.audience_chosen", issue, by=by, changes={"audience": [issue.audience, segment.data]})
    issue.refresh_from_db()
    return issue


def _own_list(sender: Organisation, pid: str) -> bool:
    return RecipientList.objects.filter(public_id=pid, sender=sender, removed_at=None).exists()


@transaction.atomic
def write_letter(
    *, by: Any, sender: Organisation, subject: str, text: str, reply_to: str, segment: Segment
) -> Issue:  # fmt: skip
    """Write a plain letter to associations: a draft that is looked at once more before it goes (users.md R16).

    Raises NotAllowed; TooMany for one who writes too often; Refused for other receivers than associations.
    """
    require_sender(by, sender)
    allow(f"letters:{sender.public_id}", most=MOST_LETTERS, within=LETTERS_WITHIN)
    if not subject.strip() or not text.strip():
        raise Refused(_("Skriv en rubrik och en text."))
    known = Sender.objects.filter(organisation=sender).first()
    issue = Issue.objects.create(
        sender=sender, owner=by, format=Format.PLAIN, reply_to=reply_to, state=IssueState.DRAFT,
        from_name=known.from_name if known else sender.name, from_address=known.from_address if known else "",
    )  # fmt: skip
    IssueText.objects.create(issue=issue, subject=subject.strip()[:200], plain_text=text.strip())
    note("letter.written", issue, by=by)
    return choose_audience(by=by, issue_id=issue.public_id, segment=segment)


@transaction.atomic
def keep_list(*, by: Any, sender: Organisation, name: str, rows: Sequence[Row]) -> RecipientList:
    """Keep the addresses of a file as a list: all of those that were right, or nothing. Raises NotAllowed, Refused."""
    require_sender(by, sender)
    good = {row.email: row for row in rows if not row.refused}
    if not good:
        raise Refused(_("Ingen rad i filen går att använda. Se vad som är fel på varje rad."), field="file")
    made = RecipientList.objects.create(sender=sender, name=name.strip()[:120])
    known = dict(
        Organisation.objects.filter(email__in=good, protected=False).values_list("email", "pk").order_by("-pk")
    )
    ListedAddress.objects.bulk_create(
        ListedAddress(list=made, email=email, name=row.name, organisation_id=known.get(email))
        for email, row in good.items()
    )
    audit.record(
        "recipient_list.kept", by=by, kind="recipient_list", object_id=made.public_id, label=made.name,
        organisation=sender.public_id, changes={"addresses": [0, len(good)]},
    )  # fmt: skip
    return made


@transaction.atomic
def remove_list(*, by: Any, sender: Organisation, pid: str) -> None:
    """Take a list away; its addresses are removed after 30 days. Raises NotAllowed, NotVisible."""
    require_sender(by, sender)
    changed = RecipientList.objects.filter(public_id=pid, sender=sender, removed_at=None).update(
        removed_at=timezone.now()
    )
    if not changed:
        raise NotVisible
    audit.record("recipient_list.removed", by=by, kind="recipient_list", object_id=pid, organisation=sender.public_id)
