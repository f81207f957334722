"""Passing blocks on to a colleague."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.kernel.ratelimit import TooMany
from samverka.surveys.actions import add_row, mark_done, pass_on, take_back
from samverka.surveys.holders import Holder
from samverka.surveys.links import passed_by_key, passed_key
from samverka.surveys.models import Asked, Passed, Round
from samverka.surveys.personal_data import purge_passed

from .answering import asked_in, holder, open_round

pytestmark = pytest.mark.django_db
COLLEAGUE = "fritid@exempelby.example"


@pytest.fixture
def asked(db: None) -> Asked:
    return asked_in(open_round(closes_on=timezone.localdate() + timedelta(days=30)))


def _pass(asked: Asked, *blocks: str) -> Passed:
    return pass_on(by=holder(asked), blocks=blocks or ["block_2"], email=COLLEAGUE, message="Du kan det här.")


def test_colleague_gets_the_matter_the_last_day_and_a_link(asked: Asked) -> None:
    passed = _pass(asked)
    mail = OutboxMessage.objects.get(kind="survey_passed_on")
    assert mail.to_address == COLLEAGUE
    assert mail.secret
    for word in ("Karin", "Exempelby kommun", "Kartläggning 2027", "Områden och former", "Du kan det här.",
                 passed_key(passed), "Exempelmyndigheten"):  # fmt: skip
        assert word in mail.text
    assert str(asked.round.closes_on.year) in mail.subject
    assert AuditEntry.objects.get(action="asked.passed_on").actor_label == "Karin"


def test_trail_holds_no_address_of_a_colleague(asked: Asked) -> None:
    _pass(asked)
    assert COLLEAGUE not in str([entry.__dict__ for entry in AuditEntry.objects.all()])


def test_only_blocks_of_the_questionnaire_are_passed_on(asked: Asked) -> None:
    assert _pass(asked, "block_3", "finns_inte").blocks == ["block_3"]
    with pytest.raises(Refused):
        _pass(asked, "finns_inte")


def test_link_dies_when_it_is_taken_back(asked: Asked) -> None:
    passed = _pass(asked)
    key = passed_key(passed)
    take_back(by=holder(asked), passed_id=passed.public_id)
    with pytest.raises(NotVisible):
        passed_by_key(key)
    with pytest.raises(NotVisible):
        take_back(by=holder(asked), passed_id=passed.public_id)


def test_colleague_says_when_it_is_done(asked: Asked) -> None:
    by = Holder(asked, _pass(asked), "Fatima")
    mark_done(by=by)
    found = Passed.objects.get()
    assert (found.done_by, bool(found.done_at)) == ("Fatima", True)


def test_colleague_can_neither_pass_on_nor_take_back_nor_change_other_rows(asked: Asked) -> None:
    passed = _pass(asked)
    by = Holder(asked, passed, "Fatima")
    with pytest.raises(NotVisible):
        pass_on(by=by, blocks=["block_2"], email="x@example.se", message="")
    with pytest.raises(NotVisible):
        take_back(by=by, passed_id=passed.public_id)
    with pytest.raises(NotVisible):
        add_row(by=by, group="iop")


def test_link_of_another_body_takes_nothing_back(asked: Asked, village: object) -> None:
    passed = _pass(asked)
    other = asked_in(asked.round, village.neighbour)  # type: ignore[attr-defined]
    with pytest.raises(NotVisible):
        take_back(by=holder(other), passed_id=passed.public_id)


def test_not_without_end_on_one_day(asked: Asked) -> None:
    for _number in range(30):
        _pass(asked)
    with pytest.raises(TooMany):
        _pass(asked)


def test_addresses_are_emptied_when_the_round_is_long_over(asked: Asked) -> None:
    passed = _pass(asked)
    assert purge_passed() == 0
    Round.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=91))
    assert purge_passed() == 1
    passed.refresh_from_db()
    assert (passed.email, passed.message, passed.passed_by) == ("", "", "Karin")
    assert purge_passed() == 0
