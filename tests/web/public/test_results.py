"""Pages of results: what a visitor reads, and what nobody sees before it is public."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.definition import ChoiceList, Definition, Option, Question
from samverka.questionnaires.enums import QuestionType
from samverka.surveys import measures
from samverka.surveys.actions import add_responses, open_round
from samverka.surveys.models import Round
from tests.people import Village
from tests.questionnaires.forms import SV
from tests.surveys import pattern_2018
from tests.world import client_of

pytestmark = pytest.mark.django_db
T = QuestionType
SECRET = "Det här skrev kansliet för hand"


def publish(found: Round) -> Round:
    Round.objects.filter(pk=found.pk).update(state="closed", published_at=timezone.now())
    return Round.objects.select_related("version").get(pk=found.pk)


@pytest.fixture
def of_2018(tmp_path: Path) -> Round:
    return publish(pattern_2018.read_in(tmp_path))


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return body.decode("utf-8-sig").replace("\N{NO-BREAK SPACE}", " ")


def test_2018_pattern_prints_what_was_published_with_sources(client: Client, of_2018: Round) -> None:
    page = read(client, "/kartlaggning/2018/?fraga=form_iop&grupp=slag")
    for said in ("192 av 290 kommuner (66 %)", "17 av 20 regioner (85 %)", "34 av 192", "4 av 17",
                 "SOU 2019:56 avsnitt 7.1.4", "17,7 %", "23,5 %"):  # fmt: skip
        assert said in page, said
    whole = read(client, "/kartlaggning/2018/")
    for said in ("66 %", "85 %", "SOU 2019:56 avsnitt 7.1.4", "192 av 290"):
        assert said in whole, said


def test_figure_states_base_missing_coverage_and_bounds(client: Client, of_2018: Round) -> None:
    page = read(client, "/kartlaggning/2018/?fraga=form_iop")
    for said in ("209 som svarade på frågan", "Täckning", "Räknas inte", "Om alla hade svarat", "12 %–45 %",
                 "ingen felmarginal", "Andel av invånarna"):  # fmt: skip
        assert said in page, said


def test_page_in_english_says_the_questions_in_english(client: Client, of_2018: Round) -> None:
    page = read(client, "/en/kartlaggning/2018/?fraga=form_iop")
    assert "Public-social partnership (IOP)" in page


@pytest.mark.parametrize("state", ["open", "closed"])
def test_nobody_but_analysts_sees_results_before_they_are_public(
    village: Village, client: Client, tmp_path: Path, state: str
) -> None:
    found = pattern_2018.read_in(tmp_path)
    Round.objects.filter(pk=found.pk).update(state=state)
    for address in ("/kartlaggning/2018/", "/kartlaggning/2018/karta/form_iop/", "/oppna-data/kartlaggning/2018.csv",
                    "/oppna-data/kartlaggning/2018/kodbok/"):  # fmt: skip
        read(client, address, 404)
    assert "209" not in read(client, "/kartlaggning/")
    assert client_of(village.karin).get("/redaktion/resultat/2018/").status_code == 403
    page = read(client_of(village.anna), "/redaktion/resultat/2018/?fraga=form_iop")
    assert "Preliminärt" in page


def test_analyst_makes_results_public_when_the_round_is_closed(
    village: Village, client: Client, tmp_path: Path
) -> None:
    found = pattern_2018.read_in(tmp_path)
    anna = client_of(village.anna)
    assert anna.post("/redaktion/resultat/2018/publicera/").status_code == 400
    Round.objects.filter(pk=found.pk).update(state="closed")
    assert "Låt alla se resultaten" in read(anna, "/redaktion/resultat/2018/")
    assert anna.post("/redaktion/resultat/2018/publicera/").status_code == 302
    read(client, "/kartlaggning/2018/")


def test_test_round_is_never_a_result(village: Village, client: Client, tmp_path: Path) -> None:
    found = pattern_2018.read_in(tmp_path)
    Round.objects.filter(pk=found.pk).update(mode="pilot", state="closed", published_at=timezone.now())
    read(client, "/kartlaggning/2018/", 404)
    assert "2018" not in read(client, "/kartlaggning/").split("</main>")[0].split("<main")[1]


def test_map_lists_answers_in_alphabetical_order_and_never_ranks(client: Client, of_2018: Round) -> None:
    page = read(client, "/kartlaggning/2018/karta/form_iop/")
    assert page.index("Ale kommun") < page.index("Alingsås kommun") < page.index("Älmhults kommun")
    assert "Region Stockholm" in page
    assert page.count("<path d=") > 290
    read(client, "/kartlaggning/2018/karta/kontakt/", 404)
    read(client, "/kartlaggning/2018/karta/saknas/", 404)


def test_results_are_read_with_few_queries_and_none_is_a_write(client: Client, of_2018: Round) -> None:
    address = "/kartlaggning/2018/?fraga=form_iop&grupp=lan"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) <= 12, [query["sql"][:90] for query in captured]
    measures._near.clear()
    cache.clear()
    with CaptureQueriesContext(connection) as cold:
        client.get(address)
    written = {query["sql"].split()[2] for query in cold if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))}
    assert written <= {'"kernel_cache"', "kernel_cache"}


# Open data


def test_open_data_of_public_bodies_has_a_row_each_without_free_text(client: Client, of_2018: Round) -> None:
    text = read(client, "/oppna-data/kartlaggning/2018.csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 209
    stockholm = next(row for row in rows if row["namn"] == "Region Stockholm")
    assert (stockholm["kod"], stockholm["slag"], stockholm["form_iop"]) == ("01", "region", "yes")
    assert "kontakt" not in rows[0]
    assert "Kansliet" not in text
    assert {"skyldigheter/kris", "tackning"} <= set(rows[0])


def test_open_data_can_be_read_in_again(client: Client, of_2018: Round, tmp_path: Path) -> None:
    from samverka.surveys.importing import Mapping, run_import

    path = tmp_path / "ut.csv"
    path.write_text(read(client, "/oppna-data/kartlaggning/2018.csv"), encoding="utf-8")
    again = open_round(by=None, slug="igen", questionnaire="offentliga-aktorer")
    assert run_import(again, path, by=None, mapping=Mapping(respondent="kod")).responses == 209


def test_xlsx_holds_the_same_rows(client: Client, of_2018: Round) -> None:
    response: Any = client.get("/oppna-data/kartlaggning/2018.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == 210
    every: Any = client.get("/oppna-data/kartlaggning/alla/kartlaggningen.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(b"".join(every.streaming_content))).active.max_row == 210
    read(client, "/oppna-data/kartlaggning/alla/kartlaggningen.json", 404)
    read(client, "/oppna-data/kartlaggning/2018.exe", 404)


def check_json_stat(said: dict[str, Any]) -> None:
    """What JSON-stat 2.0 asks of a dataset."""
    assert (said["version"], said["class"]) == ("2.0", "dataset")
    assert said["id"] == list(said["dimension"])
    sizes = [len(said["dimension"][name]["category"]["index"]) for name in said["id"]]
    assert said["size"] == sizes
    whole = sizes[0] * sizes[1] * sizes[2]
    assert len(said["value"]) == whole
    assert all(0 <= int(place) < whole for place in said["status"])
    for name in said["id"]:
        category = said["dimension"][name]["category"]
        assert sorted(category["index"].values()) == list(range(len(category["index"])))
        assert category["label"].keys() == category["index"].keys()
    assert set(said["role"]["metric"]) <= set(said["id"])


def value(said: dict[str, Any], *names: str) -> Any:
    place = 0
    for name, size, wanted in zip(said["id"], said["size"], names, strict=True):
        place = place * size + said["dimension"][name]["category"]["index"][wanted]
    return said["value"][place]


def test_json_stat_is_whole_and_says_the_figures(client: Client, of_2018: Round) -> None:
    said = json.loads(read(client, "/oppna-data/kartlaggning/2018.json"))
    check_json_stat(said)
    assert value(said, "form_iop:yes", "municipality", "antal") == 34
    assert value(said, "form_iop:yes", "region", "bas") == 17
    assert value(said, "form_iop:yes", "alla", "andel") == pytest.approx(38 / 209)
    check_json_stat(json.loads(read(client, "/oppna-data/kartlaggning/2018.json?grupp=lan")))


def test_code_book_says_what_each_variable_means(client: Client, of_2018: Round) -> None:
    page = read(client, "/oppna-data/kartlaggning/2018/kodbok/")
    assert 'id="form_iop"' in page
    rows = list(csv.DictReader(io.StringIO(read(client, "/oppna-data/kartlaggning/2018/kodbok.csv"))))
    assert {"variabel": "form_iop", "varde": "yes", "vardets_namn": "Ja"}.items() <= next(
        row for row in rows if row["variabel"] == "form_iop"
    ).items()
    assert "kontakt" not in {row["variabel"] for row in rows}


def test_what_is_calculated_from_free_text_is_nowhere(client: Client) -> None:
    questions = (
        Question("ord", T.TEXT, {"sv": "Med egna ord"}),
        Question("hopfogat", T.CALCULATED, {"sv": "Hopfogat"}, calculation="concat(${ord}, '!')"),
        Question("iop", T.YES_NO, {"sv": "Har ni IOP?"}),
    )
    publish_definition(by=None, slug="text", definition=Definition({"sv": "Text"}, (SV,), questions))
    opened = open_round(by=None, slug="text", questionnaire="text")
    answers = json.dumps({"ord": SECRET, "hopfogat": f"{SECRET}!", "iop": "yes"})
    add_responses(by=None, round_id=opened.pk, responses=[("1480", answers)])
    publish(opened)
    for address in ("/kartlaggning/text/", "/kartlaggning/text/?fraga=hopfogat&grupp=lan",
                    "/kartlaggning/text/karta/iop/", "/oppna-data/kartlaggning/text.csv",
                    "/oppna-data/kartlaggning/text.json", "/oppna-data/kartlaggning/text/kodbok/"):  # fmt: skip
        assert SECRET not in read(client, address), address
    read(client, "/kartlaggning/text/karta/hopfogat/", 404)


# Associations


def _associations(slug: str = "foreningar") -> Round:
    lists = (ChoiceList("lan", tuple(Option(code, {"sv": code.upper()}) for code in "abcd")),)
    questions = (
        Question("storlek", T.ONE, {"sv": "Storlek"}, choices="lan"),
        Question("form_iop", T.YES_NO, {"sv": "Har ni ett partnerskap?"}, dont_know=True),
        Question("ord", T.LONG_TEXT, {"sv": "Med egna ord"}),
    )
    publish_definition(by=None, slug=slug, definition=Definition({"sv": "Föreningar"}, (SV,), questions, lists))
    opened = open_round(by=None, slug=slug, questionnaire=slug)
    Round.objects.filter(pk=opened.pk).update(side="civil", title="Föreningarna 2027")
    told = [("a", "yes")] * 30 + [("a", "no")] * 20 + [("b", "yes")] * 3 + [("b", "no")] * 20 + [("c", "no")] * 30
    told += [("c", "yes")] * 9 + [("d", "yes")] * 2
    texts = [json.dumps({"storlek": size, "form_iop": answer, "ord": SECRET}) for size, answer in told]
    add_responses(by=None, round_id=opened.pk, responses=[("", text) for text in texts])
    return publish(opened)


def test_associations_page_states_the_rule_and_shows_no_small_cell(client: Client) -> None:
    _associations()
    page = read(client, "/kartlaggning/foreningar/?fraga=form_iop&grupp=storlek")
    assert "Färre än 5 svar visas inte" in page
    assert "2 små grupper tillsammans" in page
    assert "3 av 23" not in page
    assert "20 av 23" not in page
    assert SECRET not in page
    read(client, "/kartlaggning/foreningar/karta/form_iop/", 404)


def test_associations_open_data_is_only_what_is_shown_together(client: Client) -> None:
    _associations()
    text = read(client, "/oppna-data/kartlaggning/foreningar.csv")
    rows = {(row["variabel"], row["varde"]): row for row in csv.DictReader(io.StringIO(text))}
    assert rows["form_iop", "yes"]["antal"] == "44"
    assert rows["storlek", "d"]["antal"] == ""
    assert SECRET not in text
    said = json.loads(read(client, "/oppna-data/kartlaggning/foreningar.json"))
    check_json_stat(said)
    assert value(said, "storlek:d", "alla", "antal") is None
    assert said["status"]


def test_two_sides_stand_beside_each_other(client: Client, of_2018: Round) -> None:
    assert "inget att jämföra" in read(client, "/kartlaggning/jamfor/")
    _associations()
    page = read(client, "/kartlaggning/jamfor/")
    for said in ("Har ni ett partnerskap?", "kommuner och regioner", "39 %", "18 %"):
        assert said in page, said
    assert "Öppna data" in read(client, "/oppna-data/kartlaggning/")
