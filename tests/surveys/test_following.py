"""Notes after calls, those who decline, and answers opened again."""

import pytest

from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.models import AuditEntry
from samverka.surveys.actions import following, reopening, round_states
from samverka.surveys.models import Asked, Response
from tests.people import Village
from tests.surveys.desk import hand_over, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(village: Village) -> Asked:
    return invited(village.anna, village.municipality)[0]


def test_note_is_kept_and_the_call_is_logged(village: Village, asked: Asked) -> None:
    kept = following.note_call(by=village.anna, asked_id=asked.public_id, text="Svarar på fredag", called=True)
    assert kept.note == "Svarar på fredag"
    row = AuditEntry.objects.get(action="round.called")
    assert (row.object_id, row.actor_id) == (asked.public_id, village.anna.pk)
    following.note_call(by=village.anna, asked_id=asked.public_id, text="", called=True)
    assert AuditEntry.objects.filter(action="round.called").count() == 2


@pytest.mark.parametrize(("text", "called"), [("", False), ("x" * 301, True)])
def test_note_that_says_nothing_or_too_much_is_refused(village: Village, asked: Asked, text: str, called: bool) -> None:
    with pytest.raises(Refused) as refused:
        following.note_call(by=village.anna, asked_id=asked.public_id, text=text, called=called)
    assert refused.value.details["field"] == "note"


@pytest.mark.parametrize(
    ("times", "state"), [({}, "invited"), ({"opened_at": "2027-04-01T08:00Z"}, "opened"),
                         ({"opened_at": "2027-04-01T08:00Z", "begun_at": "2027-04-01T08:00Z"}, "begun")],
)  # fmt: skip
def test_who_declined_comes_back_where_they_were(
    village: Village, asked: Asked, times: dict[str, str], state: str
) -> None:
    Asked.objects.filter(pk=asked.pk).update(**times)
    following.register_decline(by=village.anna, asked_id=asked.public_id, why="Hinner inte")
    with pytest.raises(Refused):
        following.register_decline(by=village.anna, asked_id=asked.public_id, why="")
    back = following.take_back_decline(by=village.anna, asked_id=asked.public_id)
    assert (back.state, back.declined_why) == (state, "")
    with pytest.raises(Refused):
        following.take_back_decline(by=village.anna, asked_id=asked.public_id)


def test_who_has_handed_over_does_not_decline(village: Village, asked: Asked) -> None:
    hand_over(asked)
    with pytest.raises(Refused):
        following.register_decline(by=village.anna, asked_id=asked.public_id, why="")


def test_answer_is_opened_again_and_counts_meanwhile(village: Village, asked: Asked) -> None:
    with pytest.raises(Refused):
        reopening.reopen(by=village.anna, asked_id=asked.public_id, why="De bad om det")
    response = Response.objects.create(round=asked.round, answers={}, received_on="2027-04-01")
    asked.response = response
    hand_over(asked, signed=True)
    with pytest.raises(Refused) as refused:
        reopening.reopen(by=village.anna, asked_id=asked.public_id, why="  ")
    assert refused.value.details["field"] == "why"
    again = reopening.reopen(by=village.anna, asked_id=asked.public_id, why="De bad om det")
    assert (again.state, again.reopened_why, again.response) == ("begun", "De bad om det", response)
    assert AuditEntry.objects.filter(action="asked.reopened").exists()


def test_answer_in_a_closed_round_stays_closed(village: Village, asked: Asked) -> None:
    hand_over(asked)
    round_states.close_round(by=village.anna, slug="2027")
    with pytest.raises(Refused):
        reopening.reopen(by=village.anna, asked_id=asked.public_id, why="De bad om det")


def test_nobody_else_follows_those_who_are_asked(village: Village, asked: Asked) -> None:
    hand_over(asked)
    for by in (village.karin, village.hanna):
        with pytest.raises(NotAllowed):
            following.note_call(by=by, asked_id=asked.public_id, text="x", called=True)
        with pytest.raises(NotAllowed):
            following.register_decline(by=by, asked_id=asked.public_id, why="")
        with pytest.raises(NotAllowed):
            reopening.reopen(by=by, asked_id=asked.public_id, why="x")
