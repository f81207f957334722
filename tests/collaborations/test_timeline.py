"""What has happened: only what the seat may read, newest first, in one query."""

from datetime import UTC, datetime

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle, PhaseAnswer, StepState
from samverka.collaborations.models import Commitment, CommitmentChange, Decision, Guest, Outcome
from samverka.collaborations.queries.timeline import SOURCES, Happening, happenings
from tests.people import Together
from tests.world import seat_of


def rows(together: Together, name: str = "karin", kind: str = "") -> list[Happening]:
    return [Happening(*row) for row in happenings(seat_of(together, name), kind)]


def whats(together: Together, name: str = "karin", kind: str = "") -> list[str]:
    return [row.what for row in rows(together, name, kind)]


def write_all(together: Together) -> None:
    """One of each that parties can do."""
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    entry = actions.write_entry(by=karin, text="Hemligt ord", place=actions.Place("3.2", "3.2.1"))
    actions.share_entry(by=karin, entry_id=entry.public_id, circle=Circle.ALL, version=1)
    actions.withdraw_entry(by=karin, entry_id=entry.public_id, reason="Fel fråga")
    joint = actions.write_joint_note(by=yusuf, text="Vi börjar", version=0)
    actions.write_joint_note(by=karin, text="Vi börjar nu", version=joint.version)
    actions.change_step(by=karin, step="3.2", state=StepState.DONE)
    actions.answer_phase(by=yusuf, phase=3, answer=PhaseAnswer.NOT_YET, comment="Styrelsen först")
    Outcome.objects.create(
        collaboration=together.collaboration, step="3.2", party=karin.party, joint=True, circle="all",
        shared_at=timezone.now(), changed_by=karin.user,
    )  # fmt: skip
    promise = Commitment.objects.create(
        collaboration=together.collaboration, what="Boka lokalen", made_by=karin.party, created_by=karin.user
    )
    for state in ("promised", "promised", "kept"):
        CommitmentChange.objects.create(commitment=promise, state=state, party=karin.party, by=karin.user)
    Decision.objects.create(
        collaboration=together.collaboration, party=karin.party, what="Lokalen upplåts gratis",
        decided_by="Nämnden", decided_on=timezone.localdate(),
    )  # fmt: skip
    Guest.objects.create(
        collaboration=together.collaboration, user=together.village.vera, role="Forskare",
        inviting_party=karin.party, until=timezone.localdate(),
    )  # fmt: skip


def test_every_kind_is_there(together: Together) -> None:
    write_all(together)
    assert set(whats(together)) == {
        "entry_shared", "entry_withdrawn", "joint_begun", "joint_changed", "outcome_joint", "promise_made",
        "promise_changed", "promise_settled", "decision", "step", "phase", "joined", "guest",
    }  # fmt: skip


def test_whole_timeline_is_one_query(together: Together) -> None:
    write_all(together)
    seat = seat_of(together, "karin")
    assert seat.model is not None
    with CaptureQueriesContext(connection) as asked:
        assert len(list(happenings(seat)[:50])) > 12
    assert len(asked) == 1


def test_kinds_together_are_the_whole(together: Together) -> None:
    write_all(together)
    assert sorted(row for kind in SOURCES for row in rows(together, kind=kind)) == sorted(rows(together))


def test_newest_stands_first_with_who_for_whom_and_what_was_said(together: Together) -> None:
    for day in (1, 2):
        with time_machine.travel(datetime(2027, 3, day, tzinfo=UTC), tick=False):
            actions.change_step(by=seat_of(together, "yusuf"), step=f"1.{day}", state=StepState.DONE, reason="Mötet")
    newest, older, *_rest = rows(together)
    assert (newest.code, older.code) == ("1.2", "1.1")
    assert (newest.who, newest.party_id, newest.text) == ("Yusuf Provsson", together.civil_party.pk, "Mötet")


def test_what_is_only_ours_is_on_nobodys_timeline_and_no_text_is(together: Together) -> None:
    karin = seat_of(together, "karin")
    actions.write_entry(by=karin, text="Bara vi", circle=Circle.PARTY)
    actions.write_entry(by=karin, text="Bara jag")
    Outcome.objects.create(collaboration=together.collaboration, step="3.1", party=karin.party)
    for name in ("karin", "rut", "yusuf"):
        assert set(whats(together, name)) == {"joined"}
    write_all(together)
    assert "Hemligt ord" not in str(rows(together))
