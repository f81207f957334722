"""How a step's state changes: the one table that the action, the buttons and the diagram of docs/reference follow.

The table speaks of one step. Steps are taken in any order, and none waits for another.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .enums import NOT_BEGUN, StepState

STATE_LABELS: dict[str, Any] = {NOT_BEGUN: _("Inte börjat"), **dict(StepState.choices)}


@dataclass(frozen=True)
class Transition:
    """A way from one state to the next. `label` is its button; `by_itself` when it also happens without a press."""

    source: str
    target: StepState
    label: Any
    needs_reason: bool = False
    by_itself: bool = False


TRANSITIONS = (
    Transition(NOT_BEGUN, StepState.UNDER_WAY, _("Vi har börjat"), by_itself=True),
    Transition(NOT_BEGUN, StepState.DONE, _("Steget är klart")),
    Transition(StepState.UNDER_WAY, StepState.DONE, _("Steget är klart")),
    Transition(StepState.DONE, StepState.REOPENED, _("Öppna steget igen"), needs_reason=True),
    Transition(StepState.REOPENED, StepState.DONE, _("Steget är klart igen")),
)


def from_state(source: str) -> tuple[Transition, ...]:
    """Return the ways out of a state, in the order of their buttons."""
    return tuple(transition for transition in TRANSITIONS if transition.source == source)


def transition(source: str, target: str) -> Transition | None:
    """Return the way from `source` to `target`, or None when there is none."""
    return next((found for found in from_state(source) if found.target == target), None)
