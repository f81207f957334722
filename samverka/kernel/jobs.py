"""The job queue as the host sees it: what waits, runs, failed or has stalled, and trying again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from . import audit
from .errors import Refused

#: A worker writes its heartbeat every ten seconds; without one for this long it is taken for dead.
DEAD_AFTER = timedelta(seconds=60)

_WITH_TIMES = """
SELECT job.id, job.task_name, job.status::text, job.attempts, job.scheduled_at, last_event.at,
       job.status = 'doing' AND (worker.last_heartbeat IS NULL OR worker.last_heartbeat < %(dead)s) AS stalled
FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
LEFT JOIN LATERAL (
  SELECT max(at) AS at FROM procrastinate_events WHERE job_id = job.id
) last_event ON true
WHERE job.status = ANY(%(statuses)s::procrastinate_job_status[])
ORDER BY job.status = 'failed' DESC, job.id DESC
LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Job:
    """A job: its number, task, state (todo, doing, stalled, failed), tries, when it is due and when it last changed."""

    id: int
    task: str
    state: str
    attempts: int
    due_at: datetime | None
    changed_at: datetime | None


def jobs(*statuses: str, limit: int = 100) -> Sequence[Job]:
    """Return jobs in any of the statuses (todo, doing, failed, …), failed ones first, newest first."""
    values: dict[str, Any] = {"dead": timezone.now() - DEAD_AFTER, "statuses": list(statuses), "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_WITH_TIMES, values)
        rows = cursor.fetchall()
    return [
        Job(number, task, "stalled" if stalled else state, tries, due, at)
        for number, task, state, tries, due, at, stalled in rows
    ]


def counts() -> dict[str, int]:
    """Return how many jobs wait (todo), run (doing), have failed, and have stalled (run by a worker that is gone)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
                   count(*) FILTER (WHERE status = 'failed'),
                   count(*) FILTER (WHERE status = 'doing' AND (last_heartbeat IS NULL OR last_heartbeat < %s))
            FROM procrastinate_jobs LEFT JOIN procrastinate_workers worker ON worker.id = worker_id
            WHERE status IN ('todo', 'doing', 'failed')
            """,
            [timezone.now() - DEAD_AFTER],
        )
        return dict(zip(("todo", "doing", "failed", "stalled"), cursor.fetchone(), strict=True))


def workers() -> Sequence[datetime]:
    """Return the last heartbeats of the workers that are alive."""
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - DEAD_AFTER)
    return list(alive.order_by("id").values_list("last_heartbeat", flat=True))


@transaction.atomic
def retry_job(job_id: int, *, by: Any) -> None:
    """Put a failed or stalled job back in the queue. Raises Refused when it is neither any more."""
    job = _locked(job_id)
    if job.status not in {"failed", "doing"} or (job.status == "doing" and not _is_stalled(job)):
        raise Refused(_("Jobbet väntar eller körs redan, eller är klart. Ladda om sidan för att se hur det står till."))
    app.job_manager.retry_job_by_id(job_id=job_id, retry_at=timezone.now())
    audit.record("job.retried", by=by, kind="job", object_id=str(job_id), label=job.task_name)


@transaction.atomic
def cancel_job(job_id: int, *, by: Any) -> None:
    """Take a waiting job out of the queue. Raises Refused when it does not wait any more."""
    job = _locked(job_id)
    if not app.job_manager.cancel_job_by_id(job_id=job_id):
        raise Refused(_("Jobbet går inte att avbryta: det har redan börjat eller är klart."))
    audit.record("job.cancelled", by=by, kind="job", object_id=str(job_id), label=job.task_name)


def _locked(job_id: int) -> ProcrastinateJob:
    job: ProcrastinateJob | None = ProcrastinateJob.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise Refused(_("Jobbet finns inte längre."))
    return job


def _is_stalled(job: ProcrastinateJob) -> bool:
    return job.worker is None or job.worker.last_heartbeat < timezone.now() - DEAD_AFTER


def remove_finished(older_than: timedelta = timedelta(days=30)) -> int:
    """Remove jobs that ended well or were cancelled longer ago than `older_than`; return how many. Failed ones stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM procrastinate_jobs WHERE status IN ('succeeded', 'cancelled', 'aborted')
            AND NOT EXISTS (SELECT FROM procrastinate_events WHERE job_id = procrastinate_jobs.id AND at >= %s)
            """,
            [timezone.now() - older_than],
        )
        return int(cursor.rowcount)
