from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.kernel import audit, personal_data, purge
from samverka.kernel.models import (
    AuditEntry,
    IdempotencyKey,
    JobProgress,
    OutboxMessage,
    OutboxState,
    SinkMail,
)

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=365 * 11)


def test_every_declaration_says_what_why_how_long_and_on_what_ground():
    for item in purge.declarations():
        assert all([item.table, item.what, item.purpose, item.kept, item.legal_basis]), item.table


def test_old_audit_rows_go_and_recent_ones_stay():
    old, new = (audit.record("thing.made", by=None, kind="purge", object_id=str(n)) for n in range(2))
    AuditEntry.objects.filter(pk=old.pk).update(at=LONG_AGO)
    assert personal_data.purge_audit() == 1
    assert AuditEntry.objects.get(object_kind="purge").pk == new.pk


@pytest.mark.parametrize(("state", "removed"), [("sent", 1), ("failed", 1), ("queued", 0)])
def test_outbox_goes_on_its_day_unless_it_still_waits(state, removed):
    OutboxMessage.objects.create(
        kind="note", to_address="k@example.se", subject="s", text="t", state=state, sent_at=timezone.now(),
        purge_on=timezone.localdate(),
    )  # fmt: skip
    assert personal_data.purge_outbox() == removed


def test_outbox_stays_until_its_day():
    OutboxMessage.objects.create(
        kind="note", to_address="k@example.se", subject="s", text="t", state=OutboxState.SENT, sent_at=timezone.now(),
        purge_on=timezone.localdate() + timedelta(days=1),
    )  # fmt: skip
    assert personal_data.purge_outbox() == 0


def test_caught_mails_progress_and_keys_go():
    SinkMail.objects.create(to_addresses="k@example.se", subject="s", raw=b"", received_at=LONG_AGO)
    JobProgress.objects.create(kind="import", label="x", owner_id=1, created_at=LONG_AGO)
    IdempotencyKey.objects.create(scope="s", key="k", created_at=LONG_AGO)
    assert personal_data.purge_sink() == 1
    assert personal_data.purge_progress() == 1
    assert personal_data.purge_keys() == 1


def test_purge_all_runs_every_purge():
    assert purge.purge_all().keys() >= {"kernel_auditentry", "kernel_outboxmessage", "procrastinate_jobs"}
