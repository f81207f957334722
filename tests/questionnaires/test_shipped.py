"""The questionnaires that the product ships."""

import datetime
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samverka.questionnaires.actions import load_questionnaires
from samverka.questionnaires.checking import faults
from samverka.questionnaires.content import shipped_questionnaires
from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.engine import Engine
from samverka.questionnaires.enums import QuestionType
from samverka.questionnaires.models import Version
from samverka.questionnaires.report import questionnaire_report
from samverka.questionnaires.xlsform import read_workbook, write_workbook

TODAY = datetime.date(2027, 2, 1)
BODIES, ASSOCIATIONS = "offentliga-aktorer", "foreningar"


def _bodies() -> Definition:
    return shipped_questionnaires()[BODIES]


def _associations() -> Definition:
    return shipped_questionnaires()[ASSOCIATIONS]


def test_shipped_questionnaires_have_no_faults_and_both_languages() -> None:
    for slug, definition in shipped_questionnaires().items():
        assert faults(definition) == [], slug
        texts = [placed.item.label for placed in definition.placed] + [
            option.label for found in definition.lists for option in found.options
        ]
        for question in definition.questions:
            texts += [question.help, question.definition, question.counts, question.counts_not, question.valid_message]
        assert not [text for text in texts if text and text.keys() != {"sv", "en"}], slug


def test_five_blocks_of_five_with_time_and_who_suits() -> None:
    blocks = [item for item in _bodies().items if isinstance(item, Section)]
    assert [(block.minutes, bool(block.suits)) for block in blocks] == [(4, True)] * 5
    core = [sum(_is_core(item) for item in block.items) for block in blocks]
    assert core == [5, 5, 5, 5, 5]


def _is_core(item: Question | Section) -> bool:
    """Whether everybody is asked; the partnerships one by one are of those who have some, and yet a core question."""
    derived = isinstance(item, Question) and item.type == QuestionType.CALCULATED
    return (not item.visible_if and not derived) or item.code == "iop"


def test_nothing_is_required_but_coverage_and_contact_and_the_rest_can_be_unknown() -> None:
    required = [question.code for question in _bodies().questions if question.required_if]
    assert required == ["tackning", "kontakt"]
    choosing = {QuestionType.ONE, QuestionType.SEVERAL, QuestionType.YES_NO, QuestionType.INTEGER, QuestionType.DECIMAL}
    unsure = [question.code for question in _bodies().questions if question.type in choosing and not question.dont_know]
    assert unsure == ["tackning"]


def test_core_questions_say_where_they_come_from() -> None:
    sourced = [question for question in _bodies().questions if question.source]
    assert len(sourced) >= 25
    assert all(question.since for question in sourced)


@pytest.mark.parametrize(
    ("answers", "as_skl", "as_office"),
    [
        ({"ok_antagen": "yes", "ok_dialog": "yes", "ok_oppen": "yes", "ok_plan": "yes"}, "yes", "yes"),
        ({"ok_antagen": "yes", "ok_dialog": "yes", "ok_oppen": "no", "ok_plan": "yes"}, "yes", "no"),
        ({"ok_antagen": "yes", "ok_dialog": "no", "ok_oppen": "yes", "ok_plan": "yes"}, "no", "no"),
        ({"ok_antagen": "yes"}, "", ""),
        ({}, "", ""),
    ],
)
def test_two_definitions_of_an_agreement_are_derived(answers: dict[str, str], as_skl: str, as_office: str) -> None:
    found = Engine(_bodies()).evaluate(answers, today=TODAY).values
    assert (found["ok_enligt_skl"], found["ok_enligt_kansliet"]) == (as_skl, as_office)


def test_partnerships_are_asked_of_those_who_have_some() -> None:
    engine = Engine(_bodies())
    assert ("iop", None) not in engine.evaluate({"form_iop": "no"}, today=TODAY).shown
    dates = {"iop_start": datetime.date(2027, 1, 1), "iop_slut": datetime.date(2026, 1, 1)}
    found = engine.evaluate({"form_iop": "yes", "iop": [dates]}, today=TODAY)
    assert ("iop_slut", 0, "invalid") in [(problem.code, problem.row, problem.kind) for problem in found.problems]


@pytest.mark.parametrize("slug", [BODIES, ASSOCIATIONS])
def test_shipped_questionnaire_goes_out_as_a_workbook_and_in_again(tmp_path: Path, slug: str) -> None:
    with (tmp_path / "ut.xlsx").open("wb") as file:
        write_workbook(shipped_questionnaires()[slug], file)
    assert read_workbook(tmp_path / "ut.xlsx").definition == shipped_questionnaires()[slug]


@pytest.mark.parametrize("slug", [BODIES, ASSOCIATIONS])
def test_every_block_is_easy_to_read(slug: str) -> None:
    report = questionnaire_report(slug, shipped_questionnaires()[slug], "sv")
    assert report.lix < 40
    assert [block.title for block in report.blocks if block.lix >= 40] == []
    assert all(block.words > 30 for block in report.blocks)


def test_associations_answer_in_ten_minutes_in_blocks_of_about_five() -> None:
    report = questionnaire_report(ASSOCIATIONS, _associations(), "sv")
    assert report.minutes <= 10
    assert all(block.minutes and block.questions <= 6 and block.core <= 5 for block in report.blocks)
    assert all(section.suits for section in _associations().items if isinstance(section, Section))


def test_associations_need_answer_nothing_and_say_nothing_of_who_they_are() -> None:
    assert [question.code for question in _associations().questions if question.required_if] == []
    telling = {QuestionType.ORGANISATION, QuestionType.PHONE, QuestionType.FILE, QuestionType.TEXT}
    assert [question.code for question in _associations().questions if question.type in telling] == []


def test_both_sides_answer_the_same_of_the_same() -> None:
    theirs, ours = _associations(), _bodies()
    shared = [
        code for code in theirs.by_code if code in ours.by_code and isinstance(theirs.by_code[code].item, Question)
    ]
    principles = [code for code in shared if code.startswith("princip_")]
    assert len(principles) == 6
    assert {"utveckla", "hinder", "flerarigt", "senaste_steg", "senaste_niva", "sluta_fraga"} <= set(shared)
    for code in shared:
        mine, other = theirs.by_code[code].item, ours.by_code[code].item
        assert isinstance(mine, Question)
        assert isinstance(other, Question)
        assert (mine.type, mine.start, mine.end, mine.max_choices) == (
            other.type, other.start, other.end, other.max_choices
        )  # fmt: skip
        assert [option.value for option in theirs.options(mine)] == [option.value for option in ours.options(other)]


def test_each_principle_holds_one_claim() -> None:
    for definition in (_associations(), _bodies()):
        for language in ("sv", "en"):
            statements = [
                definition.text(question.label, language)
                for question in definition.questions
                if question.code.startswith("princip_")
            ]
            assert [text for text in statements if text.count(".") != 1 or "," in text or ";" in text] == []


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"synpunkter": "yes", "inbjudna": "no"}, {"aterkoppling"}),
        ({"synpunkter": "no", "inbjudna": "yes"}, {"varfor_inbjudna"}),
        ({"kontakt_kommun": "aldrig", "kontakt_region": "nagon"}, {"kontakt_om"}),
        ({"kontakt_kommun": "aldrig"}, set()),
        ({"sokt_bidrag": "yes"}, {"besked_dagar"}),
    ],
)
def test_follow_up_is_asked_of_those_it_concerns(answers: dict[str, str], shown: set[str]) -> None:
    follow = {"aterkoppling", "varfor_inbjudna", "kontakt_om", "besked_dagar", "senaste_niva"}
    found = Engine(_associations()).evaluate(answers, today=TODAY)
    assert {code for code, _row in found.shown} & follow == shown


@pytest.mark.django_db
def test_report_is_printed_for_people_and_for_programs() -> None:
    said = StringIO()
    call_command("questionnaire_report", ASSOCIATIONS, "--format", "json", stdout=said)
    report = json.loads(said.getvalue())
    assert report["slug"] == ASSOCIATIONS
    assert [sorted(block) for block in report["blocks"]] == [
        ["code", "core", "lix", "minutes", "questions", "title", "words"]
    ] * 4
    text = StringIO()
    call_command("questionnaire_report", BODIES, stdout=text)
    assert "Områden och former" in text.getvalue()
    with pytest.raises(CommandError, match="saknas"):
        call_command("questionnaire_report", "saknas")


@pytest.mark.django_db
def test_shipped_questionnaires_are_loaded_once() -> None:
    assert Version.objects.published().filter(questionnaire__slug=BODIES).exists()
    assert load_questionnaires() == 0


def test_who_has_contributed_is_asked_once_the_coverage_is_said() -> None:
    engine = Engine(_bodies())
    assert ("bidragit", None) not in engine.evaluate({}, today=TODAY).shown
    found = engine.evaluate({"tackning": "delar", "bidragit": ("social", "other")}, today=TODAY)
    assert ("bidragit", None) in found.shown
    assert found.values["bidragit"] == ("social", "other")
