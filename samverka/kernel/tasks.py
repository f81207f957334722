"""Kernel jobs. Arguments are ids only, never texts."""

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import purge as purge_rules
from . import search
from .mail import outbox

log = structlog.get_logger("samverka.jobs")


@app.task(name="samverka.kernel.tasks.send_message", retry=RetryStrategy(max_attempts=3, wait=5))
def send_message(message_id: int) -> None:
    """Send one message of the outbox."""
    outbox.deliver(message_id)


@app.task(name="samverka.kernel.tasks.send_waiting_mail")
def send_waiting_mail(timestamp: int = 0) -> None:
    """Send what waits for its next attempt, or was left by a worker that died."""
    for message_id in outbox.waiting_ids():
        outbox.deliver(message_id)


@app.task(name="samverka.kernel.tasks.retry_stalled")
async def retry_stalled(timestamp: int = 0) -> None:
    """Put back jobs whose worker is gone (no heartbeat for a minute)."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        log.warning("job.stalled", job=job.id, task=job.task_name)
        await app.job_manager.retry_job(job)


@app.task(name="samverka.kernel.tasks.purge")
def purge(timestamp: int = 0) -> None:
    """Remove what has passed its purge date."""
    for table, removed in purge_rules.purge_all().items():
        if removed:
            log.info("purged", table=table, rows=removed)


@app.task(name="samverka.kernel.tasks.learn_words")
def learn_words(timestamp: int = 0) -> None:
    """Count the words of the indexed texts anew, and take compounds apart by all that is known now."""
    log.info("search.words_learnt", texts=search.learn_words())
