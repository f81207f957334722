from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samverka.kernel import health, jobs, tasks
from samverka.kernel.errors import Refused
from samverka.kernel.mail import outbox
from samverka.kernel.models import AuditEntry, OutboxMessage, OutboxState

pytestmark = pytest.mark.django_db


def run(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def worker(*, seen):
    """Make a worker whose heartbeat was `seen` ago; return its number."""
    return run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [timezone.now() - seen])[
        0
    ]


def job(status="todo", *, by_worker=None):
    number = tasks.send_message.defer(message_id=1)
    run("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [by_worker, number])
    if status != "doing":
        run("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])
    return number


def status(number):
    return ProcrastinateJob.objects.get(pk=number).status


@pytest.fixture
def dead():
    return worker(seen=timedelta(minutes=5))


@pytest.fixture
def alive():
    return worker(seen=timedelta(seconds=5))


def test_counts_tell_stalled_from_running(alive, dead):
    for made in (
        {},
        {"status": "failed"},
        {"status": "doing", "by_worker": alive},
        {"status": "doing", "by_worker": dead},
    ):
        job(**made)
    assert jobs.counts() == {"todo": 1, "doing": 2, "failed": 1, "stalled": 1}


def test_jobs_come_failed_first_with_their_state(alive, dead):
    failed, running, stalled = job("failed"), job("doing", by_worker=alive), job("doing", by_worker=dead)
    listed = jobs.jobs("failed", "doing")
    assert [(one.id, one.state) for one in listed] == [(failed, "failed"), (stalled, "stalled"), (running, "doing")]
    assert listed[0].changed_at is not None


def test_workers_are_those_alive(alive, dead):
    assert len(jobs.workers()) == 1


@pytest.mark.parametrize("state", ["failed", "stalled"])
def test_retry_puts_a_failed_or_stalled_job_back(state, dead, village):
    number = job("failed") if state == "failed" else job("doing", by_worker=dead)
    jobs.retry_job(number, by=village.hanna)
    assert status(number) == "todo"
    assert AuditEntry.objects.get(action="job.retried").actor_id == village.hanna.pk


def test_retry_refuses_a_job_that_runs(alive, village):
    number = job("doing", by_worker=alive)
    with pytest.raises(Refused):
        jobs.retry_job(number, by=village.hanna)
    assert status(number) == "doing"


@pytest.mark.parametrize("number", [999_999_999])
def test_retry_refuses_a_job_that_is_gone(number, village):
    with pytest.raises(Refused):
        jobs.retry_job(number, by=village.hanna)


def test_cancel_takes_a_waiting_job_out_of_the_queue(village):
    number = job()
    jobs.cancel_job(number, by=village.hanna)
    assert status(number) == "cancelled"
    with pytest.raises(Refused):
        jobs.cancel_job(number, by=village.hanna)


def test_remove_finished_leaves_what_waits_has_failed_or_is_recent():
    old, recent, failed, waiting = job("succeeded"), job("succeeded"), job("failed"), job()
    run("UPDATE procrastinate_events SET at = now() - interval '40 days' WHERE job_id <> %s", [recent])
    assert jobs.remove_finished() == 1
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) >= {recent, failed, waiting}
    assert not ProcrastinateJob.objects.filter(pk=old).exists()


def test_look_sees_the_whole_installation(alive, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    seen = health.look()
    assert seen.is_well
    assert seen.database_size > 1_000_000
    assert 0 < seen.disk_free <= seen.disk_total
    assert seen.last_backup is None
    assert set(seen.versions) == {"Samverka", "Django", "Python", "PostgreSQL"}


@pytest.mark.parametrize("trouble", ["no worker", "failed job", "failed mail"])
def test_not_well_with_trouble(trouble, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    if trouble != "no worker":
        worker(seen=timedelta(0))
    if trouble == "failed job":
        job("failed")
    if trouble == "failed mail":
        _message(state=OutboxState.FAILED)
    assert not health.look().is_well


def _message(**fields):
    return OutboxMessage.objects.create(
        kind="note", to_address="karin@example.se", subject="s", text="t", purge_on=timezone.localdate(), **fields
    )


def test_public_status_tells_late_mail_from_mail_that_has_just_come(alive):
    _message()
    assert health.public_status().all_well
    _message(created_at=timezone.now() - health.MAIL_IS_LATE - timedelta(minutes=1))
    assert not health.public_status().mail_leaves


def test_outbox_counts_name_every_state():
    _message(state=OutboxState.FAILED)
    assert health.outbox_counts() == {"queued": 0, "sent": 0, "failed": 1, "cancelled": 0}


def test_stalled_mail_is_found_by_the_waiting_list():
    message = _message(next_attempt_at=timezone.now() - outbox.LEASE)
    assert outbox.waiting_ids() == [message.pk]
