"""Jobs of rounds. Arguments are ids only."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from samverka.accounts.models import User
from samverka.kernel.models import JobProgress

from .actions import anonymous, inviting, reminding

log = structlog.get_logger("samverka.jobs")


@app.task(name="samverka.surveys.tasks.send_invitations")
def send_invitations(progress_id: int) -> None:
    """Put the invitations of a round in the outbox, some at a time. Run again after a crash it goes on where it was."""
    row = JobProgress.objects.filter(pk=progress_id)
    progress = row.get()
    if progress.state == "done":
        return
    row.update(state="running", error="")
    by = User.objects.get(pk=progress.owner_id)
    done = progress.done
    while some := inviting.invite_some(by=by, slug=progress.label):
        done += some
        row.update(done=done)
    row.update(state="done", finished_at=timezone.now())
    log.info("round.invitations_sent", round=progress.label, mails=done)


@app.task(name="samverka.surveys.tasks.remind")
def remind(timestamp: int = 0) -> None:
    """Remind those who have not answered, on the days that `reminding` plans."""
    if reminded := reminding.remind_silent(by=None):
        log.info("round.reminded", mails=reminded)


@app.task(name="samverka.surveys.tasks.count_anonymous")
def count_anonymous(timestamp: int = 0) -> None:
    """Let the anonymous answers of days gone by count."""
    if counted := anonymous.count_held(by=None):
        log.info("round.answers_counted", answers=counted)
