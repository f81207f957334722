"""Saying that a collaboration is over, while others are writing in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.actions import Present, Typed
from samverka.collaborations.actions.contacts import AtTheTable
from samverka.collaborations.enums import Circle, CommitmentState, PhaseAnswer, Stance, StepState
from samverka.collaborations.facts import facts_of
from samverka.collaborations.queries import Seat
from samverka.kernel.errors import NotAllowed
from samverka.kernel.models import AuditEntry
from tests.people import Together
from tests.world import seat_of

Act = Callable[[], Any]


def acts(by: Seat) -> dict[str, Act]:
    """Make one of each thing for the person at the seat; return every way to go on writing, by name."""
    owner, today = by.party.public_id, timezone.localdate()
    note = actions.write_entry(by=by, text="Utkast")
    draft = actions.write_entry(by=by, text="Utkast för synpunkter")
    promise = actions.make_commitment(by=by, what="Koka kaffe", owners=[owner])
    mandate = actions.write_mandate(by=by, person="Yusuf Provsson")
    decision = actions.record_decision(by=by, what="Ja", decided_by="Styrelsen", decided_on=today)
    own = actions.save_outcome(by=by, step="3.1", values={"needs": "Lokal"}, joint=False, version=0)
    file = actions.attach_file(by=by, entry_id=note.public_id, upload=SimpleUploadedFile("a.txt", b"A"))
    meeting = actions.start_meeting(by=by, questions=["3.2.1"], people=[])
    at: dict[str, Any] = {"by": by, "meeting_id": meeting.public_id}
    ours: dict[str, Any] = {"by": by, "commitment_id": promise.public_id, "version": 1}
    upload = SimpleUploadedFile("b.txt", b"B")
    asked = {"by": by, "invited": by.others[0].organisation, "email": "x@example.org"}
    people = AtTheTable(contact=by.user.public_id)
    facts = replace(facts_of(by.collaboration), title="Ett annat namn")
    return {
        "new note": lambda: actions.write_entry(by=by, text="Mer"),
        "other text": lambda: actions.write_entry(by=by, entry_id=note.public_id, version=1, text="Annat"),
        "joint": lambda: actions.write_joint_note(by=by, text="Tillsammans", version=0),
        "share": lambda: actions.share_entry(by=by, entry_id=draft.public_id, circle=Circle.ALL, version=1),
        "strike": lambda: actions.withdraw_entry(by=by, entry_id=note.public_id, reason="Fel"),
        "attach": lambda: actions.attach_file(by=by, entry_id=note.public_id, upload=upload),
        "strike file": lambda: actions.withdraw_attachment(by=by, attachment_id=file.public_id, reason="Fel"),
        "promise": lambda: actions.make_commitment(by=by, what="Bjuda på fika", owners=[owner]),
        "other promise": lambda: actions.change_commitment(**ours, what="Koka te", owners=[owner]),
        "settle": lambda: actions.settle_commitment(**ours, state=CommitmentState.KEPT),
        "mandate": lambda: actions.write_mandate(by=by, person="Fatima"),
        "end mandate": lambda: actions.withdraw_mandate(by=by, mandate_id=mandate.public_id),
        "decision": lambda: actions.record_decision(by=by, what="Nej", decided_by="Mötet", decided_on=today),
        "strike decision": lambda: actions.withdraw_decision(by=by, decision_id=decision.public_id, reason="Fel"),
        "outcome": lambda: actions.save_outcome(by=by, step="3.2", values={"goal": "X"}, joint=True, version=0),
        "share outcome": lambda: actions.share_outcome(by=by, outcome_id=own.public_id, version=1),
        "at meeting": lambda: actions.write_at_meeting(
            **at, question="3.2.1", boxes={owner: Typed("Ja")}, stance=Stance.AGREED
        ),
        "attendee": lambda: actions.add_attendee(**at, person=Present("Bo")),
        "step": lambda: actions.change_step(by=by, step="1.1", state=StepState.DONE),
        "phase": lambda: actions.answer_phase(by=by, phase=1, answer=PhaseAnswer.CONFIRMED),
        "contact": lambda: actions.set_contact(by=by, people=people),
        "facts": lambda: actions.change_facts(by=by, facts=facts, version=1),
        "invite": lambda: actions.invite_party(**asked),
        "guest": lambda: actions.invite_guest(
            by=by, email="g@example.org", name="G", role="Följer", until=today + timedelta(days=9)
        ),
        "end": lambda: actions.end_collaboration(by=by, reason="En gång till"),
    }  # fmt: skip


def goes_through(by: Seat, act: Act) -> bool:
    """Whether the act is done from a seat at which the collaboration was seen going on."""
    by.collaboration.state = "active"
    try:
        act()
    except NotAllowed:
        return False
    return True


def test_nobody_writes_in_what_was_ended_since_the_page_was_shown(together: Together) -> None:
    yusuf = seat_of(together, "yusuf")
    ways = acts(yusuf)
    actions.end_collaboration(by=seat_of(together, "karin"), reason="Det är klart")
    assert [name for name, act in ways.items() if goes_through(yusuf, act)] == []


def test_what_was_opened_again_meanwhile_is_not_opened_twice(together: Together) -> None:
    actions.end_collaboration(by=seat_of(together, "karin"), reason="Det är klart")
    karin, yusuf = seat_of(together, "karin"), seat_of(together, "yusuf")
    actions.reopen_collaboration(by=karin)
    with pytest.raises(NotAllowed):
        actions.reopen_collaboration(by=yusuf)
    assert AuditEntry.objects.filter(action="collaboration.reopened").count() == 2, "one for each party"
