"""What a new version changes against one that has been answered."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from samverka.questionnaires import editing
from samverka.questionnaires.comparing import Kind, Weight, compare
from samverka.questionnaires.definition import ChoiceList, Definition, Option, Question
from samverka.questionnaires.enums import QuestionType

from .forms import agreements, definitions


def _changed(code: str, **fields: Any) -> Definition:
    item = agreements().by_code[code].item
    return editing.replace_item(agreements(), code, replace(item, **fields))


def _told(new: Definition, old: Definition | None = None) -> list[tuple[str, Kind, str, str]]:
    return [(one.code, one.kind, one.before, one.after) for one in compare(old or agreements(), new, "sv")]


@settings(max_examples=30, deadline=None)
@given(definition=definitions())
def test_nothing_is_changed_against_itself(definition: Definition) -> None:
    assert compare(definition, definition, "sv") == []


@settings(max_examples=30, deadline=None)
@given(definition=definitions())
def test_every_question_that_is_gone_is_told_and_breaks(definition: Definition) -> None:
    empty = replace(definition, items=())
    found = compare(definition, empty, "sv")
    assert {one.code for one in found} == {question.code for question in definition.questions}
    assert {one.weight for one in found} <= {Weight.BREAKS}
    assert {one.kind for one in compare(empty, definition, "sv")} <= {Kind.ADDED}


@pytest.mark.parametrize(
    ("code", "fields", "told"),
    [
        ("kommun", {"type": QuestionType.LONG_TEXT}, (Kind.TYPE, "Kort text", "Lång text")),
        ("kommun", {"label": {"sv": "Vilken ort?"}}, (Kind.TEXT, "Vilken kommun?", "Vilken ort?")),
        ("kommun", {"help": {"sv": "Hjälp"}}, (Kind.HELP, "", "")),
        ("former", {"counts": {"sv": "Alla råd."}}, (Kind.DEFINITION, "", "")),
        ("former", {"counts": {}}, (Kind.DEFINITION, "", "")),
        ("former", {"max_choices": None}, (Kind.MOST, "2", "inget")),
        ("former", {"dont_know": False}, (Kind.UNKNOWN, "", "")),
        ("former", {"or_other": True}, (Kind.CHOICE_ADDED, "", "Annat")),
        ("belopp", {"unit": {"sv": "tusen kronor"}}, (Kind.UNIT, "", "tusen kronor")),
        ("summa", {"calculation": "sum(${belopp}) * 2"}, (Kind.CALCULATION, "", "")),
        ("plan", {"visible_if": ""}, (Kind.SHOWN, "", "")),
    ],
)
def test_each_change_of_a_question_is_told(code: str, fields: dict[str, Any], told: tuple[Kind, str, str]) -> None:
    assert _told(_changed(code, **fields)) == [(code, *told)]


def test_condition_of_the_section_changes_who_is_asked() -> None:
    assert {(code, kind) for code, kind, _b, _a in _told(_changed("avtal", visible_if=""))} == {
        ("motpart", Kind.SHOWN), ("belopp", Kind.SHOWN),
    }  # fmt: skip


def test_translation_alone_changes_nothing() -> None:
    assert _told(_changed("kommun", label={"sv": "Vilken kommun?", "en": "Which municipality?"})) == []


def test_choices_are_compared_by_value() -> None:
    rad, iop, inget = agreements().lists[0].options
    options = (replace(rad, label={"sv": "Stående råd"}), inget, Option("ny", {"sv": "Ny form"}))
    new = editing.put_list(agreements(), "former", ChoiceList("former", options))
    assert set(_told(new)) == {
        ("former", Kind.CHOICE_REMOVED, iop.label["sv"], ""),
        ("former", Kind.CHOICE_ADDED, "", "Ny form"),
        ("former", Kind.CHOICE_TEXT, "Råd", "Stående råd"),
    }


def test_scale_and_repeat_break_the_series() -> None:
    scale = Question("skala", QuestionType.SCALE, {"sv": "Hur?"}, start=1, end=5)
    old = editing.add_item(agreements(), scale)
    new = editing.replace_item(old, "skala", replace(scale, end=7))
    assert _told(new, old) == [("skala", Kind.SCALE, "1–5", "1–7")]
    moved = editing.move_item(agreements(), "kommun", into="avtal")
    assert ("kommun", Kind.REPEATED, "", "") in _told(moved)
    assert compare(agreements(), moved, "sv")[0].weight == Weight.BREAKS


def test_what_breaks_stands_first_and_is_said_in_sentences() -> None:
    new = editing.remove_item(_changed("kommun", help={"sv": "Hjälp"}), "i_fjol")
    found = compare(agreements(), new, "sv")
    assert [one.weight for one in found] == [Weight.BREAKS, Weight.HARMLESS]
    assert found[0].label == "Belopp i fjol"
    assert found[0].sentence() == "Frågan är borttagen. Serien slutar med den förra versionen."
    assert all(one.sentence() for one in found)
