"""What a dead run leaves: sent, waiting again, or uncertain."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from samverka.newsletters.models import Delivery
from samverka.newsletters.sending import journal, rows
from samverka.newsletters.sending.journal import Journal
from tests.newsletters.test_sending import begun, subscribers
from tests.people import Village


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def claimed(village: Village) -> tuple[Journal, list[int]]:
    subscribers(4)
    issue = begun(village)
    run = Journal()
    found = rows.claim(issue.pk, run=run.name, which="waiting", after=0, most=4, resting=[])
    return run, [row.id for row in found]


def states(ids: list[int]) -> list[str]:
    return [Delivery.objects.get(pk=one).state for one in ids]


def die(run: Journal) -> None:
    """Let go of the lock as the end of the process does, and leave the file."""
    import os

    os.close(run._file)


def test_a_living_run_is_left_alone(village: Village) -> None:
    run, ids = claimed(village)
    rows.settle_dead()
    assert states(ids) == ["sending"] * 4
    run.close(settled=True)


def test_a_dead_run_is_settled_by_its_journal(village: Village) -> None:
    run, ids = claimed(village)
    run.handing_over(ids[0])
    run.taken(ids[0])
    run.handing_over(ids[1])
    run.handing_over(ids[2])
    run.back(ids[2])
    die(run)
    assert rows.settle_dead() == {"sent": 1, "waiting": 2, "uncertain": 1}
    assert states(ids) == ["sent", "uncertain", "waiting", "waiting"]
    assert not run.path.exists()
    assert rows.settle_dead() == {"sent": 0, "waiting": 0, "uncertain": 0}


def test_after_a_restart_of_the_machine_only_a_yes_counts(village: Village, monkeypatch: Any) -> None:
    run, ids = claimed(village)
    run.handing_over(ids[0])
    run.taken(ids[0])
    die(run)
    monkeypatch.setattr(journal, "_started", lambda: b"another start")
    rows.settle_dead()
    assert states(ids) == ["sent", "uncertain", "uncertain", "uncertain"]


def test_a_lost_journal_makes_all_uncertain_in_time(village: Village) -> None:
    run, ids = claimed(village)
    run.path.unlink()
    rows.settle_dead()
    assert states(ids) == ["sending"] * 4
    Delivery.objects.update(claimed_at=timezone.now() - timedelta(minutes=16))
    rows.settle_dead()
    assert states(ids) == ["uncertain"] * 4


def test_two_runs_never_claim_the_same(village: Village) -> None:
    run, ids = claimed(village)
    issue = Delivery.objects.get(pk=ids[0]).issue_id
    assert rows.claim(issue, run="another", which="waiting", after=0, most=4, resting=[]) == []
    run.close(settled=True)
