"""Commitments: the list with its filters and files, writing one down, one's page, what became of it."""

import tempfile
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.commitment_exports import FORMATS, export_commitments
from samverka.collaborations.enums import CommitmentState
from samverka.collaborations.models import Draft
from samverka.collaborations.queries import (
    Promise,
    Seat,
    commitment_changes,
    commitment_of,
    commitments_of,
    drafts_of,
    promises,
)
from samverka.collaborations.rules import can_promise_for, can_read, can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, Refused
from samverka.kernel.idempotency import creates_once
from samverka.kernel.text import slug
from samverka.web.components.autosave import Autosave
from samverka.web.components.refusals import refusals_on

from .commitment_list import Asked, commitment_list
from .commitment_words import came_up_in, history
from .conflicts import conflict_rows
from .drafts import autosave, forget, typed
from .forms_commitments import CommitmentForm, PromiseAgainForm, SettleForm
from .said import all_readers, place
from .seats import seat_at
from .terms_first import terms_first

PAGES = "workspace/collaborations"
PAGE_SIZE = 50
#: The draft of a promise that is not written down yet.
NEW = "c:new"


@requires(can_read, load=seat_at)
def commitments(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All of them, the late ones first; a filter is an address."""
    asked = Asked.from_query(request.GET)
    rows = commitments_of(seat, state=asked.state, party=asked.party, order=asked.order)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {
        "acting": seat.acting,
        "seat": seat,
        "page": page,
        "promises": promises(page, seat.parties),
        "listing": commitment_list(seat, request.GET, asked, page.paginator.count),
    }
    return render(request, f"{PAGES}/commitments.html", context)


@requires(can_read, load=seat_at)
def commitments_export(request: HttpRequest, seat: Seat, format: str) -> FileResponse:
    """The whole selection as a file."""
    if format not in FORMATS:
        raise Http404
    asked = Asked.from_query(request.GET)
    rows = commitments_of(seat, state=asked.state, party=asked.party, order=asked.order)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    export_commitments(seat, promises(rows, seat.parties), format=format, file=file)
    file.seek(0)
    name = f"{slug(seat.collaboration.title) or 'samverkan'}-ataganden.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[format])


@requires(can_write, load=seat_at)
@terms_first
@creates_once
def commitment_new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write down a promise; ?fraga= says where in the model it came up."""
    parties = [seat.party] if seat.both_sides else seat.active
    draft = _draft(seat, NEW)
    form = CommitmentForm(request.POST or None, parties=parties, new=True, initial=typed(draft))
    if form.is_valid():
        with refusals_on(form):
            made = actions.make_commitment(by=seat, question=request.GET.get("fraga", ""), **form.cleaned_data)
            forget(request, seat)
            messages.success(request, _("Åtagandet är uppskrivet. Alla parter ser det."))
            return redirect("commitment", *place(seat), made.public_id)
    return _form_page(request, seat, form, autosave(seat, NEW, draft))


@requires(can_read, load=seat_at)
def commitment(request: HttpRequest, seat: Seat, commitment: str) -> HttpResponse:
    """One promise: what, who, when, what has become of it."""
    return _commitment_page(request, seat, commitment_of(seat, commitment))


def _commitment_page(
    request: HttpRequest, seat: Seat, promise: Promise, form: Any = None, status: int = 200
) -> HttpResponse:
    context = {
        "acting": seat.acting,
        "seat": seat,
        "promise": promise,
        "history": history(commitment_changes(seat, promise)),
        "step": came_up_in(seat, promise),
        "may_settle": can_promise_for(seat, promise.owners) and not seat.alone,
        "form": form or (SettleForm() if promise.is_open else PromiseAgainForm()),
        "readers": all_readers(seat),
    }
    return render(request, f"{PAGES}/commitment.html", context, status=status)


@requires(can_write, load=seat_at)
@terms_first
def commitment_change(request: HttpRequest, seat: Seat, commitment: str) -> HttpResponse:
    """Change what is promised, by whom, and to when."""
    promise = commitment_of(seat, commitment)
    parties = [seat.party] if seat.both_sides else seat.active
    key = f"c:{commitment}"
    draft = _draft(seat, key)
    initial = _initial(promise) | typed(draft)
    form = CommitmentForm(request.POST or None, parties=parties, new=False, initial=initial)
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                values = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
                actions.change_commitment(by=seat, commitment_id=commitment, **values)
                forget(request, seat)
                messages.success(request, _("Åtagandet är ändrat. Alla parter ser det."))
                return redirect("commitment", *place(seat), commitment)
        except Conflict as both:
            conflict = conflict_rows(form, both)
            data = request.POST.copy()
            data["version"] = both.details["version"]
            form = CommitmentForm(data, parties=parties, new=False)
    kept = autosave(seat, key, draft, None if conflict else promise.commitment.version)
    return _form_page(request, seat, form, kept, promise=promise, conflict=conflict)


def _draft(seat: Seat, key: str) -> Draft | None:
    found: Draft | None = drafts_of(seat, [key]).get(key)
    return found


def _initial(promise: Promise) -> dict[str, Any]:
    names = ("what", "person", "due_on", "volunteer_hours", "premises", "version")
    owners = [party.public_id for party in promise.owners]
    return {name: getattr(promise.commitment, name) for name in names} | {"owners": owners}


def _form_page(
    request: HttpRequest,
    seat: Seat,
    form: CommitmentForm,
    kept: Autosave,
    *,
    promise: Promise | None = None,
    conflict: Any = (),
) -> HttpResponse:
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "promise": promise,
        "conflict": conflict,
        "readers": all_readers(seat),
        "autosave": kept,
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, f"{PAGES}/commitment_form.html", context, status=status)


@require_POST
@requires(can_write, load=seat_at)
@terms_first
def commitment_settle(request: HttpRequest, seat: Seat, commitment: str) -> HttpResponse:
    """Say what became of it: the button is the choice."""
    choice = SettleForm(request.POST)
    again = PromiseAgainForm(request.POST)
    form = again if request.POST.get("state") == CommitmentState.PROMISED else choice
    if not (choice.is_valid() and form.is_valid()):
        return _commitment_page(request, seat, commitment_of(seat, commitment), form, 422)
    try:
        actions.settle_commitment(
            by=seat,
            commitment_id=commitment,
            version=choice.cleaned_data["version"],
            state=CommitmentState(choice.cleaned_data["state"]),
            note=form.cleaned_data["note"],
            due_on=form.cleaned_data.get("due_on"),
        )
    except Refused as refused:
        field = refused.details.get("field")
        form.add_error(field if field in form.fields else None, str(refused.message))
        return _commitment_page(request, seat, commitment_of(seat, commitment), form, 422)
    messages.success(request, _("Sparat. Alla parter ser det."))
    return redirect("commitment", *place(seat), commitment)
