"""Reports: their draft, what they are never published without, and editions that keep their figures."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from samverka.kernel.errors import Conflict, NotAllowed, Refused
from samverka.kernel.models import AuditEntry
from samverka.surveys import nonresponse
from samverka.surveys.actions import add_responses
from samverka.surveys.actions.report_blocks import add_block, change_block, put_back, remove_block, shift_block
from samverka.surveys.actions.report_drafts import drop_block_draft, keep_draft
from samverka.surveys.actions.report_editions import withdraw_report
from samverka.surveys.actions.reports import start_report
from samverka.surveys.enums import BlockKind, ChapterRole
from samverka.surveys.models import BlockDraft, Edition, Report, ReportBlock, Round
from samverka.surveys.reporting import faults
from samverka.web.public.surveys.report_resolve import resolve
from tests.people import Village
from tests.surveys.reports import fill, publish, published_round, started, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_2018(tmp_path: Path) -> Round:
    return published_round(tmp_path)


@pytest.fixture
def report(of_2018: Round) -> Report:
    return written(started(of_2018))


def blocks(report: Report) -> list[ReportBlock]:
    return list(report.blocks.standing())


def reasons(report: Report) -> str:
    report = Report.objects.select_related("round__version", "beside__version").get(pk=report.pk)
    return " ".join(fault.reason for fault in faults(report, blocks(report)))


def parts(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [part for chapter in document["chapters"] for part in chapter["parts"] if part["kind"] == kind]


def test_report_begins_with_the_questionnaires_figures_and_its_required_chapters(of_2018: Round) -> None:
    found = blocks(started(of_2018))
    roles = [block.role for block in found if block.role]
    assert roles == ["who", "method", "missing", "questions"]
    assert "form_iop" in {block.variable for block in found if block.kind == BlockKind.FIGURE}
    assert "kontakt" not in {block.variable for block in found}
    assert all(block.variable for block in found if block.kind == BlockKind.FIGURE)
    with pytest.raises(Refused):
        started(of_2018)


def test_english_report_begins_in_english(of_2018: Round) -> None:
    headings = [block.heading for block in blocks(started(of_2018, language="en")) if block.kind == BlockKind.CHAPTER]
    assert "Vilka som svarade" not in headings[2:-3]
    assert len(headings) > 6


@pytest.mark.parametrize("role", [ChapterRole.METHOD, ChapterRole.MISSING])
def test_report_without_own_words_on_method_or_nonresponse_is_refused(report: Report, role: ChapterRole) -> None:
    fill(report.blocks.get(role=role), text="  ")
    with pytest.raises(Refused, match="med egna ord"):
        publish(report)
    with pytest.raises(Refused, match="hör till varje rapport"):
        remove_block(by=None, block_id=report.blocks.get(role=role).public_id)
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"), [({"published_at": None}, "inte publicerade"), ({"mode": "pilot"}, "pilot")]
)
def test_report_of_a_round_that_is_no_result_is_refused(report: Report, change: dict[str, Any], said: str) -> None:
    Round.objects.filter(pk=report.round_id).update(**change)
    with pytest.raises(Refused, match=said):
        publish(report)


def test_quote_without_consent_is_refused(report: Report) -> None:
    quote = add_block(by=None, report_id=report.public_id, kind=BlockKind.QUOTE, after=blocks(report)[0].public_id)
    fill(quote, text="Vi lärde oss lyssna.", who="En samordnare", consent=False)
    with pytest.raises(Refused, match="behöver ha sagt ja"):
        publish(report)
    fill(quote, consent=True)
    assert parts(publish(report).document, "quote")[0]["who"] == "En samordnare"


def test_number_that_does_not_exist_is_refused_with_those_that_do(report: Report) -> None:
    fill(blocks(report)[0], text="{{form_iop:kanske}} och {{saknas:yes}} och {{form_iop:yes:farg=rod}}")
    said = reasons(report)
    assert "form_iop har inget svar som heter kanske. Välj bland: yes, no" in said
    assert "ingen fråga som heter saknas" in said
    assert "dela upp efter farg" in said


def test_numbers_in_the_text_state_their_base(report: Report) -> None:
    text = resolve(report, blocks(report))["chapters"][0]["text"].replace("\N{NO-BREAK SPACE}", " ")
    assert "18 % (38 av 209)" in text
    assert "24 % (4 av 17)" in text


def test_method_and_nonresponse_say_what_is_known(report: Report) -> None:
    told = {chapter["role"]: chapter["facts"] for chapter in resolve(report, blocks(report))["chapters"]}
    method = json.dumps(told["method"], ensure_ascii=False).replace("\N{NO-BREAK SPACE}", " ")
    for said in ("310", "frivilligt", "version", "ingen felmarginal", "Frågeformulär"):
        assert said in method, said
    missing = json.dumps(told["missing"], ensure_ascii=False).replace("\N{NO-BREAK SPACE}", " ")
    for said in (
        "101 av 310 har inte svarat",
        "Svar och bortfall efter län",
        "Svar och bortfall efter slag",
        "Kommuner",
    ):
        assert said in missing, said
    assert any(one["code"] == "form_iop" for one in told["questions"][0]["questions"])


def test_nonresponse_adds_up_to_the_rate(of_2018: Round) -> None:
    for told in nonresponse.nonresponse(of_2018, "sv"):
        if told.by in {"slag", "lan"}:
            assert sum(rate.asked or 0 for _label, rate in told.groups) == 310
            assert sum(rate.answered for _label, rate in told.groups) == 209


def test_edition_keeps_its_figures_when_answers_change(report: Report) -> None:
    edition = publish(report)
    before = json.dumps(edition.document, sort_keys=True)
    Round.objects.filter(pk=report.round_id).update(state="open")
    add_responses(by=None, round_id=report.round_id, responses=[("Extra", '{"form_iop":"yes"}')])
    Round.objects.filter(pk=report.round_id).update(title="Ett annat namn")
    edition.refresh_from_db()
    assert json.dumps(edition.document, sort_keys=True) == before
    fresh = Report.objects.select_related("round__version", "beside").get(pk=report.pk)
    assert resolve(fresh, blocks(fresh)) != edition.document


def test_database_refuses_to_change_or_delete_an_edition(report: Report) -> None:
    edition = publish(report)
    for write in ("UPDATE surveys_edition SET document = '{}'", "DELETE FROM surveys_edition"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(write)
    Edition.objects.get(pk=edition.pk)


def test_correction_is_a_new_edition_that_says_what_changed(report: Report) -> None:
    first = publish(report)
    fill(blocks(report)[0], text="Rättad text.")
    with pytest.raises(Refused, match="vad som är ändrat"):
        publish(report)
    second = publish(report, what_changed="Ingressen var fel.")
    assert (first.number, second.number) == (1, 2)
    assert "Rättad text." in json.dumps(second.document, ensure_ascii=False)
    assert "Rättad text." not in json.dumps(Edition.objects.get(pk=first.pk).document, ensure_ascii=False)


def test_stale_publishing_is_a_conflict(report: Report) -> None:
    from samverka.surveys.actions.report_editions import publish_report

    publish(report)
    with pytest.raises(Conflict):
        publish_report(by=None, report_id=report.public_id, version=1, resolve=resolve, what_changed="x")


def test_withdrawn_edition_says_why_and_stays(report: Report) -> None:
    edition = publish(report)
    with pytest.raises(Refused, match="varför"):
        withdraw_report(by=None, report_id=report.public_id, reason=" ")
    withdraw_report(by=None, report_id=report.public_id, reason="Fel fil lästes in.")
    edition.refresh_from_db()
    report.refresh_from_db()
    assert (edition.withdrawn_reason, report.state) == ("Fel fil lästes in.", "withdrawn")
    publish(report, what_changed="Rätt fil.")
    report.refresh_from_db()
    assert report.state == "published"


def test_part_is_moved_removed_and_put_back(report: Report) -> None:
    first, second = blocks(report)[:2]
    shift_block(by=None, block_id=first.public_id, steps=1)
    assert blocks(report)[:2] == [second, first]
    shift_block(by=None, block_id=second.public_id, steps=-1)
    assert blocks(report)[:2] == [second, first]
    remove_block(by=None, block_id=first.public_id)
    assert first not in blocks(report)
    put_back(by=None, block_id=first.public_id)
    assert blocks(report)[1] == first


def test_two_analysts_never_overwrite_each_other_silently(report: Report) -> None:
    block = blocks(report)[0]
    fill(block, text="Annas text")
    with pytest.raises(Conflict) as both:
        change_block(by=None, block_id=block.public_id, version=block.row_version - 1, values={"text": "Evas text"})
    assert both.value.details["theirs"] == {"text": "Annas text"}
    assert both.value.details["yours"] == {"text": "Evas text"}


def test_what_is_typed_is_kept_and_never_overwritten_by_another_device(village: Village, report: Report) -> None:
    told: dict[str, Any] = {"by": village.anna, "block_id": blocks(report)[0].public_id, "base_version": 2}
    assert keep_draft(**told, values={"text": "a"}, revision=0).revision == 1
    assert keep_draft(**told, values={"text": "ab"}, revision=1).revision == 2
    elsewhere = keep_draft(**told, values={"text": "annat"}, revision=1)
    assert elsewhere.elsewhere == {"text": "ab"}
    assert keep_draft(**told | {"base_version": 1}, values={"text": "ab"}, revision=2).overtaken
    drop_block_draft(by=village.anna, block_id=told["block_id"], revision=1)
    assert BlockDraft.objects.count() == 1
    drop_block_draft(by=village.anna, block_id=told["block_id"], revision=2)
    assert not BlockDraft.objects.exists()


def test_only_analysts_write_reports_and_every_step_is_in_the_trail(village: Village, of_2018: Round) -> None:
    for stranger in (village.karin, village.eva):
        with pytest.raises(NotAllowed):
            start_report(by=stranger, round_id=of_2018.pk, language="sv", title="Min")
    report = written(started(of_2018, by=village.anna))
    publish(report, by=village.anna)
    rows = AuditEntry.objects.filter(object_kind="report", object_id=report.public_id)
    assert {"report.started", "report.part_changed", "report.published"} <= {row.action for row in rows}
    assert "partnerskap" not in json.dumps([row.changes for row in rows])
