"""Jobs of dispatches. Arguments are ids only."""

import structlog
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone
from procrastinate.contrib.django import app

from . import clicks
from .actions.coming_back import take_in
from .actions.digest import send_digests
from .actions.sending import TASK, begin_scheduled, finish_if_done, queue_shares
from .bounces.fetching import fetch_all
from .enums import DeliveryState, IssueState
from .models import Issue
from .sending import rows
from .sending.engine import Run

log = structlog.get_logger("samverka.jobs")

#: The mail server is left alone for so many seconds when it does not answer.
AWAY = 60


@app.task(name="samverka.newsletters.sending_tasks.send_share")
def send_share(issue_id: int) -> None:
    """Send a share of an issue. Run again after a crash it takes what is left."""
    _settle()
    issue = Issue.objects.filter(pk=issue_id, state=IssueState.SENDING).first()
    if issue is None:
        return
    tally = Run(issue).go()
    log.info("sending.share", issue=issue.public_id, mails=tally.done)
    if tally.away:
        log.warning("sending.server_away", issue=issue.public_id)
    elif tally.more and not _jobs_waiting(issue_id):
        queue_shares(issue_id, 1)
    finish_if_done(by=None, issue_id=issue_id)


@app.task(name="samverka.newsletters.sending_tasks.continue_sending")
def continue_sending(timestamp: int = 0) -> None:
    """Settle what dead processes left, begin what is scheduled, and see that what is due has a job."""
    _settle()
    for issue in Issue.objects.filter(state=IssueState.SCHEDULED, send_at__lte=timezone.now()):
        begin_scheduled(issue_id=issue.public_id)
    for issue_id, due in _due().items():
        if not finish_if_done(by=None, issue_id=issue_id) and due and not _jobs_waiting(issue_id):
            queue_shares(issue_id, due)


@app.task(name="samverka.newsletters.sending_tasks.fetch_bounces")
def fetch_bounces(timestamp: int = 0) -> None:
    """Read what has come back since last time."""
    if fetched := fetch_all(take_in):
        log.info("bounces.fetched", mails=fetched)


@app.task(name="samverka.newsletters.sending_tasks.add_up_openings")
def add_up_openings(timestamp: int = 0) -> None:
    """Add yesterday's openings of links to the table."""
    if lines := clicks.add_up():
        log.info("openings.added", lines=lines)


@app.task(name="samverka.newsletters.sending_tasks.send_monthly")
def send_monthly(timestamp: int = 0) -> None:
    """Send the month's digests."""
    for issue in send_digests(by=None):
        log.info("digest.sent", issue=issue.public_id)


def _settle() -> None:
    if any((found := rows.settle_dead()).values()):
        log.warning("sending.settled", **found)


def _due() -> dict[int, int]:
    """Return how many mails of each issue under way could leave now."""
    now = timezone.now()
    ready = Q(deliveries__state=DeliveryState.WAITING) | Q(
        deliveries__state=DeliveryState.DEFERRED, deliveries__next_attempt_at__lte=now
    )
    under_way = Issue.objects.filter(state=IssueState.SENDING)
    return dict(under_way.annotate(due=Count("deliveries", filter=ready)).values_list("pk", "due"))


def _jobs_waiting(issue_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' AND args->>'issue_id' = %s",
            [TASK, str(issue_id)],
        )
        return cursor.fetchone() is not None
