"""The form for what a step leaves behind, sharing it, and its earlier versions."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.enums import Circle, Rows
from samverka.collaborations.left_behind import kept
from samverka.collaborations.models import Outcome
from samverka.collaborations.queries import (
    Seat,
    drafts_of,
    fields_to_write,
    outcome_of,
    outcome_to_write,
    outcome_versions,
    stands_on_collaboration,
    values_of,
    version_of,
    writes_together,
)
from samverka.collaborations.rules import can_read, can_share_outcome, can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible
from samverka.processes.reading import StepView
from samverka.web.components.autosave import Autosave
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import names_in_words

from .conflicts import Differing
from .diary import model_of, step_of
from .drafts import autosave, forget, typed
from .forms_left_behind import OutcomeForm
from .pages import has_public_body
from .said import all_readers, back_url, facts_in, outcome_view, place
from .seats import seat_at
from .terms_first import terms_first

PAGES = "workspace/collaborations"
#: Where one writes what is rows of its own.
ROW_PAGES = {Rows.MANDATES: "mandates", Rows.DECISIONS: "decisions", Rows.CONTACTS: "collaboration_about"}


@requires(can_write, load=seat_at)
@terms_first
def left_behind(request: HttpRequest, seat: Seat, step: str) -> HttpResponse:
    """Write it: together, or for the party where each says it for itself."""
    view = step_of(model_of(seat), step)
    return _write(request, seat, view, joint=writes_together(seat, view))


@requires(can_write, load=seat_at)
@terms_first
def left_behind_together(request: HttpRequest, seat: Seat, step: str) -> HttpResponse:
    """Write what all say together of what each has said for itself."""
    view = step_of(model_of(seat), step)
    if not kept(view).together:
        raise NotVisible
    return _write(request, seat, view, joint=True)


def _write(request: HttpRequest, seat: Seat, step: StepView, *, joint: bool) -> HttpResponse:
    fields = fields_to_write(seat, step, joint=joint)
    if not fields:
        return _elsewhere(seat, step)
    outcome = outcome_to_write(seat, step.code, joint=joint)
    # What the party prepared alone is where all may begin; nothing of it is shared before it is saved.
    prepared = outcome_to_write(seat, step.code, joint=False) if joint and outcome is None else None
    values = {**(prepared.values if prepared else {}), **values_of(seat, step, outcome, joint=joint)}
    shown: dict[str, Any] = {"step": step, "fields": fields, "side": seat.party.side, "values": values}
    version = version_of(seat, step, outcome, joint=joint)
    key = f"o:{step.code}{'j' if joint and kept(step).own else ''}"
    draft = drafts_of(seat, [key]).get(key)
    shown |= {"version": version, "typed": typed(draft)}
    form, told = OutcomeForm(request.POST or None, **shown), None
    if form.is_valid():
        try:
            with refusals_on(form):
                said, begun = form.values(), form.cleaned_data["version"]
                saved = actions.save_outcome(by=seat, step=step.code, values=said, joint=joint, version=begun)
                forget(request, seat)
                return _saved(request, seat, saved)
        except Conflict as both:
            data, told = request.POST.copy(), both
            data["version"] = both.details["version"]
            form = OutcomeForm(data, **shown)
    page = _Page(outcome, joint, prepared, told, autosave(seat, key, draft, None if told else version))
    return render(request, f"{PAGES}/left_behind.html", page.context(seat, step, form), status=page.status(form))


@dataclass(frozen=True)
class _Page:
    """What the form's page tells beside its fields."""

    outcome: Outcome | None
    joint: bool
    prepared: Outcome | None
    told: Conflict | None
    autosave: Autosave

    @property
    def shared(self) -> bool:
        """Whether all parties read what is saved, at once."""
        return self.joint or bool(self.outcome and self.outcome.circle == Circle.ALL)

    def status(self, form: OutcomeForm) -> int:
        """409 for a conflict, 422 for a form with faults."""
        return 409 if self.told else 422 if form.is_bound else 200

    def context(self, seat: Seat, step: StepView, form: OutcomeForm) -> dict[str, Any]:
        """Return what the template reads."""
        both = self.told.details if self.told else {"theirs": {}, "yours": {}}
        texts = (both["theirs"], both["yours"])
        differing = [
            Differing(found.label, *(said[found.key] for said in texts))
            for found in form.found
            if found.key in texts[0]
        ]
        return {
            "acting": seat.acting,
            "seat": seat,
            "step": step,
            "form": form,
            "told": both,
            "differing": differing,
            "joint": self.joint,
            "shared": self.shared,
            "prepared": self.prepared,
            "readers": all_readers(seat) if self.shared else (seat.party.name,),
            # Purpose and forms stand on the collaboration, where whoever is invited reads them.
            "read_later": [] if self.shared else list(stands_on_collaboration(seat, step, joint=self.joint)),
            "readers_later": (seat.party.name, _("den ni bjuder in")),
            "public_record": has_public_body(seat),
            "autosave": self.autosave,
            "back": back_url(seat, step.code),
        }


def _elsewhere(seat: Seat, step: StepView) -> HttpResponse:
    rows = kept(step).rows
    return redirect(ROW_PAGES[rows], *place(seat)) if rows in ROW_PAGES else redirect(back_url(seat, step.code))


def _saved(request: HttpRequest, seat: Seat, outcome: Outcome) -> HttpResponse:
    if outcome.circle == Circle.ALL:
        messages.success(request, _("Sparat. Alla parter läser det."))
    elif "then" in request.POST:
        return redirect("left_behind_share", *place(seat), outcome.step, outcome.public_id)
    else:
        messages.success(request, _("Sparat. Bara ni läser det."))
    return redirect(back_url(seat, outcome.step))


@requires(can_write, load=seat_at)
@terms_first
def left_behind_share(request: HttpRequest, seat: Seat, step: str, outcome: str) -> HttpResponse:
    """Let all parties read it: a page that says what happens, and a button."""
    found = _outcome_in(seat, step, outcome)
    if not can_share_outcome(seat, found):
        raise NotAllowed
    if request.method == "POST":
        version = request.POST.get("version", "")
        actions.share_outcome(by=seat, outcome_id=outcome, version=int(version) if version.isdecimal() else 0)
        messages.success(request, _("Delat. Alla parter kan läsa det."))
        return redirect(back_url(seat, step))
    view = step_of(model_of(seat), step)
    context = {
        "acting": seat.acting,
        "seat": seat,
        "step": view,
        "view": outcome_view(seat, view, found),
        "others": names_in_words([name for name in all_readers(seat) if name != seat.party.name]),
        "public_record": has_public_body(seat),
        "back": back_url(seat, step),
    }
    return render(request, f"{PAGES}/left_behind_share.html", context)


@requires(can_read, load=seat_at)
def left_behind_history(request: HttpRequest, seat: Seat, step: str, outcome: str) -> HttpResponse:
    """Earlier contents, as far as the person stands in their circle."""
    found = _outcome_in(seat, step, outcome)
    view = step_of(model_of(seat), step)
    versions = [(version, facts_in(view, version.values)) for version in outcome_versions(seat, found)]
    context = {"acting": seat.acting, "seat": seat, "step": view, "joint": found.joint, "versions": versions}
    return render(request, f"{PAGES}/left_behind_history.html", context)


def _outcome_in(seat: Seat, step: str, outcome_id: str) -> Outcome:
    found = outcome_of(seat, outcome_id)
    if found.step != step:
        raise NotVisible
    return found
