"""What says who sends, and gives an issue its diary number."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotAllowed, Refused
from samverka.organisations.models import Organisation

from ..diary_numbers import drawn_number, pattern_fault
from ..models import DiarySeries, Issue, Sender
from ..rules import can_send_as_own
from .checks import locked_draft, note, require_host

FIELDS = (
    "from_name", "from_address", "reply_to", "postal_address", "phone", "web_address", "privacy_url", "about",
    "diary_pattern",
)  # fmt: skip


@transaction.atomic
def save_host_sender(*, by: Any, organisation: Organisation, values: Mapping[str, str]) -> Sender:
    """Say who sends for the host, and how it is reached. Raises NotAllowed, Refused."""
    require_host(by)
    Sender.objects.filter(is_host=True).exclude(organisation=organisation).update(is_host=False)
    return _save(by, organisation, values, is_host=True)


@transaction.atomic
def save_sender(*, by: Any, organisation: Organisation, values: Mapping[str, str]) -> Sender:
    """Say how a public body that sends is reached. Raises NotAllowed, Refused."""
    if by is not None and not can_send_as_own(by, organisation):
        raise NotAllowed
    return _save(by, organisation, values)


def _save(by: Any, organisation: Organisation, values: Mapping[str, str], **more: Any) -> Sender:
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"no facts of a sender: {sorted(unknown)}")
    if not organisation.is_public_body:
        raise Refused(_("Välj en offentlig aktör: en kommun, en region eller en myndighet."), field="organisation")
    if fault := pattern_fault(values.get("diary_pattern", "")):
        raise Refused(fault, field="diary_pattern")
    before = Sender.objects.select_for_update().filter(organisation=organisation).first()
    told = {**values, **more}
    changes = audit.changed_fields({name: getattr(before, name, "") for name in told}, told)
    made, _created = Sender.objects.update_or_create(organisation=organisation, defaults=told)
    if changes:
        audit.record(
            "sender.changed", by=by, kind="sender", object_id=organisation.public_id, label=made.from_name,
            organisation=organisation.public_id, changes=changes,
        )  # fmt: skip
    return made


@transaction.atomic
def set_diary_number(*, by: Any, issue_id: str, number: str) -> Issue:
    """Write the number that another system has given the matter. Raises NotAllowed, NotVisible, Refused."""
    found = locked_draft(by, issue_id)
    return _numbered(found, " ".join(number.split()), by=by)


@transaction.atomic
def draw_diary_number(*, by: Any, issue_id: str) -> Issue:
    """Give the issue the next number of the sender's series of this year. Raises NotAllowed, NotVisible; Refused when
    it has one, or the sender has no series.

    The series is locked until the transaction ends: two who draw at once get two numbers, and one that is undone
    leaves none out.
    """
    found = locked_draft(by, issue_id)
    if found.diary_number:
        raise Refused(_("Utskicket har redan ett diarienummer."))
    sender: Sender | None = Sender.objects.filter(organisation=found.sender).first()
    if sender is None or not sender.diary_pattern:
        raise Refused(_("Ni har ingen egen nummerserie. Skriv först hur era nummer ser ut, under Avsändare."))
    year = timezone.localdate().year
    DiarySeries.objects.get_or_create(sender=sender, year=year)
    series = DiarySeries.objects.select_for_update().get(sender=sender, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return _numbered(found, drawn_number(sender.diary_pattern, series.last, year), by=by)


def _numbered(issue: Issue, number: str, *, by: Any) -> Issue:
    before, issue.diary_number = issue.diary_number, number[:60]
    if before != issue.diary_number:
        issue.version += 1
        issue.save(update_fields=["diary_number", "version"])
        note("issue.diary_number", issue, by=by, changes={"diary_number": [before, issue.diary_number]})
    return issue
