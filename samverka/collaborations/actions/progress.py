"""How far the parties have come: the state of a step, and each party's word on a phase. Rows are only added."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.processes.enums import LeavesKind

from .. import workflow
from ..enums import NOT_BEGUN, NoticeKind, PhaseAnswer, StepState
from ..models import Collaboration, PhaseConfirmation, StepChange
from ..notices import tell
from ..queries import Seat
from ..queries.progress import progress_of
from ..rules import can_answer_phase, can_change_step, can_confirm
from .checks import hold
from .trail import record_for_parties


@transaction.atomic
def change_step(*, by: Seat, step: str, state: StepState, reason: str = "") -> StepChange | None:
    """Say how far a step has come, in any order of steps; the newest row holds.

    Returns None when it stands so already. Raises NotAllowed, NotVisible for a step that the model lacks, Refused
    where `workflow` has no such way or a reason is missing.
    """
    hold(by)
    if not can_change_step(by.user, by):
        raise NotAllowed
    _refuse_unknown_step(by, step)
    way = _way(_state_now(by.collaboration, step), state)
    if way is None:
        return None
    if way.needs_reason and not reason.strip():
        raise Refused(_("Skriv varför steget öppnas igen, så att de andra parterna förstår."), field="reason")
    return _add_change(by, step, state, reason.strip())


def _refuse_unknown_step(seat: Seat, step: str) -> None:
    model = seat.model
    if model is None or model.step(step) is None:
        raise NotVisible


def _state_now(collaboration: Collaboration, step: str) -> str:
    newest = StepChange.objects.filter(collaboration=collaboration, step=step).values_list("state", flat=True).first()
    return newest or NOT_BEGUN


def _way(source: str, target: StepState) -> workflow.Transition | None:
    """Return the way to `target`, None when that is where the step is. Raises Refused when there is no way."""
    if source == target:
        return None
    way = workflow.transition(source, target)
    if way is None:
        raise Refused(
            _("Steget kan inte gå från ”%(now)s” till ”%(wanted)s”. Ladda om sidan för att se hur det står till.")
            % {"now": workflow.STATE_LABELS[source], "wanted": target.label}
        )
    return way


def _add_change(by: Seat, step: str, state: StepState, reason: str) -> StepChange:
    change = StepChange.objects.create(
        collaboration=by.collaboration, step=step, state=state, party=by.party, by=by.user, reason=reason
    )
    _record(f"step.{state.value}", by, {"step": step}, reason)
    return change


def _record(action: str, by: Seat, changes: dict[str, Any], said: str) -> None:
    """Write it in every party's log, that the person acts for several of them too (R12); of a text only its length."""
    if said:
        changes = changes | {"text": audit.hidden_text(said)}
    if by.both_sides:
        changes = changes | {"both_sides": True}
    record_for_parties(action, by=by.user, collaboration=by.collaboration, changes=changes)


@transaction.atomic
def note_activity(*, by: Seat, step: str) -> None:
    """Record that a step is under way, when something in it has become readable to all and nobody has said more.

    Called by the action that shares or writes it, which holds the collaboration; a step the model lacks, or none, is
    left alone.
    """
    model = by.model
    if not by.writes or model is None or model.step(step) is None:
        return
    if _state_now(by.collaboration, step) == NOT_BEGUN:
        _add_change(by, step, StepState.UNDER_WAY, "")


def note_left_behind(*, by: Seat, kind: LeavesKind) -> None:
    """The same for the step that leaves such things behind: a promise, a mandate, a decision."""
    steps = by.model.steps if by.model else ()
    step = next((step for step in steps if step.leaves.kind == kind), None)
    if step is not None:
        note_activity(by=by, step=step.code)


@transaction.atomic
def answer_phase(*, by: Seat, phase: int, answer: PhaseAnswer, comment: str = "") -> PhaseConfirmation:
    """Say for the party that a phase is done, or not yet and why. Returns the standing answer when it is the same.

    Raises NotAllowed, NotVisible for a phase that the model lacks, Refused for a person on both sides, with nobody
    else at the table, or without a comment to "not yet".
    """
    hold(by)
    _refuse_answer(by, phase)
    said = comment.strip()
    if answer == PhaseAnswer.NOT_YET and not said:
        raise Refused(_("Skriv vad som återstår, så att de andra parterna vet."), field="comment")
    standing = progress_of(by).answer_of(phase, by.party)
    if standing is not None and standing.answer == answer and standing.comment == said:
        return PhaseConfirmation.objects.get(pk=standing.pk)
    confirmation = PhaseConfirmation.objects.create(
        collaboration=by.collaboration, phase=phase, party=by.party, answer=answer, comment=said, by=by.user
    )
    _record(f"phase.{answer.value}", by, {"phase": phase}, said)
    tell(NoticeKind.PHASE_ANSWERED, by=by, about=confirmation)
    return confirmation


def _refuse_answer(by: Seat, phase: int) -> None:
    if by.both_sides and by.writes:
        raise Refused(_("Du handlar för mer än en part här. Någon annan hos er behöver säga om fasen är klar."))
    if not can_confirm(by):
        raise NotAllowed
    if by.alone:
        raise Refused(_("Faser bekräftas när en part till har tackat ja. Till dess räcker det att bocka av stegen."))
    if not can_answer_phase(by.user, by):
        raise NotAllowed
    model = by.model
    if model is None or phase not in {found.number for found in model.phases}:
        raise NotVisible
