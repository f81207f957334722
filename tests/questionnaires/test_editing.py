"""Changes to a definition: each by itself, and any series of them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverka.questionnaires import editing
from samverka.questionnaires.checking import faults
from samverka.questionnaires.definition import ChoiceList, Definition, Item, Option, Question, Section
from samverka.questionnaires.document import from_document, to_document
from samverka.questionnaires.editing import EditingError
from samverka.questionnaires.enums import QuestionType, SectionKind
from samverka.questionnaires.texts import already_said, fill_in, text_places, untranslated

from .forms import agreements, definitions

NEW = Question("ny", QuestionType.TEXT, {"sv": "Ny?"})


def _codes(items: tuple[Item, ...]) -> list[Any]:
    return [(item.code, _codes(item.items)) if isinstance(item, Section) else item.code for item in items]


def test_item_is_added_last_or_at_a_place() -> None:
    assert _codes(editing.add_item(agreements(), NEW).items)[-1] == "ny"
    added = editing.add_item(agreements(), NEW, into="avtal", place=1)
    assert ("avtal", ["motpart", "ny", "belopp"]) in _codes(added.items)


@pytest.mark.parametrize("code", ["kommun", "två ord", "", "1a"])
def test_code_that_is_taken_or_cannot_be_is_refused(code: str) -> None:
    with pytest.raises(EditingError) as refused:
        editing.add_item(agreements(), replace(NEW, code=code))
    assert refused.value.field == "code"


def test_section_with_a_taken_code_inside_is_refused() -> None:
    with pytest.raises(EditingError):
        editing.add_item(agreements(), Section("del", items=(replace(NEW, code="kommun"),)))


def test_item_is_moved_within_and_between_sections() -> None:
    assert _codes(editing.shift_item(agreements(), "kommun", 1).items)[:2] == ["former", "kommun"]
    assert editing.shift_item(agreements(), "kommun", -1) == agreements()
    assert editing.shift_item(agreements(), "plan", 5) == agreements()
    moved = editing.move_item(agreements(), "plan", into="avtal", place=0)
    assert ("avtal", ["plan", "motpart", "belopp"]) in _codes(moved.items)
    assert "plan" not in _codes(moved.items)


def test_section_is_not_moved_into_itself() -> None:
    nested = editing.add_item(agreements(), Section("inre", label={"sv": "Inre"}), into="avtal")
    for into in ("avtal", "inre"):
        with pytest.raises(EditingError):
            editing.move_item(nested, "avtal", into=into)
    with pytest.raises(EditingError):
        editing.move_item(nested, "avtal", into="kommun")


def test_copy_of_a_section_speaks_of_itself() -> None:
    asked = Question("skal", QuestionType.TEXT, {"sv": "Varför ${belopp}?"}, visible_if="${ belopp } > 10")
    copied = editing.copy_item(editing.add_item(agreements(), asked, into="avtal"), "avtal")
    assert [item.code for item in copied.items][2:4] == ["avtal", "avtal_2"]
    copy = copied.by_code["skal_2"].item
    assert (copy.visible_if, copy.label["sv"]) == ("${belopp_2} > 10", "Varför ${belopp_2}?")
    assert copied.by_code["skal"].item == asked
    assert faults(copied) == []
    assert "avtal_3" in editing.copy_item(copied, "avtal_2").by_code


def test_new_code_is_followed_everywhere() -> None:
    kommun = agreements().by_code["kommun"].item
    renamed = editing.replace_item(agreements(), "kommun", replace(kommun, code="ort"))
    assert renamed.by_code["avtal"].item.label["sv"] == "Avtal i ${ort}"
    belopp = renamed.by_code["belopp"].item
    renamed = editing.replace_item(renamed, "belopp", replace(belopp, code="pengar"))
    assert renamed.by_code["summa"].item.calculation == "sum(${pengar})"  # type: ignore[union-attr]
    assert faults(renamed) == []


def test_what_is_annat_follows_a_new_code() -> None:
    former = replace(agreements().by_code["former"].item, or_other=True)
    definition = editing.replace_item(agreements(), "former", former)
    definition = editing.add_item(definition, replace(NEW, visible_if="${former_other} != ''"))
    renamed = editing.replace_item(definition, "former", replace(former, code="sort"))
    assert renamed.by_code["ny"].item.visible_if == "${sort_other} != ''"
    assert [item.code for item in editing.speaking_of(definition, "former")] == ["avtal", "ny"]


def test_removing_tells_what_speaks_of_it() -> None:
    assert [item.code for item in editing.speaking_of(agreements(), "avtal")] == ["summa", "plan"]
    assert "belopp" not in editing.remove_item(agreements(), "avtal").by_code
    with pytest.raises(EditingError):
        editing.remove_item(agreements(), "saknas")


def test_lists_are_renamed_and_kept_while_used() -> None:
    found = agreements().lists[0]
    renamed = editing.put_list(agreements(), "former", replace(found, name="sorter"))
    assert renamed.by_code["former"].item.choices == "sorter"  # type: ignore[union-attr]
    with pytest.raises(EditingError):
        editing.remove_list(renamed, "sorter")
    added = editing.put_list(renamed, "", ChoiceList("ny", (Option("a", {"sv": "A"}),)))
    assert editing.remove_list(added, "ny") == renamed
    for name in ("sorter", "a b"):
        with pytest.raises(EditingError):
            editing.put_list(added, "ny", ChoiceList(name))


def test_missing_texts_are_found_and_filled_in() -> None:
    missing = untranslated(agreements())
    assert {place.key for place, _texts, _codes in missing} >= {"item:kommun:label:0", "item:avtal:label:0"}
    given = {(place.key, code): f"In {code}" for place, _texts, codes in missing for code in codes}
    filled = fill_in(agreements(), given)
    assert untranslated(filled) == []
    assert filled.by_code["belopp"].item.label["en"] == "In en"
    assert filled.title == agreements().title
    again = {("title::label:0", "en"): "Another", ("item:kommun:label:0", "en"): ""}
    assert fill_in(filled, again) == filled
    assert [(place.kind, code, mine) for place, code, _theirs, mine in already_said(filled, again)] == [
        ("title", "en", "Another")
    ]


def test_places_of_texts_are_told_apart() -> None:
    keys = [place.key for place, _texts in text_places(agreements())]
    assert len(keys) == len(set(keys))


def _edit(draw: Any, definition: Definition) -> Definition:
    codes = list(definition.by_code)
    code = draw(st.sampled_from(codes)) if codes else ""
    sections = ["", *(one.item.code for one in definition.placed if isinstance(one.item, Section))]
    into = draw(st.sampled_from(sections))
    free = editing.free_code("ny", definition.by_code)
    made = draw(st.sampled_from([replace(NEW, code=free), Section(free, SectionKind.REPEAT, {"sv": "Del"})]))
    changes: list[Any] = [
        lambda: editing.add_item(definition, made, into=into, place=draw(st.sampled_from([None, 0, 1]))),
        lambda: editing.remove_item(definition, code),
        lambda: editing.shift_item(definition, code, draw(st.integers(-2, 2))),
        lambda: editing.move_item(definition, code, into=into, place=draw(st.sampled_from([None, 0]))),
        lambda: editing.copy_item(definition, code),
        lambda: editing.replace_item(definition, code, replace(editing.item_of(definition, code), code=free)),
        lambda: editing.put_list(definition, "", ChoiceList(free, (Option("a", {"sv": "A"}),))),
        lambda: editing.remove_list(definition, free),
    ]
    try:
        return draw(st.sampled_from(changes))()
    except EditingError:
        return definition


@settings(max_examples=60, deadline=None)
@given(data=st.data(), definition=definitions())
def test_any_series_of_edits_leaves_a_definition_that_documents_round_trip(data: Any, definition: Definition) -> None:
    for _step in range(data.draw(st.integers(1, 8))):
        definition = _edit(data.draw, definition)
        codes = [placed.item.code for placed in definition.placed]
        assert len(codes) == len(set(codes))
        assert from_document(to_document(definition)) == definition
        faults(definition)


@settings(max_examples=40, deadline=None)
@given(data=st.data(), definition=definitions())
def test_moving_keeps_every_item_and_copying_adds_no_fault(data: Any, definition: Definition) -> None:
    code = data.draw(st.sampled_from(list(definition.by_code)))
    shifted = editing.shift_item(definition, code, data.draw(st.integers(-3, 3)))
    assert shifted.by_code.keys() == definition.by_code.keys()
    assert len(editing.copy_item(definition, code).placed) > len(definition.placed)
    assert faults(editing.copy_item(definition, code)) == []


@settings(max_examples=40, deadline=None)
@given(data=st.data(), definition=definitions())
def test_renaming_back_gives_the_same_definition(data: Any, definition: Definition) -> None:
    code = data.draw(st.sampled_from(list(definition.by_code)))
    item = definition.by_code[code].item
    renamed = editing.replace_item(definition, code, replace(item, code="nytt_namn"))
    assert faults(renamed) == []
    now = renamed.by_code["nytt_namn"].item
    assert editing.replace_item(renamed, "nytt_namn", replace(now, code=code)) == definition
