"""What answers come to: shown, calculated, wrong, worth a second look."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.questionnaires.checking import faults
from samverka.questionnaires.definition import ChoiceList, Definition, Option, Question, Section
from samverka.questionnaires.engine import Engine, Outcome
from samverka.questionnaires.enums import NoAnswer, QuestionType, SectionKind
from samverka.questionnaires.values import AnswerFault, AnswerReader, from_json, to_json

from .forms import SV, agreements, definitions

TODAY = datetime.date(2026, 11, 25)
T = QuestionType


def _outcome(answers: dict[str, Any], definition: Definition | None = None) -> Outcome:
    return Engine(definition or agreements()).evaluate(answers, today=TODAY)


def _reader(code: str, definition: Definition | None = None) -> AnswerReader:
    found = definition or agreements()
    item = found.by_code[code].item
    assert isinstance(item, Question)
    return AnswerReader(found, item)


def test_group_is_shown_when_its_condition_holds() -> None:
    hidden = _outcome({"kommun": "Exempelby", "former": ("rad",), "avtal": [{"motpart": "Byalaget"}]})
    assert ("avtal", None) not in hidden.shown
    assert hidden.rows["avtal"] == []
    shown = _outcome({"kommun": "Exempelby", "former": ("iop",), "avtal": [{"motpart": "Byalaget"}]})
    assert {("avtal", None), ("motpart", 0), ("belopp", 0), ("plan", None)} <= shown.shown


def test_hidden_answer_counts_for_nothing() -> None:
    rows = [{"belopp": Decimal(50)}, {"belopp": Decimal(25)}]
    assert _outcome({"former": ("iop",), "avtal": rows}).values["summa"] == 75
    assert _outcome({"former": ("rad",), "avtal": rows}).values["summa"] is None


def test_problems_tell_required_invalid_and_warning_apart() -> None:
    found = _outcome(
        {"former": ("iop",), "avtal": [{"belopp": Decimal(-1)}, {"belopp": Decimal(90)}], "i_fjol": Decimal(10)}
    )
    assert {(problem.code, problem.row, problem.kind) for problem in found.problems} == {
        ("kommun", None, "required"), ("belopp", 0, "invalid"), ("i_fjol", None, "warning"),
    }  # fmt: skip
    assert [problem.code for problem in found.of_kind("warning")] == ["i_fjol"]


def test_dont_know_answers_a_required_question_and_is_missing_in_conditions() -> None:
    question = Question("a", T.INTEGER, {"sv": "A"}, required_if="true()", dont_know=True, valid_if=". > 5")
    follow = Question("b", T.TEXT, {"sv": "B"}, visible_if="${a} = ''")
    found = _outcome({"a": NoAnswer.DONT_KNOW}, Definition({"sv": "T"}, (SV,), (question, follow)))
    assert found.problems == []
    assert found.values["a"] is NoAnswer.DONT_KNOW
    assert ("b", None) in found.shown


def test_calculated_fields_wait_for_each_other_in_any_order() -> None:
    items = (
        Question("c", T.CALCULATED, calculation="${b} * 2"),
        Question("b", T.CALCULATED, calculation="${a} + 1"),
        Question("a", T.INTEGER, {"sv": "A"}),
    )
    assert _outcome({"a": Decimal(3)}, Definition({"sv": "T"}, (SV,), items)).values["c"] == 8


def test_two_definitions_are_derived_from_four_facts() -> None:
    facts = [Question(code, T.YES_NO, {"sv": code}) for code in ("antaget", "dialog", "oppen", "plan")]
    derived = (
        Question("enligt_a", T.CALCULATED, calculation="if(${antaget} = 'yes' and ${dialog} = 'yes', 'yes', 'no')"),
        Question("enligt_b", T.CALCULATED,
                 calculation="if(${enligt_a} = 'yes' and ${oppen} = 'yes' and ${plan} = 'yes', 'yes', 'no')"),
    )  # fmt: skip
    definition = Definition({"sv": "T"}, (SV,), (*facts, *derived))
    assert faults(definition) == []
    found = _outcome({"antaget": "yes", "dialog": "yes", "oppen": "no"}, definition).values
    assert (found["enligt_a"], found["enligt_b"]) == ("yes", "no")


def test_number_of_rows_can_be_told_by_an_answer() -> None:
    group = Section("barn", SectionKind.REPEAT, count="${antal}", items=(Question("namn", T.TEXT, {"sv": "Namn"}),))
    definition = Definition({"sv": "T"}, (SV,), (Question("antal", T.INTEGER, {"sv": "Antal"}), group))
    assert len(_outcome({"antal": Decimal(2)}, definition).rows["barn"]) == 2
    assert _outcome({"antal": Decimal(10**9)}, definition).rows["barn"][499:] == [{"namn": None}]
    assert _outcome({"antal": Decimal(-1)}, definition).rows["barn"] == []


def test_choices_are_filtered_by_another_answer() -> None:
    towns = ChoiceList(
        "orter", (Option("a", {"sv": "A"}, attributes={"lan": "x"}), Option("b", {"sv": "B"}, attributes={"lan": "y"}))
    )
    items = (
        Question("lan", T.TEXT, {"sv": "Län"}),
        Question("ort", T.ONE, {"sv": "Ort"}, choices="orter", choice_filter="${lan} = lan"),
    )
    definition = Definition({"sv": "T"}, (SV,), items, (towns,))
    assert faults(definition) == []
    engine = Engine(definition)
    found = engine.evaluate({"lan": "x", "ort": "b"}, today=TODAY)
    assert [problem.kind for problem in found.problems] == ["invalid"]
    offered = engine.options(items[1], engine.scope(found, today=TODAY))
    assert [option.value for option in offered] == ["a"]
    assert engine.evaluate({"lan": "x", "ort": "a"}, today=TODAY).problems == []


def test_text_shows_an_answer() -> None:
    engine = Engine(agreements())
    found = engine.evaluate({"kommun": "Exempelby"}, today=TODAY)
    section = engine.definition.by_code["avtal"].item
    assert engine.piped(section.label, engine.scope(found, today=TODAY), "en") == "Avtal i Exempelby"


@given(definitions())
def test_any_questionnaire_can_be_answered_with_nothing(definition: Definition) -> None:
    found = Engine(definition).evaluate({}, today=TODAY)
    assert {problem.kind for problem in found.problems} <= {"required"}


# Answers as they are typed


@pytest.mark.parametrize(
    ("code", "typed", "expected"),
    [
        ("kommun", "  Exempelby ", "Exempelby"),
        ("kommun", " ", None),
        ("former", "rad", ("rad",)),
        ("former", "iop rad", ("rad", "iop")),
        ("former", "Råd; IOP", ("rad", "iop")),
        ("former", "Partnership|rad", ("rad", "iop")),
        ("former", "Inget av detta", ("inget",)),
        ("former", "dont_know", NoAnswer.DONT_KNOW),
        ("plan", "Ja", "yes"),
        ("plan", "0", "no"),
        ("plan", "not_applicable", NoAnswer.NOT_APPLICABLE),
        ("i_fjol", "1 250,50", Decimal("1250.5")),
        ("i_fjol", "-3.5e2", Decimal(-350)),
    ],
)
def test_answer_is_read(code: str, typed: str, expected: Any) -> None:
    assert _reader(code).read(typed) == expected


@pytest.mark.parametrize(
    ("code", "typed"),
    [("former", "okänd"), ("former", "rad iop inget"), ("former", "rad inget"), ("plan", "kanske"),
     ("plan", "dont_know"),
     ("i_fjol", "många"), ("i_fjol", "1,2,3"), ("i_fjol", "NaN"), ("i_fjol", "1e99")],
)  # fmt: skip
def test_what_is_no_answer_is_refused(code: str, typed: str) -> None:
    with pytest.raises(AnswerFault):
        _reader(code).read(typed)


def test_scale_date_and_whole_number_keep_their_bounds() -> None:
    items = (
        Question("skala", T.SCALE, {"sv": "S"}, start=1, end=5), Question("dag", T.DATE, {"sv": "D"}),
        Question("antal", T.INTEGER, {"sv": "N"}),
    )  # fmt: skip
    definition = Definition({"sv": "T"}, (SV,), items)
    assert _reader("skala", definition).read("5") == 5
    assert _reader("dag", definition).read("2026-03-01 00:00:00") == datetime.date(2026, 3, 1)
    assert _reader("antal", definition).read("12.0") == 12
    for code, typed in (("skala", "6"), ("skala", "2,5"), ("dag", "1 mars"), ("dag", "2026-02-30"), ("antal", "1,5")):
        with pytest.raises(AnswerFault):
            _reader(code, definition).read(typed)


def test_none_is_an_answer_when_it_is_a_choice() -> None:
    choices = ChoiceList("val", (Option("None", {"en": "None"}), Option("Some", {"en": "Some"})))
    definition = Definition({"en": "T"}, (SV,), (Question("a", T.ONE, {"en": "A"}, choices="val"),), (choices,))
    assert _reader("a", definition).read("None") == "None"
    assert _reader("a", definition).read("") is None


@given(st.one_of(
    st.tuples(st.just("i_fjol"), st.decimals(-10**9, 10**9, places=4)),
    st.tuples(st.just("kommun"), st.text(min_size=1)),
    st.tuples(st.just("former"), st.sampled_from([("rad",), ("rad", "iop"), NoAnswer.DONT_KNOW, None])),
))  # fmt: skip
def test_answer_kept_as_json_comes_back(pair: tuple[str, Any]) -> None:
    code, answer = pair
    assert from_json(_reader(code).question, to_json(answer)) == answer
