"""Weights at the desk: filled from the sample, typed or pasted, held against the answers. The open link as a code."""

import pytest
from django.test import Client

from samverka.questionnaires.reading import published_version
from samverka.surveys.advice import warnings_of
from samverka.surveys.measures import measured
from samverka.surveys.models import Response, Round, Sample, Stratum
from samverka.surveys.results import RoundResults
from tests.people import Village
from tests.surveys.answering import open_round
from tests.world import client_of

pytestmark = pytest.mark.django_db
PATH = "/redaktion/kartlaggningar/foreningar-2027/"


@pytest.fixture
def anna(village: Village) -> Client:
    return client_of(village.anna)


@pytest.fixture
def found(db: None) -> Round:
    made = open_round(
        published_version("foreningar"), "foreningar-2027", side="civil", access="open", closes_on="2027-04-30"
    )
    for number in range(20):
        answers = {"lan": "20" if number < 15 else "01", "inbjudna": "yes" if number < 15 else "no"}
        Response.objects.create(round=made, answers=answers, received_on="2027-04-07")
    made.refresh_from_db()
    return made


def _save(anna: Client, status: int = 302, **fields: str) -> str:
    answer = anna.post(PATH + "vikter/", {"fraga": "lan", "source": "Registret", **fields})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_sample_by_county_fills_the_fields_and_saves_nothing(anna: Client, found: Round) -> None:
    strata = {"20": {"population": 120, "drawn": 12}, "01": {"population": 880, "drawn": 88}, "": {"population": 3}}
    Sample.objects.create(round=found, size=100, stratified_by="county", seed=1, strata=strata)
    page = anna.get(PATH + "vikter/").content.decode()
    assert 'name="n_20" value="120"' in page and 'name="n_01" value="880"' in page
    assert "Förslag ur urvalet" in page
    assert not Stratum.objects.exists()


def test_sample_by_something_else_fills_nothing(anna: Client, found: Round) -> None:
    strata = {"1.1": {"population": 120, "drawn": 12}}
    Sample.objects.create(round=found, size=12, stratified_by="field", seed=1, strata=strata)
    assert "Förslag ur urvalet" not in anna.get(PATH + "vikter/?fraga=lan").content.decode()


def test_weighted_share_stands_beside_the_unweighted_with_its_margin(anna: Client, found: Round) -> None:
    _save(anna, n_20="100", n_01="900")
    found.refresh_from_db()
    measure = measured(found).all["inbjudna"]
    assert (measure.base, measure.share("yes")) == (20, 0.75)
    assert measure.weighted["yes"].value == pytest.approx(0.1)
    figure = RoundResults(found, "sv").figure(next(q for q in RoundResults(found, "sv").definition.questions
                                                   if q.code == "inbjudna"))  # fmt: skip
    assert figure.options[0].estimate.margin is not None
    page = anna.get("/redaktion/resultat/foreningar-2027/?fraga=inbjudna").content.decode()
    assert "Vägd andel" in page and "Felmarginalen är 95 procent" in page
    assert "Antalet föreningar: Registret." in page


def test_answers_without_a_number_and_numbers_without_an_answer_are_told(anna: Client, found: Round) -> None:
    _save(anna, n_20="100", n_03="50")
    page = anna.get(PATH + "vikter/").content.decode()
    unweighted, unanswered = page.split("Antal som saknar svar")
    assert "<li>Stockholms län</li>" in unweighted and "<li>Uppsala län</li>" in unanswered
    assert "<li>Dalarnas län</li>" not in page


def test_numbers_are_pasted_by_name_or_value(anna: Client, found: Round) -> None:
    _save(anna, pasted="Dalarnas län; 1 200\n01\t900\n\n")
    assert dict(Stratum.objects.values_list("value", "population")) == {"20": 1200, "01": 900}


@pytest.mark.parametrize(
    "fields", [{"pasted": "Ingenstans; 3"}, {"pasted": "20; många"}, {"n_20": "0"}, {"source": ""}]
)
def test_what_does_not_fit_is_told_and_not_saved(anna: Client, found: Round, fields: dict[str, str]) -> None:
    _save(anna, 422, **{"n_20": "100", **fields} if "source" in fields else fields)
    assert not Stratum.objects.exists()


def test_weights_are_taken_away(anna: Client, found: Round) -> None:
    _save(anna, n_20="100", n_01="900")
    _save(anna, do="remove")
    found.refresh_from_db()
    assert not Stratum.objects.exists()
    assert not measured(found).all["inbjudna"].weighted


def test_open_link_is_a_code_that_can_be_printed(anna: Client, found: Round) -> None:
    answer = anna.get(PATH + "oppen-lank.svg")
    assert answer["Content-Type"] == "image/svg+xml" and answer.content.startswith(b"<?xml")
    page = anna.get(PATH).content.decode()
    assert f"{PATH}oppen-lank.svg" in page and "även dem som har svarat" in page


def test_round_of_associations_by_personal_links_is_warned_of(anna: Client, found: Round) -> None:
    assert not any("öppen länk" in said for said in warnings_of(found))
    found.access = "invited"
    assert any("tänkta för en öppen länk" in said for said in warnings_of(found))
