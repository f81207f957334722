"""Meetings: the list, beginning one, its page before and after the end, its text on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.circles import shared_readers
from samverka.collaborations.models import Meeting
from samverka.collaborations.queries import (
    Seat,
    agenda,
    meeting_of,
    meeting_under_way,
    meetings_of,
    people_at_table,
    said_at,
)
from samverka.collaborations.rules import can_confirm_entry, can_read, can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.idempotency import creates_once
from samverka.kernel.pdf import render_pdf
from samverka.kernel.text import slug
from samverka.organisations.acceptances import lacking_terms
from samverka.processes.reading import ModelView
from samverka.web.components.words import names_in_words

from .forms_meeting import AttendeeForm, PresentRow, StartMeetingForm
from .pages import has_public_body, proposed_by
from .seats import seat_at
from .terms_first import terms_first, terms_page


def to_meeting(seat: Seat, route: str, *more: str) -> HttpResponse:
    """Go to a page of meetings."""
    return redirect(route, seat.acting.organisation.public_id, seat.collaboration.public_id, *more)


@requires(can_read, load=seat_at)
def meetings(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The meetings that were held, and the way to begin one."""
    held = list(meetings_of(seat).prefetch_related("attendees"))
    context = {
        "acting": seat.acting,
        "seat": seat,
        "under_way": next((meeting for meeting in held if not meeting.ended_at), None),
        "held": [meeting for meeting in held if meeting.ended_at],
        "workbook": _workbook(seat),
        "workbook_query": "&".join(f"steg={code}" for code in _workbook(seat)),
    }
    return render(request, "workspace/collaborations/meetings.html", context)


def _workbook(seat: Seat) -> list[str]:
    """Return which steps the workbook to print holds."""
    return seat.collaboration.chosen_steps or _first_stop(seat.model)


def _first_stop(model: ModelView | None) -> list[str]:
    stops = model.short_path if model else ()
    return [step.code for step in stops[0].steps] if stops else []


@requires(can_write, load=seat_at)
@terms_first
@creates_once
def start(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Choose questions and people, and begin."""
    model = seat.model
    if model is None:
        raise NotVisible
    if seat.alone or meeting_under_way(seat):
        return to_meeting(seat, "meetings")
    chosen = seat.collaboration.chosen_steps or _first_stop(model)
    form = StartMeetingForm(
        request.POST or None,
        model=model,
        people=people_at_table(seat),
        parties=seat.active,
        initial={"steps": chosen, "known": [str(seat.user.public_id)]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.start_meeting(by=seat, questions=form.questions, people=form.present)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            return to_meeting(seat, "meeting_question", meeting.public_id, meeting.questions[0])
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "phases": _phases(form, model),
        "proposed_by": proposed_by(seat),
        "own_choice": bool(seat.collaboration.chosen_steps),
        "readers": shared_readers(seat.parties),
        "public_record": has_public_body(seat),
        "without_terms": names_in_words(_without_terms(seat)),
    }
    return render(request, "workspace/collaborations/meeting_new.html", context)


def _without_terms(seat: Seat) -> list[str]:
    """The other parties that must accept the terms before what is typed for them can be their word."""
    lacking = lacking_terms((party.organisation, party.unit) for party in seat.others)
    return [party.name for party, lacks in zip(seat.others, lacking, strict=True) if lacks]


def _phases(form: StartMeetingForm, model: ModelView) -> list[dict[str, Any]]:
    """Return the phases with their steps to tick; one is open where a step of it is ticked."""
    ticked = set(form["steps"].value() or [])
    return [
        {
            "phase": phase,
            "steps": [{"step": step, "ticked": step.code in ticked} for step in phase.steps],
            "open": any(step.code in ticked for step in phase.steps),
        }
        for phase in model.phases
    ]


def meeting_context(seat: Seat, meeting: Meeting, form: AttendeeForm | None = None) -> dict[str, Any]:
    """Return the context of a meeting's page."""
    asked = agenda(seat.model, meeting.questions)
    said = said_at(meeting, asked=asked, texts=seat.readable, parties=seat.parties)
    return {
        "acting": seat.acting,
        "seat": seat,
        "meeting": meeting,
        "attendees": list(meeting.attendees.select_related("party__organisation", "party__unit", "user")),
        "said": said,
        "answered": [one for one in said if not one.is_empty],
        "unanswered": [one for one in said if one.is_empty],
        "next": next((one for one in said if one.is_empty), said[0] if said else None),
        "promises": [promise for one in said for promise in one.promises],
        "to_confirm": {words.entry.pk for one in said for words in one.words if can_confirm_entry(seat, words.entry)},
        "form": form or AttendeeForm(parties=seat.active),
        "readers": shared_readers(seat.parties),
    }


@requires(can_read, load=seat_at)
def meeting(request: HttpRequest, seat: Seat, meeting: str) -> HttpResponse:
    """A meeting: its questions while it is under way; afterwards all that was said, and what is confirmed."""
    return render(request, "workspace/collaborations/meeting.html", meeting_context(seat, meeting_of(seat, meeting)))


@require_POST
@requires(can_write, load=seat_at)
@creates_once
def attendee(request: HttpRequest, seat: Seat, meeting: str) -> HttpResponse:
    """One more is there."""
    found = meeting_of(seat, meeting)
    form = AttendeeForm(request.POST, parties=seat.active)
    if not form.is_valid():
        context = meeting_context(seat, found, form)
        return render(request, "workspace/collaborations/meeting.html", context, status=422)
    person = PresentRow(form.cleaned_data).present(seat.active)
    actions.add_attendee(by=seat, meeting_id=meeting, person=person)
    messages.success(request, _("%(name)s är uppskriven som närvarande.") % {"name": person.name})
    return to_meeting(seat, "meeting", meeting)


@requires(can_write, load=seat_at)
def end(request: HttpRequest, seat: Seat, meeting: str) -> HttpResponse:
    """Who gets the text, and the button that ends the meeting."""
    found = meeting_of(seat, meeting)
    if request.method == "POST":
        actions.end_meeting(by=seat, meeting_id=meeting)
        messages.success(request, _("Mötet är avslutat. Texten är på väg till dem som var med."))
        return to_meeting(seat, "meeting", meeting)
    if found.ended_at:
        return to_meeting(seat, "meeting", meeting)
    return render(request, "workspace/collaborations/meeting_end.html", meeting_context(seat, found))


@require_POST
@requires(can_write, load=seat_at)
def confirm(request: HttpRequest, seat: Seat, meeting: str, entry: str) -> HttpResponse:
    """Say that what was typed for us is so."""
    if missing := terms_page(request, seat):
        return missing
    actions.confirm_entry(by=seat, entry_id=entry)
    messages.success(request, _("Bekräftat. Alla parter ser att det är ert ord."))
    response = to_meeting(seat, "meeting", meeting)
    response["Location"] += f"#{entry}"
    return response


@requires(can_read, load=seat_at)
def pdf(request: HttpRequest, seat: Seat, meeting: str) -> HttpResponse:
    """The meeting's text on paper."""
    found = meeting_of(seat, meeting)
    title = _("Möte: %(title)s") % {"title": seat.collaboration.title}
    context = meeting_context(seat, found)
    drawn = render_pdf("pdf/meeting.html", context, title=title, language=get_language() or "sv")
    response = HttpResponse(drawn, content_type="application/pdf")
    name = f"{slug(seat.collaboration.title) or 'samverkan'}-{found.started_at:%Y-%m-%d}"
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
