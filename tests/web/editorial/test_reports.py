"""Reports in the editorial pages: started, written part by part, looked at, published."""

from pathlib import Path

import pytest
from django.test import Client

from samverka.surveys.models import BlockDraft, Edition, Report, ReportBlock, Round
from tests.people import Village
from tests.surveys.reports import fill, publish, published_round, started, written
from tests.web.public.test_results import read
from tests.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(village: Village) -> Client:
    return client_of(village.anna)


@pytest.fixture
def report(village: Village, tmp_path: Path) -> Report:
    return started(published_round(tmp_path))


def address(report: Report, rest: str = "") -> str:
    return f"/redaktion/rapporter/{report.public_id}/{rest}"


def part_of(report: Report, block: ReportBlock) -> str:
    return address(report, f"del/{block.public_id}/")


def first(report: Report) -> ReportBlock:
    found = report.blocks.standing().first()
    assert found is not None
    return found


def test_report_is_started_from_a_round(anna: Client, tmp_path: Path) -> None:
    found = published_round(tmp_path)
    assert "Ingen rapport än" in read(anna, "/redaktion/rapporter/")
    told = {"round": found.pk, "language": "sv", "title": "Vår rapport", "beside": ""}
    response = anna.post("/redaktion/rapporter/ny/", told)
    assert response.status_code == 302
    page = read(anna, response["Location"])
    for said in ("I korthet", "Bortfall", "Kapitlet är tomt", "Skriv med egna ord"):
        assert said in page, said
    again = anna.post("/redaktion/rapporter/ny/", told)
    assert again.status_code == 422
    assert "Det finns redan en rapport" in again.content.decode()
    assert anna.post("/redaktion/rapporter/ny/", {"title": ""}).status_code == 422


def test_part_is_written_and_looked_at_before_it_is_saved(anna: Client, report: Report) -> None:
    figure = report.blocks.get(variable="form_iop")
    told = {"variable": "form_iop", "by": "slag", "option": "yes", "shape": "chart", "heading": "", "text": "",
            "version": figure.row_version}  # fmt: skip
    look = anna.post(part_of(report, figure), {**told, "do": "look"})
    assert look.status_code == 200
    assert "34 av 192" in look.content.decode()
    assert "Inget är sparat än" in look.content.decode()
    figure.refresh_from_db()
    assert figure.by == ""
    assert anna.post(part_of(report, figure), {**told, "do": "save"}).status_code == 302
    figure.refresh_from_db()
    assert figure.by == "slag"


def test_another_question_empties_an_answer_that_it_does_not_have(anna: Client, report: Report) -> None:
    figure = report.blocks.get(variable="form_iop")
    told = {"variable": "tackning", "by": "", "option": "yes", "shape": "table", "version": figure.row_version}
    assert anna.post(part_of(report, figure), {**told, "do": "save"}).status_code == 302
    figure.refresh_from_db()
    assert (figure.variable, figure.option) == ("tackning", "")


def test_number_that_does_not_exist_is_said_at_the_text(anna: Client, report: Report) -> None:
    block = first(report)
    told = {"heading": "I korthet", "text": "{{form_iop:kanske}}", "version": block.row_version}
    response = anna.post(part_of(report, block), told)
    assert response.status_code == 422
    assert "Välj bland: yes, no" in response.content.decode()


def test_conflict_shows_both_texts(anna: Client, report: Report) -> None:
    block = first(report)
    fill(block, text="Evas text")
    response = anna.post(part_of(report, block), {"heading": "I korthet", "text": "Annas text", "version": 1})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Evas text" in page
    assert page.count("Annas text") == 2
    assert 'name="version" value="2"' in page


def test_draft_is_kept_shown_and_gone_when_saved(anna: Client, village: Village, report: Report) -> None:
    block = first(report)
    kept = anna.post(f"{part_of(report, block)}utkast/", {"values": '{"text": "Halvvägs"}', "base_version": "1"})
    assert kept.json() == {"revision": 1, "overtaken": False}
    assert "Halvvägs" in read(anna, part_of(report, block))
    assert anna.post(f"{part_of(report, block)}utkast/", {"values": "["}).status_code == 400
    told = {"heading": "I korthet", "text": "Klart", "version": block.row_version, "draft_revision": "1"}
    assert anna.post(part_of(report, block), told).status_code == 302
    assert not BlockDraft.objects.exists()


def test_part_is_added_moved_removed_and_put_back(anna: Client, report: Report) -> None:
    block = first(report)
    added = anna.post(address(report, f"lagg-till/?efter={block.public_id}"), {"kind": "quote"})
    new = ReportBlock.objects.get(kind="quote")
    assert added["Location"].endswith(part_of(report, new))
    for do in (f"up:{new.public_id}", f"down:{new.public_id}", f"remove:{new.public_id}"):
        assert anna.post(address(report, "gor/"), {"do": do}).status_code == 302
    assert "Senast borttaget: Citat utan innehåll" in read(anna, address(report))
    assert anna.post(address(report, "gor/"), {"do": f"back:{new.public_id}"}).status_code == 302
    assert ReportBlock.objects.standing().filter(pk=new.pk).exists()
    assert (
        anna.post(address(report, "gor/"), {"do": f"remove:{report.blocks.get(role='method').public_id}"}).status_code
        == 400
    )


def test_part_of_another_report_is_not_reached_through_this_one(anna: Client, report: Report) -> None:
    other = started(report.round, language="en", title="Other")
    for rest in (f"del/{first(other).public_id}/", f"lagg-till/?efter={first(other).public_id}"):
        read(anna, address(report, rest), 404)
    assert anna.post(address(report, "gor/"), {"do": f"up:{first(other).public_id}"}).status_code == 404
    assert anna.post(address(report, "gor/"), {"do": f"back:{first(other).public_id}"}).status_code == 400


def test_publishing_says_what_is_left_then_publishes_then_withdraws(anna: Client, report: Report) -> None:
    assert "Det här återstår" in read(anna, address(report, "publicera/"))
    assert anna.post(address(report, "publicera/"), {"version": 1}).status_code == 422
    written(report)
    assert anna.post(address(report, "publicera/"), {"version": 7}).status_code == 409
    response = anna.post(address(report, "publicera/"), {"version": 1})
    assert response["Location"] == "/kartlaggning/2018/rapport/1/"
    assert anna.post(address(report, "publicera/"), {"version": 2}).status_code == 422
    assert anna.post(address(report, "dra-tillbaka/"), {"reason": "Fel fil."}).status_code == 302
    read(anna, address(report, "dra-tillbaka/"), 404)
    assert Edition.objects.get().withdrawn_reason == "Fel fil."


def test_facts_are_changed_and_a_stale_change_shows_both(anna: Client, report: Report) -> None:
    told = {"title": "Ny rubrik", "lead": "Kort sagt.", "beside": ""}
    assert anna.post(address(report, "uppgifter/"), {**told, "version": 1}).status_code == 302
    stale = anna.post(address(report, "uppgifter/"), {**told, "title": "En till", "version": 1})
    assert stale.status_code == 409
    assert "Ny rubrik" in stale.content.decode()


def test_second_round_stands_beside(anna: Client, report: Report, tmp_path: Path) -> None:
    from tests.surveys import pattern_2018

    other = pattern_2018.read_in(tmp_path, slug="2020")
    Round.objects.filter(pk=other.pk).update(title="Kartläggningen 2020")
    told = {"title": "Två", "lead": "", "beside": other.pk, "version": 1}
    assert anna.post(address(report, "uppgifter/"), told).status_code == 302
    assert "Resultaten av Kartläggningen 2020 är inte publicerade än" in read(anna, address(report))
    figure = report.blocks.get(variable="form_iop")
    page = anna.post(part_of(report, figure), {"variable": "form_iop", "from_beside": "True", "shape": "chart",
                                               "version": "1", "do": "look"}).content.decode()  # fmt: skip
    assert "Källa: Kartläggningen 2020" in page


def test_outline_asks_the_database_as_often_however_many_parts(anna: Client, report: Report) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    publish(written(report))
    anna.get(address(report))
    with CaptureQueriesContext(connection) as captured:
        anna.get(address(report))
    assert len(report.blocks.all()) > 20
    assert len(captured) <= 16, [query["sql"][:100] for query in captured]
