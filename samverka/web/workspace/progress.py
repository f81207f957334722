"""How far the parties have come: the state of a step, a phase and what each party says of it, the picture with both."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.circles import shared_readers
from samverka.collaborations.enums import NOT_BEGUN, PhaseAnswer, StepState
from samverka.collaborations.models import StepChange
from samverka.collaborations.queries import PhaseStanding, Progress, Seat, people_on_both_sides, progress_of
from samverka.collaborations.rules import can_answer_phase, can_change_step, can_read, can_write
from samverka.collaborations.workflow import from_state
from samverka.kernel.access import requires
from samverka.kernel.errors import NotAllowed, Refused
from samverka.processes.reading import StepView
from samverka.web.components.model_picture import model_picture
from samverka.web.context import address

from .forms_progress import PhaseAnswerForm, StepStateForm
from .progress_words import phase_label, phase_words, state_words, steps_done
from .seats import seat_at


def _ids(seat: Seat) -> tuple[str, str]:
    return seat.acting.organisation.public_id, seat.collaboration.public_id


def step_address(seat: Seat, code: str) -> str:
    """Return the address of a step's page in the diary; its phase's while there is none."""
    return address("diary_step", *_ids(seat), code) or phase_address(seat, int(code.partition(".")[0]))


def phase_address(seat: Seat, phase: int) -> str:
    """Return the address of a phase's page."""
    return address("phase", *_ids(seat), str(phase))


# A step


def state_panel(seat: Seat, step: StepView, progress: Progress | None = None) -> dict[str, Any]:
    """Return what `_step_state.html` shows of a step: its state, who set it, when and why, and what may become of it.

    One query; none where `progress` says that nothing has happened to it.
    """
    newest = None if progress and progress.state_of(step.code) == NOT_BEGUN else _newest_change(seat, step)
    state = newest.state if newest else NOT_BEGUN
    return {
        "step": step,
        "state": state,
        "state_words": state_words(state),
        "change": newest,
        "ways": from_state(state) if can_change_step(seat.user, seat) else (),
        "reason": StepStateForm()["reason"],
        "readers": shared_readers(seat.parties),
        "url": address("step_state", *_ids(seat), step.code),
        "phase_url": phase_address(seat, step.phase_number),
    }


def _newest_change(seat: Seat, step: StepView) -> StepChange | None:
    changes = StepChange.objects.filter(collaboration=seat.collaboration, step=step.code)
    newest: StepChange | None = changes.select_related("by", "party__organisation", "party__unit").first()
    return newest


@require_POST
@requires(can_write, load=seat_at)
def step_state(request: HttpRequest, seat: Seat, step: str) -> HttpResponse:
    """Change a step's state by the button that was pressed, and go back to the step."""
    form = StepStateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Välj vad som ska hända med steget och försök igen."))
        return redirect(step_address(seat, step))
    try:
        change = actions.change_step(
            by=seat, step=step, state=StepState(form.cleaned_data["state"]), reason=form.cleaned_data["reason"]
        )
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        said = StepState(form.cleaned_data["state"]).label
        messages.success(request, _("Steg %(code)s: %(state)s.") % {"code": step, "state": str(said).lower()})
        if change is not None and (answer := _ask_for_phase(seat, step)):
            messages.info(request, answer)
    return redirect(step_address(seat, step))


def _ask_for_phase(seat: Seat, step: str) -> str:
    """Say that all steps of the phase are done, when this was the last and the phase can be confirmed."""
    standing = progress_of(seat).phases[int(step.partition(".")[0])]
    if standing.done < standing.total or not can_answer_phase(seat.user, seat):
        return ""
    return _("Alla steg i fasen är klara. Vill ni säga att hela fasen är klar?")


# A phase


@requires(can_read, load=seat_at)
def phase(request: HttpRequest, seat: Seat, phase: int) -> HttpResponse:
    """A phase: its steps, what each party has said, and the party's own answer."""
    progress = progress_of(seat) if seat.model else None
    standing = progress.phases.get(phase) if progress else None
    if progress is None or standing is None:
        raise Http404
    # Who acts for both sides is told why by the action (users.md R12); who may not confirm is refused at once.
    if request.method == "POST" and not (can_answer_phase(request.user, seat) or seat.both_sides):
        raise NotAllowed
    form = PhaseAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, seat, phase, form)
    context = _phase_context(seat, progress, standing) | {"form": form}
    return render(request, "workspace/collaborations/phase.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, seat: Seat, phase: int, form: PhaseAnswerForm) -> HttpResponse:
    answer = PhaseAnswer(form.cleaned_data["answer"])
    actions.answer_phase(by=seat, phase=phase, answer=answer, comment=form.cleaned_data["comment"])
    said = (
        _("Ni har sagt att fasen är klar. De andra parterna ser det.")
        if answer == PhaseAnswer.CONFIRMED
        else _("Ni har sagt att fasen inte är klar än. De andra parterna ser varför.")
    )
    messages.success(request, said)
    return redirect("phase", *_ids(seat), phase)


def _phase_context(seat: Seat, progress: Progress, standing: PhaseStanding) -> dict[str, Any]:
    numbers = sorted(progress.phases)
    at = numbers.index(standing.phase.number)
    return {
        "acting": seat.acting,
        "seat": seat,
        "standing": standing,
        "said": phase_words(standing),
        "steps_said": steps_done(standing),
        "steps": [(step, state_words(step.state), step_address(seat, step.step.code)) for step in standing.steps],
        "ours": standing.voice_of(seat.party),
        "may_answer": can_answer_phase(seat.user, seat),
        "readers": shared_readers(seat.parties),
        "both_sides": people_on_both_sides(seat.collaboration, seat.active),
        "before": progress.phases[numbers[at - 1]].phase if at else None,
        "after": progress.phases[numbers[at + 1]].phase if at + 1 < len(numbers) else None,
    }


# The picture


def diary_picture(seat: Seat, address: Callable[[StepView], str], progress: Progress | None = None) -> dict[str, Any]:
    """Return what `_picture.html` draws: the model with the state of each step and the standing of each phase.

    `address` gives where a step's stop leads. Three queries, none when `progress` is given.
    """
    found = progress or progress_of(seat)
    states = {step.code: found.state_of(step.code) for step in found.model.steps}
    said = {number: phase_label(standing) for number, standing in found.phases.items()}
    return {
        "picture": model_picture(found.model, address, states=states, said=said),
        "phases": [
            (standing, phase_words(standing), phase_address(seat, number), _stops(standing, address))
            for number, standing in found.phases.items()
        ],
        "here": found.here.phase.number if found.here and found.changes else 0,
    }


def _stops(standing: PhaseStanding, address: Callable[[StepView], str]) -> list[tuple[Any, str, str]]:
    return [(step, state_words(step.state), address(step.step)) for step in standing.steps]
