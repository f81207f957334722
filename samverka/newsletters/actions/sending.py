"""Beginning, pausing and stopping a sending. The engine (`newsletters.sending`) does the rest, in jobs."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samverka.kernel.errors import Refused

from ..audiences import Segment
from ..checks import stops
from ..clicks import counted
from ..enums import DeliveryState, Format, IssueState
from ..models import Delivery, Issue
from ..rendering import document_of
from .recipients import add_deliveries
from .steps import locked_issue, note, require_sender

#: Mails of one job.
SHARE = 500
TASK = "samverka.newsletters.sending_tasks.send_share"
#: After sign-in codes and notices: a sending must not stand in their way.
PRIORITY = -10


@transaction.atomic
def begin_sending(*, by: Any, issue_id: str) -> Issue:
    """Freeze what the issue says, make a row for each recipient, and queue the jobs. Raises NotAllowed; Refused when it
    is sent already, or goes to nobody.
    """
    issue = locked_issue(issue_id)
    require_sender(by, issue)
    if issue.state not in {IssueState.DRAFT, IssueState.SCHEDULED}:
        raise Refused(_("Utskicket är redan skickat, eller på väg."))
    _require_sound(issue, by)
    _freeze(issue)
    waiting = add_deliveries(issue, Segment.of(issue.audience))
    if not waiting:
        raise Refused(_("Det finns ingen att skicka till. Välj andra mottagare."), field="audience")
    issue.state, issue.sending_began_at = IssueState.SENDING, timezone.now()
    issue.version += 1
    issue.save()
    queue_shares(issue.pk, waiting)
    note("issue.sending_began", issue, by=by, recipients=[None, waiting])
    return issue


def begin_scheduled(*, issue_id: str) -> None:
    """Begin what was scheduled; what cannot be sent any more becomes a draft again, and the log says so."""
    try:
        begin_sending(by=None, issue_id=issue_id)
    except Refused as refused:
        with transaction.atomic():
            issue = locked_issue(issue_id)
            if issue.state == IssueState.SCHEDULED:
                Issue.objects.filter(pk=issue.pk).update(state=IssueState.DRAFT)
                note("issue.unscheduled", issue, by=None, reason=[None, str(refused.message)])


def _require_sound(issue: Issue, by: Any) -> None:
    """Raise Refused when the checks before sending say stop. A job sends what somebody has been shown and confirmed."""
    is_letter = issue.format == Format.PLAIN and not issue.blocks.standing().exists()
    wrong = [] if by is None or is_letter else stops(issue)
    if wrong:
        raise Refused(_("Något måste rättas först: {reason}").format(reason=wrong[0].said))


def _freeze(issue: Issue) -> None:
    written = issue.format != Format.PLAIN or issue.blocks.standing().exists()
    issue.document = document_of(issue) if written else plain_document(issue)
    if issue.format == Format.MAGAZINE:
        issue.document = counted(issue, issue.document)
    if not issue.document or not all(letter["subject"] for letter in issue.document.values()):
        raise Refused(_("Skriv en ämnesrad först."), field="subject")


def plain_document(issue: Issue) -> dict[str, Any]:
    """Return what a plain letter to associations says: its text, why it came, and how to get no more."""
    foot = _("Varför får ni det här? [[why]]\nVill ni inte ha fler brev från oss? [[unsubscribe_url]]")
    return {
        text.language: {
            "subject": text.subject, "preview": "", "html": "", "web": {},
            "text": f"{text.plain_text.replace('[[', '[ [').strip()}\n\n-- \n{issue.from_name}\n{foot}\n",
        }
        for text in issue.texts.all()
    }  # fmt: skip


def queue_shares(issue_id: int, mails: int, *, wait: int = 0) -> None:
    """Queue as many jobs as it takes; they leave with the transaction."""
    jobs = max(1, -(-mails // SHARE))
    timing: dict[str, Any] = {"schedule_in": {"seconds": wait}} if wait else {}
    task = app.configure_task(TASK, priority=PRIORITY, **timing)
    own: dict[str, Any] = {"issue_id": issue_id}
    task.batch_defer(*([own] * jobs))


@transaction.atomic
def schedule_sending(*, by: Any, issue_id: str, at: datetime) -> None:
    """Let it be sent by itself at a time. Raises NotAllowed; Refused for a time gone by, or one sent already."""
    issue = locked_issue(issue_id)
    require_sender(by, issue)
    if issue.state not in {IssueState.DRAFT, IssueState.SCHEDULED}:
        raise Refused(_("Utskicket är redan skickat, eller på väg."))
    if at <= timezone.now() or at > timezone.now() + timedelta(days=365):
        raise Refused(_("Välj en tid som ligger framåt, högst ett år."), field="send_at")
    _require_sound(issue, by)
    Issue.objects.filter(pk=issue.pk).update(state=IssueState.SCHEDULED, send_at=at)
    note("issue.scheduled", issue, by=by, send_at=[None, at.isoformat()])


@transaction.atomic
def unschedule(*, by: Any, issue_id: str) -> None:
    """Make a scheduled issue a draft again. Raises NotAllowed; Refused when it is not scheduled."""
    _move(by, issue_id, {IssueState.SCHEDULED}, IssueState.DRAFT, "issue.unscheduled")


@transaction.atomic
def pause_sending(*, by: Any, issue_id: str) -> None:
    """Let nothing more leave until it is resumed; what is in the air arrives. Raises NotAllowed, Refused."""
    _move(by, issue_id, {IssueState.SENDING}, IssueState.PAUSED, "issue.paused")


@transaction.atomic
def resume_sending(*, by: Any, issue_id: str) -> None:
    """Go on where it was paused. Raises NotAllowed, Refused."""
    issue = _move(by, issue_id, {IssueState.PAUSED}, IssueState.SENDING, "issue.resumed")
    queue_shares(issue.pk, _open_rows(issue).count())


@transaction.atomic
def cancel_rest(*, by: Any, issue_id: str) -> int:
    """Send to nobody more; return how many did not get it. What was sent stays sent. Raises NotAllowed, Refused."""
    issue = _move(
        by, issue_id, {IssueState.SENDING, IssueState.PAUSED}, IssueState.CANCELLED, "issue.cancelled"
    )  # fmt: skip
    return int(_open_rows(issue).update(state=DeliveryState.CANCELLED, next_attempt_at=None))


@transaction.atomic
def send_uncertain_again(*, by: Any, issue_id: str) -> int:
    """Send to those of whom nobody knows whether they have it; some get it twice. Return how many.

    Only a person may choose so. Raises NotAllowed; Refused when there is none or it was stopped.
    """
    issue = locked_issue(issue_id)
    require_sender(by, issue)
    if by is None or issue.state not in {IssueState.SENDING, IssueState.SENT}:
        raise Refused(_("Det går bara för ett utskick som är skickat eller på väg."))
    rows = Delivery.objects.filter(issue=issue, state=DeliveryState.UNCERTAIN)
    again = rows.update(state=DeliveryState.WAITING, claim="", claimed_at=None)
    if not again:
        raise Refused(_("Det finns ingen som är osäker."))
    Issue.objects.filter(pk=issue.pk).update(state=IssueState.SENDING, sent_at=None)
    queue_shares(issue.pk, again)
    note("issue.uncertain_sent_again", issue, by=by, recipients=[None, again])
    return int(again)


def _move(by: Any, issue_id: str, before: set[IssueState], after: IssueState, action: str) -> Issue:
    issue = locked_issue(issue_id)
    require_sender(by, issue)
    if issue.state not in before:
        raise Refused(_("Det går inte längre: utskicket har hunnit vidare. Ladda om sidan."))
    note(action, issue, by=by, state=[issue.state, after.value])
    Issue.objects.filter(pk=issue.pk).update(state=after)
    return issue


def _open_rows(issue: Issue) -> Any:
    return Delivery.objects.filter(issue=issue, state__in=[DeliveryState.WAITING, DeliveryState.DEFERRED])


@transaction.atomic
def finish_if_done(*, by: Any, issue_id: int) -> bool:
    """Note that an issue has been sent when no row waits any more; return whether it has just been."""
    issue = Issue.objects.select_for_update(of=("self",)).select_related("sender").get(pk=issue_id)
    open_states = [DeliveryState.WAITING, DeliveryState.DEFERRED, DeliveryState.SENDING]
    if issue.state != IssueState.SENDING or Delivery.objects.filter(issue=issue, state__in=open_states).exists():
        return False
    Issue.objects.filter(pk=issue.pk).update(state=IssueState.SENT, sent_at=timezone.now())
    note("issue.sent", issue, by=by)
    return True
