"""What a form offers: the answers of the round before and what is known in here; and that nothing counts by itself."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samverka.collaborations.models import Collaboration, Party
from samverka.kernel.errors import NotVisible, Refused
from samverka.organisations.models import Organisation, Unit
from samverka.questionnaires.content import shipped_questionnaires
from samverka.questionnaires.engine import Engine
from samverka.questionnaires.enums import QuestionType
from samverka.surveys.actions import hand_over, set_aside, take_over
from samverka.surveys.holders import Holder
from samverka.surveys.known import forms_counted
from samverka.surveys.models import Answer, Asked, Passed, Response, Round
from samverka.surveys.offers import offers_of
from samverka.surveys.sheet import sheet_of

from .answering import SHIPPED, asked_in, holder, open_round, save, values, version_of
from .second_round import FIRST, two_rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(db: None) -> Asked:
    """Exempelby, asked again."""
    return two_rounds()[1]


def _offered(asked: Asked) -> dict[str, Any]:
    asked = holder(asked).asked
    return {code: offer.values for code, offer in offers_of(asked, sheet_of(asked)).by_code.items()}


def _collaboration(
    body: Organisation, *forms: str, unit: Unit | None = None, state: str = "active", **facts: Any
) -> Any:
    ended = {"ended_at": timezone.now()} if facts.get("matter") == "ended" else {}
    made = Collaboration.objects.create(
        title="Hemlig titel", forms=list(forms), state=facts.pop("matter", "active"), **ended, **facts
    )
    joined = timezone.now() - timedelta(days=500)
    Party.objects.create(collaboration=made, organisation=body, unit=unit, state=state, joined_at=joined)
    return made


# From the round before


def test_answers_of_the_round_before_are_offered_in_order(asked: Asked) -> None:
    offered = _offered(asked)
    assert [*offered] == [
        "tackning", "kontakt", "samordnare", "samordnare_tjanster", "djup_kultur", "utveckla", "form_iop", "iop",
        "rad_antal", "planerar",
    ]  # fmt: skip
    assert offered["utveckla"] == {("utveckla", -1): ["idrott", "other"], ("utveckla_other", -1): "Cykling"}
    assert offered["iop"][("iop", -1)] == [0, 1]
    assert offered["iop"][("iop_enhet", 1)] == "Socialnämnden"


def test_looking_writes_nothing(asked: Asked) -> None:
    _offered(asked)
    assert not Answer.objects.exists()


def test_what_is_no_answer_any_more_is_not_offered(db: None) -> None:
    answers = {"djup_kultur": "borttaget", "samordnare": "kanske", "rad_antal": "3.5", "utveckla": ["idrott", "vatten"]}
    _then, now = two_rounds({**answers, "finns_inte": "yes", "tackning": "hela"})
    assert [*_offered(now)] == ["tackning"]


def test_question_of_another_type_is_not_offered(asked: Asked) -> None:
    shipped = shipped_questionnaires()[SHIPPED]
    block = shipped.items[0]
    items = tuple(replace(one, type=QuestionType.LONG_TEXT) if one.code == "kontakt" else one for one in block.items)
    before = version_of(replace(shipped, items=(replace(block, items=items), *shipped.items[1:])))
    Round.objects.filter(slug="2025").update(version=before)
    offered = _offered(asked)
    assert "kontakt" not in offered
    assert "tackning" in offered


def test_other_bodies_units_and_associations_get_nothing(asked: Asked) -> None:
    other = Organisation.objects.create(name="Grannby kommun", kind="municipality", invented=True)
    unit = Unit.objects.create(organisation=asked.organisation, name="Fritidsnämnden", kind="committee")
    for one in (asked_in(asked.round, other), asked_in(asked.round, asked.organisation, unit=unit)):
        assert not _offered(one)
    Response.objects.update(organisation=None)
    assert not _offered(asked)


def test_hidden_follow_up_is_not_offered(db: None) -> None:
    _then, now = two_rounds({"samordnare": "no", "samordnare_tjanster": "2"})
    assert [*_offered(now)] == ["samordnare"]


def test_what_somebody_has_answered_or_emptied_is_not_offered(asked: Asked) -> None:
    save(holder(asked), "samordnare", "yes")
    save(holder(asked), "kontakt", "Annat")
    save(holder(asked), "kontakt", None, base=1)
    assert {"samordnare", "kontakt"}.isdisjoint(_offered(asked))


# Saying yes


def test_all_is_taken_over_with_its_origin_and_counts(asked: Asked) -> None:
    offered = _offered(asked)
    assert take_over(by=holder(asked), codes=offered) == [*offered]
    kept = Answer.objects.get(code="kontakt")
    assert (kept.origin, kept.is_confirmed, kept.author) == ("last_round", True, "Karin")
    assert not _offered(asked)
    answers = hand_over(by=holder(asked)).response.answers
    told = {code: value for code, value in FIRST.items() if code != "ersattare"}
    assert answers == {**told, "planerade_forra": "yes"}


def test_nothing_unconfirmed_is_ever_counted(asked: Asked) -> None:
    """Only offered, or set aside to be changed: neither is in the response."""
    take_over(by=holder(asked), codes=["tackning", "kontakt"])
    assert set_aside(by=holder(asked), codes=["samordnare", "iop", "djup_kultur"]) == [
        "samordnare",
        "djup_kultur",
        "iop",
    ]
    assert Answer.objects.filter(is_confirmed=False).count() >= 5
    answers = hand_over(by=holder(asked)).response.answers
    assert answers == {"tackning": "hela", "kontakt": FIRST["kontakt"], "planerade_forra": "yes"}


def test_what_was_set_aside_can_be_said_yes_to_later(asked: Asked) -> None:
    set_aside(by=holder(asked), codes=["djup_kultur"])
    set_aside(by=holder(asked), codes=["djup_kultur"])
    assert values(asked, "djup_kultur") == ["samrad"]
    assert "djup_kultur" in _offered(asked)
    take_over(by=holder(asked), codes=["djup_kultur"])
    assert Answer.objects.filter(code="djup_kultur").order_by("-version").first().is_confirmed
    assert "djup_kultur" not in _offered(asked)


def test_closed_round_takes_nothing_over(asked: Asked) -> None:
    Round.objects.filter(pk=asked.round_id).update(state="closed")
    with pytest.raises(Refused):
        take_over(by=holder(asked), codes=["tackning"])
    assert not Answer.objects.exists()


def test_colleague_takes_over_only_in_own_blocks(asked: Asked) -> None:
    passed = Passed.objects.create(asked=asked, blocks=["block_2"], email="a@b.example", passed_by="Karin")
    by = Holder(holder(asked).asked, passed, "Fatima")
    with pytest.raises(NotVisible):
        take_over(by=by, codes=["tackning", "djup_kultur"])
    assert take_over(by=by, codes=["djup_kultur"]) == ["djup_kultur"]


# Known in here


def test_collaborations_under_way_are_suggested(db: None) -> None:
    asked = asked_in(open_round())
    unit = Unit.objects.create(organisation=asked.organisation, name="Fritidsnämnden", kind="committee")
    _collaboration(asked.organisation, "iop", "council")
    _collaboration(asked.organisation, "council", unit=unit)
    _collaboration(asked.organisation, "project", matter="ended")
    _collaboration(asked.organisation, "performer", state="invited")
    offered = _offered(asked)
    assert offered == {
        "form_rad": {("form_rad", -1): "yes"}, "form_iop": {("form_iop", -1): "yes"},
        "rad_antal": {("rad_antal", -1): "2"},
    }  # fmt: skip
    take_over(by=holder(asked), codes=["rad_antal"])
    assert Answer.objects.get().origin == "known"
    assert {form.value: count for form, count in forms_counted(asked).items()} == {"iop": 1, "council": 2}


def test_unit_that_is_asked_is_told_of_its_own(db: None) -> None:
    body = Organisation.objects.create(name="Exempelby kommun", kind="municipality", invented=True)
    unit = Unit.objects.create(organisation=body, name="Fritidsnämnden", kind="committee")
    _collaboration(body, "iop")
    _collaboration(body, "project", unit=unit)
    assert [*_offered(asked_in(open_round(), body, unit=unit))] == ["form_projekt"]


def test_consultations_count_when_they_were_held_last_year(db: None) -> None:
    asked = asked_in(open_round())
    _collaboration(asked.organisation, "dialogue")
    _collaboration(asked.organisation, "dialogue", starts_on=timezone.localdate())
    save(holder(asked), "form_dialog_stod", "yes")
    assert _offered(asked) == {"samrad_antal": {("samrad_antal", -1): "1"}}


# What became of the plans


@pytest.mark.parametrize(("planned", "shown"), [("yes", True), ("no", False), ({"no": "dont_know"}, False)])
def test_blev_det_av_is_asked_of_those_who_planned(db: None, planned: Any, *, shown: bool) -> None:
    asked = holder(two_rounds({"planerar": planned})[1]).asked
    engine = Engine(shipped_questionnaires()[SHIPPED])
    outcome = engine.evaluate(sheet_of(asked).answers(), today=timezone.localdate())
    assert (("blev_det_av", None) in outcome.shown) is shown


def test_blev_det_av_is_not_asked_in_a_first_round_and_its_answer_never_offered(db: None) -> None:
    first = holder(asked_in(open_round())).asked
    outcome = Engine(shipped_questionnaires()[SHIPPED]).evaluate(sheet_of(first).answers(), today=timezone.localdate())
    assert ("blev_det_av", None) not in outcome.shown
    Asked.objects.all().delete()
    Round.objects.all().delete()
    Organisation.objects.filter(name="Exempelby kommun").delete()
    assert [*_offered(two_rounds({"planerar": "yes", "blev_det_av": "yes"})[1])] == ["planerar"]


def test_partnerships_in_here_are_offered_as_rows_and_never_counted_unsaid(db: None) -> None:
    asked = asked_in(open_round())
    unit = Unit.objects.create(organisation=asked.organisation, name="Socialnämnden", kind="committee")
    for starts_on, link, part in ((date(2025, 1, 1), "https://exempelby.example/iop", unit), (None, "", None)):
        made = Collaboration.objects.create(
            title="Hemlig titel", forms=["iop"], state="active", starts_on=starts_on, link=link
        )
        now = timezone.now()
        Party.objects.create(
            collaboration=made, organisation=asked.organisation, unit=part, state="active", joined_at=now
        )
    by = holder(asked)
    offer = offers_of(by.asked, sheet_of(by.asked)).by_code["iop"]
    assert offer.origin == "known"
    assert offer.values == {
        ("iop", -1): [0], ("iop_enhet", 0): "Socialnämnden", ("iop_start", 0): "2025-01-01",
        ("iop_lank", 0): "https://exempelby.example/iop",
    }  # fmt: skip
    assert values(asked, "iop_enhet", 0) == []
    save(by, "form_iop", "yes")
    set_aside(by=by, codes=["iop"])
    assert "iop" not in sheet_of(by.asked).answers(confirmed=True) or not any(
        sheet_of(by.asked).answers(confirmed=True)["iop"]
    )
    take_over(by=by, codes=["iop"])
    assert sheet_of(by.asked).answers(confirmed=True)["iop"][0]["iop_enhet"] == "Socialnämnden"


def test_partnerships_of_another_body_or_form_are_not_offered(db: None) -> None:
    asked = asked_in(open_round())
    other = Organisation.objects.create(name="Grannby kommun", kind="municipality", invented=True)
    for forms, body in ((["council"], asked.organisation), (["iop"], other)):
        made = Collaboration.objects.create(title="A", forms=forms, state="active", starts_on=date(2025, 1, 1))
        Party.objects.create(collaboration=made, organisation=body, state="active", joined_at=timezone.now())
    assert "iop" not in offers_of(holder(asked).asked, sheet_of(holder(asked).asked)).by_code
