"""Handing over, opening again, signing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.models import AuditEntry, OutboxMessage
from samverka.surveys.actions import ask_for_signature, hand_over, note_diary_number, reopen, send_code, sign
from samverka.surveys.actions.signing import code_of
from samverka.surveys.holders import Holder
from samverka.surveys.models import Answer, Asked, Passed, Response
from samverka.surveys.tallies import tally
from tests.people import Village
from tests.questionnaires.forms import agreements

from .answering import asked_in, holder, open_round, save, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db: None) -> Asked:
    return asked_in(open_round())


@pytest.fixture
def answered(asked: Asked) -> Asked:
    """The two that are required, and one more."""
    for code, value in (("tackning", "hela"), ("kontakt", "Kansliet"), ("en_vag_in", "yes")):
        save(holder(asked), code, value)
    return asked


def _counted(asked: Asked, variable: str) -> dict[str, Any]:
    return next(one.as_data() for one in tally(asked.round) if one.variable == variable)


def test_response_holds_what_counts_and_is_counted(answered: Asked) -> None:
    assert _counted(answered, "en_vag_in")["base"] == 0
    done = hand_over(by=holder(answered), role="samordnare")
    assert (done.state, done.handed_over_by, done.round.revision) == ("handed_over", "Karin, samordnare", 0)
    assert done.response.answers == {"tackning": "hela", "kontakt": "Kansliet", "en_vag_in": "yes"}
    assert (done.response.respondent, done.response.organisation) == (done.organisation.public_id, done.organisation)
    assert _counted(answered, "en_vag_in")["base"] == 1
    assert AuditEntry.objects.get(action="asked.handed_over").organisation_id == done.organisation.public_id


def test_receipt_goes_to_the_bodys_own_address(answered: Asked) -> None:
    hand_over(by=holder(answered))
    mail = OutboxMessage.objects.get(kind="survey_handed_over")
    assert mail.to_address == "registrator@exempelby.example"
    assert "kvitto.pdf" in mail.text


@pytest.mark.parametrize(
    ("code", "value"),
    [("kontakt", None), ("ersattare", {"typed": ["kanske"], "beside": ""}), ("rad_antal", "-3")],
)
def test_nothing_is_handed_over_that_is_missing_or_wrong(answered: Asked, code: str, value: Any) -> None:
    save(holder(answered), code, value, base=1 if code == "kontakt" else 0)
    with pytest.raises(Refused):
        hand_over(by=holder(answered))
    assert not Response.objects.exists()


def test_suggestions_and_hidden_answers_do_not_count(answered: Asked) -> None:
    by = holder(answered)
    save(by, "samordnare", "no")
    save(by, "samordnare_tjanster", "2")
    Answer.objects.create(asked=answered, code="ersattare", version=1, value="yes", origin="known", is_confirmed=False)
    answers = hand_over(by=by).response.answers
    assert answers["samordnare"] == "no"
    assert {"samordnare_tjanster", "ersattare"}.isdisjoint(answers)


def test_rows_without_anything_are_left_out_and_calculations_are_kept(db: None) -> None:
    asked = asked_in(open_round(version_of(agreements())))
    by = holder(asked)
    for code, value, row in (("kommun", "Öby", -1), ("former", ["iop"], -1), ("belopp", "5", 1), ("avtal", [0, 1], -1)):
        save(by, code, value, row=row)
    answers = hand_over(by=by).response.answers
    assert answers == {"kommun": "Öby", "former": ["iop"], "avtal": [{"belopp": "5"}], "summa": "5"}


def test_after_handing_over_nothing_is_saved(answered: Asked) -> None:
    by = holder(answered)
    hand_over(by=by)
    with pytest.raises(Refused):
        save(by, "en_vag_in", "no", base=1)
    with pytest.raises(Refused):
        hand_over(by=by)


def test_opened_again_the_response_stays_until_it_is_replaced(answered: Asked) -> None:
    by = holder(answered)
    first = hand_over(by=by).response
    reopen(by=by, asked_id=answered.public_id, why="Fel siffra")
    save(holder(answered), "en_vag_in", "no", base=1)
    first.refresh_from_db()
    assert first.answers["en_vag_in"] == "yes"
    again = hand_over(by=holder(answered))
    assert again.response.pk == first.pk
    assert Response.objects.get().answers["en_vag_in"] == "no"
    (yes, no) = _counted(answered, "en_vag_in")["options"]
    assert (yes["count"], no["count"]) == (0, 1)
    assert AuditEntry.objects.get(action="asked.reopened").changes == {"why": ["", "Fel siffra"]}


def test_who_may_open_again(answered: Asked, village: Village) -> None:
    hand_over(by=holder(answered))
    with pytest.raises(NotAllowed):
        reopen(by=village.karin, asked_id=answered.public_id, why="x")
    other = asked_in(answered.round, village.neighbour)
    with pytest.raises(NotVisible):
        reopen(by=holder(other), asked_id=answered.public_id, why="x")
    assert reopen(by=village.anna, asked_id=answered.public_id, why="De ringde").state == "begun"
    with pytest.raises(Refused):
        reopen(by=village.anna, asked_id=answered.public_id, why="x")


def test_closed_round_is_not_opened_again(answered: Asked) -> None:
    hand_over(by=holder(answered))
    answered.round.__class__.objects.update(state="closed")
    with pytest.raises(Refused):
        reopen(by=holder(answered), asked_id=answered.public_id, why="x")


def test_association_is_counted_without_a_name(village: Village) -> None:
    asked = asked_in(open_round(version_of(agreements()), side="civil"), village.association)
    save(holder(asked), "kommun", "Öby")
    response = hand_over(by=holder(asked)).response
    assert (response.respondent, response.organisation) == ("", None)


def test_passed_link_hands_nothing_over(answered: Asked) -> None:
    passed = Passed.objects.create(asked=answered, blocks=["block_1"], email="x@example.se", passed_by="Karin")
    by = Holder(holder(answered).asked, passed, "Fatima")
    with pytest.raises(NotVisible):
        hand_over(by=by)
    with pytest.raises(NotVisible):
        note_diary_number(by=by, number="1/27")


def test_chief_signs_with_the_code_of_the_bodys_address(answered: Asked) -> None:
    hand_over(by=holder(answered))
    ask_for_signature(by=holder(answered), email="chef@exempelby.example")
    assert OutboxMessage.objects.get(kind="survey_signature_asked").to_address == "chef@exempelby.example"
    chief = holder(answered, "Rut")
    assert send_code(by=chief) == "registrator@exempelby.example"
    code = code_of(Asked.objects.get(), timezone.localdate())
    assert code in OutboxMessage.objects.get(kind="survey_signing_code").text
    with pytest.raises(Refused):
        sign(by=chief, role="kommundirektör", code=f"{(int(code) + 1) % 10**6:06}")
    sign(by=chief, role="kommundirektör", code=f"{code[:3]} {code[3:]}")
    found = Asked.objects.get()
    assert (found.state, found.signed_by, found.signed_role) == ("signed", "Rut", "kommundirektör")


def test_code_is_of_one_handing_over_and_two_days(answered: Asked) -> None:
    hand_over(by=holder(answered))
    found, today = Asked.objects.get(), timezone.localdate()
    old = code_of(found, today - timedelta(days=2))
    chief = holder(answered, "Rut")
    assert len({old, code_of(found, today), code_of(found, today - timedelta(days=1))}) > 1
    with pytest.raises(Refused):
        sign(by=chief, role="chef", code=old)
    before = code_of(found, today)
    reopen(by=holder(answered), asked_id=answered.public_id, why="x")
    with pytest.raises(Refused):
        sign(by=chief, role="chef", code=before)


def test_diary_number_is_kept(answered: Asked) -> None:
    hand_over(by=holder(answered))
    note_diary_number(by=holder(answered), number="KS 2027/12")
    assert Asked.objects.get().diary_number == "KS 2027/12"
