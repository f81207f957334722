"""The questionnaires that the product ships."""

import datetime
from pathlib import Path

import pytest

from samverka.kernel.readability import readability
from samverka.questionnaires.actions import load_questionnaires
from samverka.questionnaires.checking import faults
from samverka.questionnaires.content import shipped_questionnaires
from samverka.questionnaires.definition import Definition, Question, Section
from samverka.questionnaires.engine import Engine
from samverka.questionnaires.enums import QuestionType
from samverka.questionnaires.models import Version
from samverka.questionnaires.xlsform import read_workbook, write_workbook

TODAY = datetime.date(2027, 2, 1)
BODIES = "offentliga-aktorer"


def _bodies() -> Definition:
    return shipped_questionnaires()[BODIES]


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


def test_shipped_questionnaire_goes_out_as_a_workbook_and_in_again(tmp_path: Path) -> None:
    with (tmp_path / "ut.xlsx").open("wb") as file:
        write_workbook(_bodies(), file)
    assert read_workbook(tmp_path / "ut.xlsx").definition == _bodies()


def test_questions_are_easy_to_read() -> None:
    texts = [
        text
        for question in _bodies().questions
        for text in (question.label.get("sv", ""), question.counts.get("sv", ""))
    ]
    assert readability(text for text in texts if text).lix <= 45


@pytest.mark.django_db
def test_shipped_questionnaires_are_loaded_once() -> None:
    assert Version.objects.published().filter(questionnaire__slug=BODIES).exists()
    assert load_questionnaires() == 0
