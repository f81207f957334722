"""Trying a questionnaire out, as those asked will meet it."""

import re
from typing import Any

import pytest
from django.test import Client

from samverka.questionnaires.actions import publish_definition
from samverka.surveys.models import Response
from tests.questionnaires.forms import agreements
from tests.web.account.steps import host_person

pytestmark = pytest.mark.django_db
ADDRESS = "/redaktion/frageformular/avtal/"


@pytest.fixture
def anna(db: None) -> Client:
    """An analyst's browser, after both steps of signing in, and the questionnaire on agreements."""
    publish_definition(by=None, slug="avtal", definition=agreements())
    return host_person("analyst", "anna@vard.example")[0]


def _post(browser: Client, status: int = 200, **fields: Any) -> str:
    answer = browser.post(ADDRESS, {key.replace("__", ":"): value for key, value in fields.items()})
    assert answer.status_code == status
    return answer.content.decode()


def test_list_leads_to_the_shipped_questionnaire(anna: Client) -> None:
    page = anna.get("/redaktion/frageformular/").content.decode()
    assert 'href="/redaktion/frageformular/offentliga-aktorer/"' in page
    assert 'class="card__link" href="/redaktion/frageformular/"' in anna.get("/redaktion/").content.decode()


@pytest.mark.parametrize(
    ("path", "title"), [("", "Så samverkar ni med föreningslivet"), ("/en", "How you work together")]
)
def test_shipped_questionnaire_shows_in_both_languages(anna: Client, path: str, title: str) -> None:
    page = anna.get(f"{path}/redaktion/frageformular/offentliga-aktorer/").content.decode()
    assert title in page
    assert page.count("<fieldset") > 20
    assert "iop_enhet" not in page


def test_blank_form_asks_nothing_back(anna: Client) -> None:
    page = anna.get(ADDRESS).content.decode()
    assert "error-summary" not in page
    assert "Råd som har mötts." in page
    assert 'name="avtal:0:motpart"' not in page


def test_answer_shows_the_questions_that_follow_with_what_was_typed(anna: Client) -> None:
    page = _post(anna, do="show", kommun="Öby <b>", former=["iop"])
    assert 'name="avtal:0:motpart"' in page
    assert "Avtal i Öby &lt;b&gt;" in page
    assert re.search(r'value="iop"[^>]*checked', page)
    assert "error-summary" not in page


def test_rows_are_added_and_taken_away(anna: Client) -> None:
    sent = {"former": ["iop"], "avtal__rows": "2", "avtal__0__motpart": "Byalaget", "avtal__1__motpart": "Kören"}
    added = _post(anna, do="add:avtal", **sent)
    assert 'name="avtal:2:motpart"' in added
    taken = _post(anna, do="remove:avtal:0", **sent)
    assert re.search(r'name="avtal:0:motpart"[^>]*value="Kören"', taken)
    assert 'name="avtal:1:motpart"' not in taken
    for odd in ("add:saknas", "remove:avtal:99", "remove:avtal:x", "add", ""):
        _post(anna, do=odd, **sent)
    assert _post(anna, do="add:avtal", former=["iop"], avtal__rows="999999").count('name="avtal:') < 20


def test_check_tells_what_to_mend_and_what_to_look_at(anna: Client) -> None:
    page = _post(anna, 422, do="check", former=["iop"], avtal__0__belopp="-1", i_fjol="många", plan="yes", plan__no="x")
    for told in ("Frågan behöver ett svar.", "Skriv ett belopp från 0.", "inget tal"):
        assert told in page
    assert 'href="#q_avtal_0_belopp"' in page
    assert 'id="q_avtal_0_belopp"' in page
    warned = _post(anna, do="check", kommun="Öby", former=["iop"], avtal__0__belopp="50", i_fjol="10")
    assert "Mer än dubbelt" in warned
    assert "Allt är ifyllt" in warned


def test_dont_know_is_an_answer_and_not_beside_another(anna: Client) -> None:
    assert "Allt är ifyllt" in _post(anna, do="check", kommun="Öby", former__no="dont_know")
    assert "Inte båda" in _post(anna, 422, do="check", kommun="Öby", former=["rad"], former__no="dont_know")


def test_calculated_values_are_told_in_words(anna: Client) -> None:
    answers = {"tackning": "hela", "kontakt": "Kansliet", "ok_antagen": "yes", "ok_dialog": "yes"}
    answer = anna.post("/redaktion/frageformular/offentliga-aktorer/", {"do": "check", **answers})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Överenskommelse enligt SKL" in page
    assert "Inget svar än" in page


def test_trying_out_keeps_nothing(anna: Client) -> None:
    _post(anna, do="check", kommun="Öby")
    assert not Response.objects.exists()
