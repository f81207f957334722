"""Figures of a round: base, missing, bounds, groups, change, and what associations' answers hide."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.definition import ChoiceList, Definition, Option, Question
from samverka.questionnaires.enums import QuestionType
from samverka.surveys.actions import add_responses, open_round
from samverka.surveys.bodies import bodies_called
from samverka.surveys.measures import measured, shown_questions
from samverka.surveys.models import Asked, Response, Round, Stratum
from samverka.surveys.reference import RESPONSE_RATE, references_to
from samverka.surveys.response_rate import PANEL, Rate, response_rate, response_rates
from samverka.surveys.results import RoundResults
from samverka.surveys.tallies import tally
from tests.people import Village
from tests.questionnaires.forms import SV

from . import pattern_2018

pytestmark = pytest.mark.django_db
T = QuestionType


def figure(found: Round, code: str, by: str = "", language: str = "sv") -> Any:
    question = next(one for one in shown_questions(found) if one.code == code)
    return RoundResults(found, language).figure(question, by=by)


@pytest.fixture
def of_2018(tmp_path: Path) -> Round:
    return pattern_2018.read_in(tmp_path)


def test_2018_pattern_gives_the_figures_of_2018(of_2018: Round) -> None:
    found = figure(of_2018, "form_iop", "slag")
    kinds = {group.value: group for group in found.groups}
    rates = {kind: (rate.answered, rate.asked, round(100 * rate.share)) for kind, rate in found.rate.by_kind.items()}
    assert rates == {"municipality": (192, 290, 66), "region": (17, 20, 85)}
    yes = {kind: (group.options[0].count, group.base) for kind, group in kinds.items()}
    assert yes == {"municipality": (34, 192), "region": (4, 17)}
    known = {point.who: (point.value, point.of, point.source) for point in references_to("form_iop", "yes")}
    source = "SOU 2019:56 avsnitt 7.1.4"
    assert known == {"municipality": (34, 192, source), "region": (4, 17, source)}
    rate = {(p.year, p.who): (p.value, p.of, p.pct) for p in references_to(RESPONSE_RATE)}
    assert rate[2018, "municipality"] == (192, 290, 66)
    assert rate[2018, "region"] == (17, 20, 85)


def test_bounds_say_what_those_who_did_not_answer_could_change(of_2018: Round) -> None:
    yes = figure(of_2018, "form_iop").options[0]
    assert (yes.count, yes.share) == (38, 38 / 209)
    assert (yes.low, yes.high) == (38 / 310, (38 + 101) / 310)
    assert yes.estimate is None


def test_inhabitants_are_those_of_the_municipalities_that_said_so(of_2018: Round) -> None:
    yes = figure(of_2018, "form_iop").options[0]
    told = Response.objects.filter(organisation__kind="municipality").values_list(
        "answers__form_iop", "organisation__municipality__population"
    )
    people = {"yes": 0, "no": 0}
    for answer, number in told:
        people[answer] += number
    assert yes.inhabitants == people["yes"] / (people["yes"] + people["no"])


def test_coverage_is_told_and_free_text_is_in_no_figure(of_2018: Round) -> None:
    found = figure(of_2018, "form_iop")
    assert (found.covers_all.answered, found.covers_all.asked) == (156, 209)
    assert "kontakt" not in {question.code for question in shown_questions(of_2018)}
    assert "kontakt" not in measured(of_2018).all


def test_background_divides_as_the_command_does(of_2018: Round) -> None:
    for by in ("lan", "befolkning", "kommungrupp", "slag"):
        found = figure(of_2018, "form_iop", by)
        told = next(one for one in tally(of_2018, by=by) if one.variable == "form_iop")
        expected = {g.value: (g.count.base, [o.count for o in g.count.options]) for g in told.groups}
        assert {g.value: (g.base, [o.count for o in g.options]) for g in found.groups} == expected, by
        municipalities_only = by in {"befolkning", "kommungrupp"}
        assert sum(base for base, _counts in expected.values()) == (192 if municipalities_only else 209)


def test_respondents_are_the_bodies_that_their_codes_say() -> None:
    found = bodies_called(["1480", "14", "0980"])
    assert len(set(found.values())) == 3
    assert bodies_called(["09"]) == {"09": found["0980"]}
    assert bodies_called([str(number) for number in range(1, 312)]) == {}
    assert bodies_called(["Falköping", "något annat", "1480"]) == {}


def test_two_respondents_of_one_body_are_not_both_it(of_2018: Round) -> None:
    add_responses(by=None, round_id=of_2018.pk, responses=[("09", '{"form_iop":"yes"}'), ("2584", "{}")])
    assert Response.objects.get(respondent="2584").organisation is not None
    assert Response.objects.get(respondent="09").organisation is None


# Since the round before


def _published(slug: str, *, label: str = "Har ni IOP?", previous: Round | None = None, yes: int = 1) -> Round:
    definition = Definition({"sv": "T"}, (SV,), (Question("iop", T.YES_NO, {"sv": label}),))
    publish_definition(by=None, slug="egen", definition=definition)
    opened = open_round(by=None, slug=slug, questionnaire="egen")
    answers = ['{"iop":"yes"}'] * yes + ['{"iop":"no"}'] * (10 - yes)
    add_responses(by=None, round_id=opened.pk, responses=[("", text) for text in answers])
    Round.objects.filter(pk=opened.pk).update(published_at=timezone.now(), previous=previous)
    return Round.objects.select_related("version").get(pk=opened.pk)


def test_change_is_told_where_the_question_is_the_same() -> None:
    first = _published("2025", yes=4)
    second = _published("2027", previous=first, yes=7)
    change = figure(second, "iop").change
    assert change.comparable
    assert change.shares == {"yes": pytest.approx(0.3), "no": pytest.approx(-0.3)}
    assert figure(first, "iop").change is None


def test_change_is_not_told_where_the_words_are_others() -> None:
    first = _published("2025")
    second = _published("2027", label="Har ni haft IOP?", previous=first)
    change = figure(second, "iop").change
    assert not change.comparable
    assert change.shares == {}


# Associations


LISTS = (ChoiceList("lan", tuple(Option(code, {"sv": code}) for code in ("a", "b", "c", "d"))),)


def _associations(answers: list[tuple[str, str]]) -> Round:
    questions = (
        Question("lan", T.ONE, {"sv": "Län"}, choices="lan"),
        Question("kritik", T.YES_NO, {"sv": "Låtit bli?"}),
    )
    publish_definition(by=None, slug="foreningar", definition=Definition({"sv": "F"}, (SV,), questions, LISTS))
    opened = open_round(by=None, slug="foreningar", questionnaire="foreningar")
    Round.objects.filter(pk=opened.pk).update(side="civil")
    texts = [f'{{"lan":"{county}","kritik":"{answer}"}}' for county, answer in answers]
    add_responses(by=None, round_id=opened.pk, responses=[("", text) for text in texts])
    return Round.objects.select_related("version").get(pk=opened.pk)


def test_small_cells_of_associations_are_hidden_and_cannot_be_worked_out() -> None:
    answers = [("a", "yes")] * 30 + [("a", "no")] * 20 + [("b", "yes")] * 2 + [("b", "no")] * 20
    answers += [("c", "yes")] * 25 + [("c", "no")] * 25 + [("d", "no")] * 2
    found = figure(_associations(answers), "kritik", "lan")
    assert found.hides
    assert [option.count for option in found.options] == [57, 67]
    shown = {group.value: [option.count for option in group.options] for group in found.groups}
    assert "d" not in shown
    hidden = [value for value, counts in shown.items() if None in counts]
    assert len(hidden) >= 2
    assert all(low is None for low in (option.low for option in found.options))


def test_weights_make_the_sample_speak_for_all() -> None:
    found = _associations([("a", "yes")] * 10 + [("b", "no")] * 30)
    for value, number in (("a", 900), ("b", 100)):
        Stratum.objects.create(round=found, variable="lan", value=value, population=number)
    yes = figure(found, "kritik").options[0]
    assert yes.share == 0.25
    assert yes.estimate.value == pytest.approx(0.9)
    assert yes.estimate.margin == 0


def test_rates_of_many_rounds_ask_as_often_as_of_one(village: Village, django_assert_max_num_queries: Any) -> None:
    rounds = []
    for year in ("2031", "2032", "2033"):
        rounds.append(open_round(by=None, slug=year, questionnaire="offentliga-aktorer"))
        add_responses(by=None, round_id=rounds[-1].pk, responses=[("1480", "{}"), ("14", "{}")])
    Asked.objects.create(
        round=rounds[0], organisation=village.municipality, state="handed_over", handed_over_at=timezone.now()
    )
    Asked.objects.create(round=rounds[0], organisation=village.neighbour, state="invited")
    with django_assert_max_num_queries(3):
        rates = response_rates(rounds)
    assert (rates[rounds[0].pk].whole, rates[rounds[0].pk].basis) == (Rate(1, 2), PANEL)
    assert rates[rounds[1].pk].by_kind["municipality"] == Rate(1, 290)
    assert rates[rounds[2].pk] == response_rate(rounds[2])
