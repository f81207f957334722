"""The pages of an open link: what goes along from page to page, what stops a sending, what is never offered."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from samverka.kernel import pace
from samverka.kernel.models import RateCount
from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.questionnaires.reading import published_version
from samverka.surveys.models import HeldResponse, Round
from samverka.web.public.surveys import open_answer, open_form
from tests.questionnaires.forms import SV
from tests.surveys.answering import open_round, version_of

pytestmark = pytest.mark.django_db
PATH = "/kartlaggning/foreningar-2027/svara/"
T = QuestionType


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Round:
    monkeypatch.setattr(open_form, "FASTEST", datetime.timedelta(seconds=-1))
    facts = {"side": "civil", "access": "open", "contact_name": "Anna Provsson", "closes_on": "2027-04-30"}
    made = open_round(published_version("foreningar"), "foreningar-2027", **facts)
    made.refresh_from_db()
    return made


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def _post(browser: Client, status: int = 200, **fields: Any) -> str:
    answer = browser.post(PATH, {name.replace("__", ":"): value for name, value in fields.items()})
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def _key(browser: Client) -> str:
    return str(browser.get(PATH).context["key"])


def test_first_page_says_what_holds_and_never_confidential(client: Client, found: Round) -> None:
    page = client.get(PATH).content.decode()
    assert "Ingen kan se vem som har svarat" in page
    assert "onfidenti" not in page
    assert "Anna Provsson" in page
    assert not client.cookies.get("sessionid")


def test_what_was_typed_in_one_block_goes_along_hidden_in_the_next(client: Client, found: Round) -> None:
    page = _post(client, do="next", block="block_1", lan="20", roll="anstalld", key=_key(client))
    kept = _hidden(page)
    assert (kept["lan"], kept["roll"], kept["block"]) == ("20", "anstalld", "block_2")
    page = _post(client, do="previous", inbjudna="yes", **kept)
    assert _hidden(page)["inbjudna"] == "yes"
    assert re.search(r'name="lan" value="20"[^>]* checked', page)


def test_question_that_an_answer_brings_is_shown_before_going_on(client: Client, found: Round) -> None:
    page = _post(client, do="next", block="block_2", inbjudna="yes", on_page="inbjudna synpunkter", key=_key(client))
    assert "Fler frågor kom fram" in page and "varfor_inbjudna" in page
    assert _hidden(page)["block"] == "block_2"
    on = _hidden(page)["on_page"]
    assert _hidden(_post(client, do="next", block="block_2", inbjudna="yes", on_page=on))["block"] == "block_3"


def test_what_is_hidden_again_goes_along_and_does_not_count(client: Client, found: Round) -> None:
    page = _post(client, do="stay", block="block_2", inbjudna="no", varfor_inbjudna="yes", key=_key(client))
    assert _hidden(page)["varfor_inbjudna"] == "yes"
    _post(client, do="send", inbjudna="no", varfor_inbjudna="yes", key=_key(client))
    assert HeldResponse.objects.get().answers == {"inbjudna": "no"}


def test_wrong_answer_stops_where_it_stands_and_at_the_end(client: Client, found: Round) -> None:
    said = {"sokt_bidrag": "yes", "besked_dagar": "många", "key": _key(client)}
    page = _post(client, 422, do="next", block="block_3", **said)
    assert "”många” är inget tal." in page and 'value="många"' in page
    page = _post(client, 422, do="send", **said)
    assert "Svaret är inte skickat" in page and not HeldResponse.objects.exists()
    assert _hidden(page)["besked_dagar"] == "många"


def test_personal_identity_number_is_asked_about(client: Client, found: Round) -> None:
    said = {"sluta_fraga": "Fråga 19121212-1212", "block": "block_4", "key": _key(client)}
    assert "personnummer" in _post(client, 422, do="next", **said)
    assert "personnummer" in _post(client, 422, do="send", **said)
    assert "Tack" in _post(client, do="send", keep_numbers="on", **said)


def test_same_form_sent_again_thanks_and_counts_once(client: Client, found: Round) -> None:
    key = _key(client)
    for _time in range(2):
        page = _post(client, do="send", lan="20", key=key)
        assert "Tack, svaret är skickat" in page and "Dalarnas län" in page and "data-print" in page
    assert HeldResponse.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"hemsida": "https://spam.example"}, "robot"),
        ({"key": "hemmagjord"}, "ovanligt fort"),
        ({"lan": ""}, "Inget är ifyllt än"),
    ],
)
def test_machine_is_stopped_and_a_person_may_go_on(
    client: Client, found: Round, fields: dict[str, str], told: str
) -> None:
    page = _post(client, 422, **{"do": "send", "lan": "20", "key": _key(client), **fields})
    assert told in page and not HeldResponse.objects.exists()
    assert 'name="hemsida" id="id_hemsida" value=""' in page
    assert open_form.is_ours(_hidden(page)["key"])


def test_form_sent_within_seconds_waits(client: Client, found: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    key = _key(client)
    monkeypatch.setattr(open_form, "FASTEST", datetime.timedelta(seconds=10))
    assert "ovanligt fort" in _post(client, 422, do="send", lan="20", key=key)


def test_many_at_once_wait_and_nothing_is_counted_by_address(
    client: Client, found: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_answer, "MOST_A_MINUTE", 1)
    monkeypatch.setattr(pace, "_times", {})
    _post(client, do="send", lan="20", key=_key(client))
    page = _post(client, 429, do="send", lan="01", key=_key(client))
    assert "Många svarar just nu" in page and _hidden(page)["lan"] == "01"
    assert not RateCount.objects.exists()


@pytest.mark.parametrize("state", ["prepared", "closed"])
def test_round_that_is_not_open_takes_nothing(client: Client, found: Round, state: str) -> None:
    key = _key(client)
    Round.objects.update(state=state)
    assert "Börja svara" not in client.get(PATH).content.decode()
    _post(client, 409, do="send", lan="20", key=key)
    assert not HeldResponse.objects.exists()


def test_test_round_says_so(client: Client, found: Round) -> None:
    Round.objects.update(mode="test")
    assert "Det här är ett prov" in client.get(PATH).content.decode()


def test_rows_of_a_group_go_along_and_are_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_form, "FASTEST", datetime.timedelta(seconds=-1))
    group = Section(
        "avtal", SectionKind.REPEAT, label={"sv": "Avtal"}, items=(Question("vem", T.TEXT, label={"sv": "Med vem?"}),)
    )
    block = Section("ett", SectionKind.GROUP, label={"sv": "Ett"}, items=(group,))
    last = Section(
        "tva", SectionKind.GROUP, label={"sv": "Två"}, items=(Question("ja", T.YES_NO, label={"sv": "Ja?"}),)
    )
    made = version_of(Definition(title={"sv": "Prov"}, languages=(SV,), items=(block, last)))
    open_round(made, "foreningar-2027", side="civil", access="open")
    page = _post(client, do="add:avtal", block="ett", avtal__0__vem="Kommunen", avtal__rows="1", key=_key(client))
    assert _hidden(page)["avtal:rows"] == "2"
    rows = {"avtal__0__vem": "Kommunen", "avtal__1__vem": "Regionen", "avtal__rows": "2"}
    page = _post(client, do="next", block="ett", on_page=_hidden(page)["on_page"], **rows)
    kept = _hidden(page)
    assert (kept["avtal:rows"], kept["avtal:1:vem"]) == ("2", "Regionen")
    answer = client.post(PATH, {**kept, "do": "send", "key": _key(client)})
    assert "Tack" in answer.content.decode()
    assert HeldResponse.objects.get().answers == {"avtal": [{"vem": "Kommunen"}, {"vem": "Regionen"}]}
