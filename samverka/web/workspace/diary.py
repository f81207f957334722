"""The process diary: the model as the way through it, and one step with what the parties say of its questions."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.collaborations.circles import shared_readers
from samverka.collaborations.models import Draft
from samverka.collaborations.queries import Seat, drafts_of, progress_of, steps_typed_in, texts_by_step
from samverka.collaborations.rules import can_read
from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.processes.reading import ModelView, QuestionView, StepView

from .diary_blocks import NOTES, further_lines, talk_at
from .diary_menu import diary_menu
from .drafts import autosave
from .forms_collaborations import EntryForm
from .left_behind import left_behind_panel
from .pages import circle_field, has_public_body, proposed_by
from .progress import diary_picture, state_panel, step_address
from .seats import seat_at


def model_of(seat: Seat) -> ModelView:
    """Return the model that the diary follows. Raises NotVisible for a matter without one."""
    model = seat.model
    if model is None:
        raise NotVisible
    return model


def step_of(model: ModelView, code: str) -> StepView:
    """Return the step. Raises NotVisible for a code that the model lacks."""
    step = model.step(code)
    if step is None:
        raise NotVisible
    return step


@requires(can_read, load=seat_at)
def diary(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The model with how far the parties have come, and what they have written of the whole."""
    return render(request, "workspace/collaborations/diary.html", diary_context(seat))


def diary_context(seat: Seat, form: EntryForm | None = None) -> dict[str, Any]:
    """Return the context of the diary's first page; `form` when a note came back with errors."""
    model = model_of(seat)
    around, texts = _around(seat, model), seat.texts_at("")
    whole = [text for text in texts if not text.joint], next((text for text in texts if text.joint), None)
    return {
        **around,
        **diary_picture(seat, lambda step: step_address(seat, step.code), around["progress"]),
        **write_context(seat, "", form, around["drafts"]),
        "chosen": [step for code in seat.collaboration.chosen_steps if (step := model.step(code))],
        "proposed_by": proposed_by(seat),
        "talk": talk_at(seat, *whole),
    }


@requires(can_read, load=seat_at)
def diary_step(request: HttpRequest, seat: Seat, step: str) -> HttpResponse:
    """One question of a step, in large type, and what each party says of it."""
    context = step_context(seat, step, request.GET.get("fraga", ""))
    return render(request, "workspace/collaborations/step.html", context)


def step_context(seat: Seat, code: str, asked: str = "", form: EntryForm | None = None) -> dict[str, Any]:
    """Return the context of a step's page: `asked` is a question's number within the step, "" for the main one or
    NOTES; `form` when a text came back with errors.
    """
    model = model_of(seat)
    step = step_of(model, code)
    question = _question(step, asked)
    place = question.code if question else step.code
    texts = seat.texts_at(code)
    entries, joint = [text for text in texts if not text.joint], [text for text in texts if text.joint]
    here = question.code if question else ""
    before, after = model.beside(step)
    around = _around(seat, model, code)
    return {
        **around,
        **write_context(seat, place, form, around["drafts"]),
        "step": step,
        "panel": state_panel(seat, step, around["progress"]),
        **left_behind_panel(seat, step),
        "phase": model.phase_of(step),
        "question": question,
        "place_code": place,
        "talk": talk_at(
            seat,
            [entry for entry in entries if entry.question == here],
            next((text for text in joint if text.question == here), None),
        ),
        "lines": further_lines(seat, step, texts, here),
        "before": before,
        "after": after,
    }


def _question(step: StepView, asked: str) -> QuestionView | None:
    if asked == NOTES:
        return None
    number = int(asked) if asked.isdecimal() else 1
    if not 1 <= number <= len(step.questions):
        raise NotVisible
    return step.questions[number - 1]


def _around(seat: Seat, model: ModelView, here: str = "") -> dict[str, Any]:
    progress, drafts = progress_of(seat), drafts_of(seat)
    return {
        "acting": seat.acting,
        "seat": seat,
        "model": model,
        "progress": progress,
        "menu": diary_menu(seat, progress, texts_by_step(seat), steps_typed_in(drafts), here),
        "drafts": drafts,
        "all_readers": shared_readers(seat.parties),
    }


def write_context(seat: Seat, place: str, form: EntryForm | None, drafts: Mapping[str, Draft]) -> dict[str, Any]:
    """Return what the box for a new text at `place` needs; nothing for who only reads."""
    if not seat.writes:
        return {"form": None}
    key = f"{'q' if place.count('.') > 1 else 's' if place else 'n'}:{place}"
    draft = drafts.get(key)
    shown = form or EntryForm(initial=draft.values if draft else None)
    return {
        "form": form,
        "place": place,
        "circle_field": circle_field(seat, shown),
        "autosave": autosave(seat, key, draft),
        "public_record": has_public_body(seat),
    }
