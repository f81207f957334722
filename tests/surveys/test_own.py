"""Own answers beside those of similar bodies: who they are, how they are counted, what is marked."""

import time
from typing import Any

import pytest

from samverka.organisations.models import Organisation
from samverka.organisations.queries import body_of_municipality, body_of_region
from samverka.places.models import Municipality
from samverka.surveys.background import COUNTY, GROUP, KIND, POPULATION
from samverka.surveys.derived import came_about, planned_before, turnover
from samverka.surveys.measures import measured
from samverka.surveys.models import Asked, Response, Round
from samverka.surveys.own import OwnAnswers, newest_published_response, own_answers
from samverka.web.own_answers import own_page

from .answering import open_round
from .second_round import answered

pytestmark = pytest.mark.django_db
#: A municipality, another of its county, and one elsewhere.
ARBOGA, KOPING, MALMO = "1984", "1983", "1280"


def _body(code: str) -> Organisation:
    found = body_of_region(code) if len(code) == 2 else body_of_municipality(code)
    assert found is not None
    return found


def _own(asked: Asked) -> OwnAnswers:
    response = Response.objects.select_related("round__version", "organisation").get(pk=asked.response_id)
    return own_answers(response, "sv")


def _row(told: OwnAnswers, code: str) -> Any:
    return next(row for row in told.rows if row.question.code == code)


@pytest.fixture
def found(db: None) -> Round:
    return open_round()


def test_municipality_is_compared_with_four_groups_and_says_which(found: Round) -> None:
    asked = answered(found, _body(ARBOGA), {"samordnare": "yes"})
    answered(found, _body(MALMO), {"samordnare": "no"})
    told = _own(asked)
    assert [group.name for group in told.groups] == [GROUP, POPULATION, COUNTY, KIND]
    assert [group.answered for group in told.groups] == [1, 1, 1, 2]
    assert told.similar is not None
    assert told.similar.grouping.source == "SKL, Kommungruppsindelning 2011"
    assert told.groups[2].label == "Västmanlands län"


def test_region_is_compared_with_regions_only(found: Round) -> None:
    answered(found, _body(MALMO), {"samordnare": "no"})
    asked = answered(found, _body("19"), {"samordnare": "yes"})
    told = _own(asked)
    assert [(group.name, group.answered) for group in told.groups] == [(KIND, 1)]
    assert _row(told, "samordnare").measures[KIND].counts == {"yes": 1}


def test_counts_are_those_of_the_results(found: Round) -> None:
    """Held against the measures of the results' pages, for every kind of question and group."""
    answers = (
        {"samordnare": "yes", "hinder": ["tid", "pengar"], "rad_antal": "3", "princip_dialog": "4",
         "djup_kultur": "samrad", "ok_antagen": "yes", "ok_dialog": "yes", "ok_enligt_skl": "yes"},
        {"samordnare": {"no": "dont_know"}, "hinder": {"no": "dont_know"}, "rad_antal": {"no": "dont_know"},
         "princip_dialog": {"no": "dont_know"}, "djup_kultur": {"no": "dont_know"}},
        {"samordnare": "no", "hinder": ["pengar"], "rad_antal": "6", "princip_dialog": "1", "djup_kultur": "inget",
         "ok_enligt_skl": "no"},
        {},
    )  # fmt: skip
    codes = Municipality.objects.filter(county="19").values_list("code", flat=True)[:4]
    bodies = [*(_body(code) for code in codes), _body("19"), _body(MALMO)]
    asked = [answered(found, body, dict(answers[place % 4])) for place, body in enumerate(bodies)]
    told = _own(asked[0])
    for group in told.groups:
        by = measured(found, group.name)
        mine = next(value for value, own in by.groups.items() if by.responses[value] == group.answered and
                    own["samordnare"].counts == _row(told, "samordnare").measures[group.name].counts)  # fmt: skip
        for row in told.rows:
            here, there = row.measures[group.name], by.groups[mine][row.question.code]
            assert (here.base, here.missing, here.counts) == (there.base, there.missing, there.counts), (
                row.question.code
            )
            assert {k: n for k, n in here.no_answers.items() if n} == {k: n for k, n in there.no_answers.items() if n}
            if here.numbers:
                assert (here.numbers.mean, here.numbers.median) == (there.numbers.mean, there.numbers.median)


def test_earlier_rounds_stand_below_where_the_words_are_the_same(found: Round) -> None:
    body = _body(ARBOGA)
    earlier = open_round(slug="2025", opened_at="2025-02-01T08:00Z", closes_on="2025-03-31")
    answered(earlier, body, {"samordnare": "no"})
    answered(open_round(slug="prov", mode="test", opened_at="2025-03-01T08:00Z"), body, {"samordnare": "yes"})
    told = _own(answered(found, body, {"samordnare": "yes"}))
    assert [(one.slug, value) for one, value in _row(told, "samordnare").earlier] == [("2025", "no")]
    assert _row(told, "forteckning").earlier == ()


def test_few_are_marked_and_rare_answers_told(found: Round) -> None:
    codes = [code for (code,) in Municipality.objects.filter(county="14").values_list("code")[:6]]
    for code in codes[1:]:
        answered(found, _body(code), {"form_iop": "no", "samordnare": "yes"})
    asked = answered(found, _body(codes[0]), {"form_iop": "yes", "samordnare": "yes"})
    response = Response.objects.select_related("organisation", "round__version").get(pk=asked.response_id)
    page = own_page(response, found)
    lines = {line.code: line for part in page["parts"] for line in part.lines}
    cells = {cell.group: cell for cell in lines["form_iop"].cells}
    assert cells["Samma län"].lines == ("17\N{NO-BREAK SPACE}% ja",)
    assert (cells["Samma län"].of, cells["Samma län"].few) == ("6 svar", False)
    assert any(cell.few for line in lines.values() for cell in line.cells)
    assert page["preliminary"]
    assert (page["answered"], page["asked_count"]) == (6, 6)


def test_newest_published_answer_is_that_of_the_whole_body(found: Round) -> None:
    body = _body(ARBOGA)
    answered(found, body, {"samordnare": "yes"})
    assert newest_published_response(body) is None
    Round.objects.update(published_at="2027-06-01T08:00Z")
    assert newest_published_response(body) is not None
    Round.objects.update(mode="test")
    assert newest_published_response(body) is None


# Two rounds together


def test_turnover_is_told_of_those_whose_names_are_known(db: None) -> None:
    first = open_round(slug="2025", opened_at="2025-02-01T08:00Z")
    second = open_round(previous=first)
    people = (
        (ARBOGA, "Karin Ek, samordnare", "karin  ek, chef", ""), (KOPING, "Olle Berg", "Yusuf Ali", "Olle Berg"),
        (MALMO, "Rut Lind", "Eva Holm, jurist", ""), ("14", "", "Eva Holm", ""),
    )  # fmt: skip
    for code, then, now, signed in people:
        answered(first, _body(code), {}, handed_over_by=then)
        answered(second, _body(code), {}, handed_over_by=now, signed_by=signed)
    told = turnover(second)
    assert told is not None
    assert (told.answered, told.asked) == (1, 3)
    assert turnover(first) is None


def test_result_tells_how_many_planned_and_did(found: Round) -> None:
    answers = [
        {"planerade_forra": "yes", "blev_det_av": "yes"}, {"planerade_forra": "yes", "blev_det_av": "no"},
        {"planerade_forra": "yes", "blev_det_av": {"no": "dont_know"}}, {"planerade_forra": "no"}, {},
    ]  # fmt: skip
    for code, told in zip((ARBOGA, KOPING, MALMO, "14", "19"), answers, strict=True):
        answered(found, _body(code), told)
    did = came_about(found)
    assert did is not None
    assert (planned_before(found), did.answered, did.asked) == (3, 1, 2)


def test_page_of_311_bodies_is_made_while_one_waits(found: Round) -> None:
    """Own answers stand beside others' within ten seconds: 311 bodies and every question of the shipped form."""
    bodies = Organisation.objects.filter(source__name__isnull=False, kind__in=["municipality", "region"])
    answers = {"samordnare": "yes", "hinder": ["tid", "pengar"], "rad_antal": "3", "princip_dialog": "4",
               "form_iop": "yes", "form_rad": "yes", "form_bidrag": "no", "djup_kultur": "samrad"}  # fmt: skip
    rows = [
        Response(round=found, respondent=body.public_id, organisation=body, answers=answers, received_on="2027-04-01")
        for body in bodies
    ]
    Response.objects.bulk_create(rows)
    assert len(rows) >= 310
    response = Response.objects.select_related("round__version", "organisation").get(organisation=_body(ARBOGA))
    own_page(response, found)
    began = time.perf_counter()
    page = own_page(response, found)
    assert sum(len(part.lines) for part in page["parts"]) > 40
    # It takes about 130 ms; the bar leaves room for a busy machine.
    assert time.perf_counter() - began < 3
