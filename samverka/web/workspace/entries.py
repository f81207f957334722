"""What the parties write: notes with a readers' circle, and the note they write together."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.circles import party_names
from samverka.collaborations.enums import Circle
from samverka.collaborations.queries import Seat, entry_of, versions_of
from samverka.collaborations.rules import can_change_entry, can_read, can_widen, can_withdraw, can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotAllowed
from samverka.kernel.idempotency import creates_once
from samverka.web.components.words import names_in_words

from .forms_collaborations import ChangeEntryForm, EntryForm, JointNoteForm, ShareForm, WithdrawForm
from .pages import collaboration_context, entry_view, has_public_body
from .seats import seat_at


def _back(seat: Seat, anchor: str = "") -> HttpResponse:
    response = redirect("collaboration", seat.acting.organisation.public_id, seat.collaboration.public_id)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response


@require_POST
@requires(can_write, load=seat_at)
@creates_once
def write(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A new note. One that all parties should read is saved first and then shared on a page of its own."""
    form = EntryForm(request.POST)
    if not form.is_valid():
        return render(request, "workspace/collaborations/page.html", collaboration_context(seat, form), status=422)
    chosen = Circle(form.cleaned_data["circle"])
    circle = Circle.AUTHOR if chosen == Circle.ALL else chosen
    entry = actions.write_entry(by=seat, text=form.cleaned_data["text"], circle=circle, language=request.LANGUAGE_CODE)
    if chosen == Circle.ALL:
        return redirect(
            "entry_share", seat.acting.organisation.public_id, seat.collaboration.public_id, entry.public_id
        )
    messages.success(request, _("Anteckningen är sparad."))
    return _back(seat, entry.public_id)


@requires(can_write, load=seat_at)
def change(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Change one's own note that is not yet shared."""
    found = entry_of(seat, entry)
    if not can_change_entry(seat, found) or found.joint:
        raise NotAllowed
    form = ChangeEntryForm(request.POST or None, initial={"text": found.text, "version": found.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_entry(by=seat, entry_id=entry, **form.cleaned_data)
        except Conflict as error:
            conflict = error
        else:
            messages.success(request, _("Anteckningen är sparad."))
            return _back(seat, entry)
    context = {"acting": seat.acting, "seat": seat, "form": form, "conflict": conflict, "view": entry_view(seat, found)}
    return render(request, "workspace/collaborations/change_entry.html", context, status=409 if conflict else 200)


@requires(can_write, load=seat_at)
def share(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Let more people read: a page that says what happens, and a choice without preselection."""
    found = entry_of(seat, entry)
    if not can_widen(seat, found):
        raise NotAllowed
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        circle = Circle(form.cleaned_data["circle"])
        actions.share_entry(by=seat, entry_id=entry, circle=circle, version=form.cleaned_data["version"])
        messages.success(request, _("Anteckningen är delad."))
        return _back(seat, entry)
    others = [name for name in party_names(seat.parties) if name != seat.party.name]
    context = {
        "acting": seat.acting,
        "seat": seat,
        "others": names_in_words(others),
        "public_record": has_public_body(seat),
        "view": entry_view(seat, found),
    }
    return render(request, "workspace/collaborations/share_entry.html", context)


@requires(can_write, load=seat_at)
def withdraw(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Strike a note: it stays readable, struck, with the reason."""
    found = entry_of(seat, entry)
    if not can_withdraw(seat, found):
        raise NotAllowed
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_entry(by=seat, entry_id=entry, reason=form.cleaned_data["reason"])
        messages.success(request, _("Anteckningen är struken."))
        return _back(seat, entry)
    context = {"acting": seat.acting, "seat": seat, "form": form, "view": entry_view(seat, found)}
    return render(request, "workspace/collaborations/withdraw_entry.html", context)


@requires(can_write, load=seat_at)
def joint_note(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write the note that all parties share; a text saved by somebody else meanwhile stands beside one's own."""
    note = seat.joint_note
    initial = {"text": note.text if note else "", "version": note.version if note else 0}
    form = JointNoteForm(request.POST or None, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_joint_note(by=seat, **form.cleaned_data)
        except Conflict as error:
            conflict = error
            form = JointNoteForm(initial={"text": form.cleaned_data["text"], "version": error.details["version"]})
        else:
            messages.success(request, _("Den gemensamma anteckningen är sparad."))
            return _back(seat, "gemensamt")
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "conflict": conflict,
        "readers": party_names(seat.parties),
        "public_record": has_public_body(seat),
    }
    return render(request, "workspace/collaborations/joint_note.html", context, status=409 if conflict else 200)


@requires(can_read, load=seat_at)
def history(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Earlier texts of a note, as far as the person stands in their circle."""
    found = entry_of(seat, entry)
    context = {"acting": seat.acting, "seat": seat, "versions": versions_of(seat, found)}
    return render(request, "workspace/collaborations/history.html", context)
