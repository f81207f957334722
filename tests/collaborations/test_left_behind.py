"""What the steps leave behind, over every step of the shipped model: each field is kept as what it is."""

from typing import Any

import pytest

from samverka.collaborations.enums import Form, Rows
from samverka.collaborations.left_behind import (
    KEPT,
    choices_of,
    clean_value,
    clean_values,
    fields_of,
    in_lines,
    kept,
    kind_of,
    value_fields,
)
from samverka.kernel.errors import Refused
from samverka.processes.content import shipped_models
from samverka.processes.enums import FieldKind, LeavesKind
from samverka.processes.reading import SHIPPED, FieldView, StepView, published_model

CODES = [
    step["code"]
    for model in shipped_models()
    if model.head["slug"] == SHIPPED
    for phase in model.phases
    for step in phase["steps"]
]
#: For each kind of field: what one types, what is kept, what is shown.
TYPED: dict[str, tuple[Any, Any, list[str]]] = {
    "text": (" Två\r\nrader \n", "Två\nrader", ["Två\nrader"]),
    "line": ("  En   rad\n", "En rad", ["En rad"]),
    "date": ("2027-03-12", "2027-03-12", ["12 mars 2027"]),
    "list": ("- Första\n\n  andra \n* tredje", ["Första", "andra", "tredje"], ["Första", "andra", "tredje"]),
    "people": ("Karin, 0500-12\nYusuf", ["Karin, 0500-12", "Yusuf"], ["Karin, 0500-12", "Yusuf"]),
    "choice": (" Något  eget ", "Något eget", ["Något eget"]),
    "forms": (["iop", "premises"], ["premises", "iop"], [str(Form.PREMISES.label), str(Form.IOP.label)]),
    "principles": (
        {"dialogue": {"answer": "2", "comment": " Vi hör inget. "}, "quality": {"answer": "", "comment": ""}},
        {"dialogue": {"answer": "2", "comment": "Vi hör inget."}},
        ["Dialog: Stämmer dåligt. Vi hör inget."],
    ),
}
FAULTY: dict[str, Any] = {
    "text": "x" * 10_001,
    "line": "x" * 301,
    "date": "12 mars",
    "list": "rad\n" * 201,
    "people": "x" * 601,
    "choice": "x" * 301,
    "forms": ["kärlek"],
    "principles": {"dialogue": {"answer": "6"}},
}


def step_of(code: str) -> StepView:
    model = published_model(SHIPPED)
    assert model is not None
    step = model.step(code)
    assert step is not None
    return step


def test_shipped_model_has_all_kinds(db: None) -> None:
    assert len(CODES) == len(LeavesKind)
    assert {step_of(code).leaves.kind for code in CODES} == set(LeavesKind.values)


@pytest.mark.parametrize("code", CODES)
def test_every_field_is_kept_as_what_it_is(db: None, code: str) -> None:
    step = step_of(code)
    for field in value_fields(step):
        typed, value, shown = TYPED[kind_of(step, field)]
        choices = choices_of(step, field)
        if choices and kind_of(step, field) == FieldKind.CHOICE:
            typed, value, shown = choices[0][0], choices[0][0], [choices[0][1]]
        assert clean_value(step, field, typed) == value
        assert in_lines(step, field, value) == shown
        assert clean_value(step, field, value) == value, "what is kept is kept alike when it is saved again"


@pytest.mark.parametrize("code", CODES)
def test_every_field_says_what_is_wrong(db: None, code: str) -> None:
    step = step_of(code)
    for field in value_fields(step):
        with pytest.raises(Refused) as refused:
            clean_value(step, field, FAULTY[kind_of(step, field)])
        assert refused.value.details["field"] == field.key
        assert str(refused.value.message)


@pytest.mark.parametrize("code", CODES)
def test_every_field_may_be_empty(db: None, code: str) -> None:
    step = step_of(code)
    fields = value_fields(step)
    assert clean_values(step, fields, {field.key: "" for field in fields if kind_of(step, field) != "principles"}) == {}
    assert not [field for field in fields if in_lines(step, field, None)]


@pytest.mark.parametrize("code", CODES)
def test_every_field_stands_in_one_place(db: None, code: str) -> None:
    """A field is a party's own, or written together, or a row of its own: never two of them, never none."""
    step = step_of(code)
    places = [
        {field.key for field in fields_of(step, joint=True)},
        {field.key for field in fields_of(step, joint=False)},
        set(kept(step).in_rows),
    ]
    assert sum(len(place) for place in places) == len(set().union(*places))
    assert set().union(*places) == {field.key for field in step.leaves.fields}


def test_what_is_said_of_a_kind_names_fields_of_the_model(db: None) -> None:
    steps = {step_of(code).leaves.kind: step_of(code) for code in CODES}
    for kind, how in KEPT.items():
        named = how.in_rows | how.together | set(how.on_collaboration)
        assert named <= {field.key for field in steps[kind].leaves.fields}, kind


def test_parties_own_kinds(db: None) -> None:
    own = {code for code in CODES if kept(step_of(code)).own}
    assert own == {"2.2", "2.5", "3.1", "4.3", "4.5", "6.3", "7.3"}


def test_rows_of_their_own(db: None) -> None:
    rows = {code: kept(step_of(code)).rows for code in CODES if kept(step_of(code)).rows}
    assert rows == {
        "2.2": Rows.MANDATES,
        "2.4": Rows.DIARY_NUMBERS,
        "2.5": Rows.CONTACTS,
        "4.2": Rows.COMMITMENTS,
        "4.5": Rows.DECISIONS,
        "5.1": Rows.COMMITMENTS,
        "5.2": Rows.COMMITMENTS,
        "6.1": Rows.COMMITMENTS,
        "7.1": Rows.DECISIONS,
    }


def test_participation_is_one_of_four(db: None) -> None:
    step = step_of("1.3")
    field = next(field for field in step.leaves.fields if field.key == "participation")
    assert [label for _code, label in choices_of(step, field)] == ["Information", "Samråd", "Dialog", "Partnerskap"]
    with pytest.raises(Refused):
        clean_value(step, field, "Mysigt")


def test_a_models_own_choices_go_before_ours(db: None) -> None:
    step = step_of("1.3")
    field = FieldView("participation", "Delaktighet", "choice", ("Lite", "Mycket"))
    assert choices_of(step, field) == [("Lite", "Lite"), ("Mycket", "Mycket")]


def test_field_that_the_step_lacks_is_refused(db: None) -> None:
    step = step_of("3.2")
    with pytest.raises(Refused):
        clean_values(step, value_fields(step), {"smuggled": "x"})


def test_not_decided_stands_alone_or_not_at_all(db: None) -> None:
    step = step_of("4.1")
    field = next(field for field in step.leaves.fields if field.key == "form")
    assert clean_value(step, field, ["undecided", "iop"]) == ["iop"]
    assert clean_value(step, field, ["undecided"]) == ["undecided"]
