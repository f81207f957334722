"""The table of step states, and the diagram made from it."""

import pytest

from samverka.collaborations.enums import NOT_BEGUN, StepState
from samverka.collaborations.reference import steps_markdown
from samverka.collaborations.workflow import STATE_LABELS, TRANSITIONS, from_state, transition


def test_every_state_can_be_left_and_every_state_but_the_first_reached() -> None:
    assert {way.source for way in TRANSITIONS} == set(STATE_LABELS)
    assert {way.target for way in TRANSITIONS} == set(StepState)


def test_no_way_stands_twice() -> None:
    assert len({(way.source, way.target) for way in TRANSITIONS}) == len(TRANSITIONS)


def test_only_opening_again_needs_a_reason() -> None:
    assert {way.target for way in TRANSITIONS if way.needs_reason} == {StepState.REOPENED}


def test_only_the_first_step_happens_by_itself() -> None:
    assert [(way.source, way.target) for way in TRANSITIONS if way.by_itself] == [(NOT_BEGUN, StepState.UNDER_WAY)]


@pytest.mark.parametrize(
    ("source", "target"), [(StepState.DONE, StepState.UNDER_WAY), (StepState.UNDER_WAY, StepState.REOPENED)]
)
def test_what_is_not_in_the_table_has_no_way(source: str, target: str) -> None:
    assert transition(source, target) is None


def test_diagram_draws_every_way() -> None:
    page = steps_markdown()
    assert "stateDiagram-v2" in page
    for way in TRANSITIONS:
        assert f"  {way.source or 'not_begun'} --> {way.target}: {way.label}" in page


def test_buttons_come_from_the_table() -> None:
    assert [way.target for way in from_state(NOT_BEGUN)] == [StepState.UNDER_WAY, StepState.DONE]
