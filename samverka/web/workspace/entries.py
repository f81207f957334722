"""What the parties write: notes with a readers' circle, and the note they write together."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.actions import Place
from samverka.collaborations.circles import party_names, shared_readers
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import Draft
from samverka.collaborations.queries import Seat, drafts_of, entry_of, versions_of
from samverka.collaborations.rules import can_change_entry, can_read, can_widen, can_withdraw, can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.files import MOST_ATTACHMENT_BYTES
from samverka.kernel.idempotency import creates_once
from samverka.web.components.uploads import takes_files
from samverka.web.components.words import names_in_words

from .attachments import attached, entry_place, mend_file
from .diary import diary_context, step_context
from .diary_blocks import NOTES, back_to
from .drafts import autosave, forget
from .entry_views import entry_view
from .forms_collaborations import ChangeEntryForm, EntryForm, JointNoteForm, ShareForm, WithdrawForm
from .pages import has_public_body
from .seats import seat_at
from .terms_first import terms_first, terms_page


@takes_files(MOST_ATTACHMENT_BYTES)
@requires(can_write, load=seat_at)
@creates_once
def write(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A new text. One that all parties should read is saved first and then shared on a page of its own. Who fetches
    the address, having signed in or changed language after a failed try, comes to the page that the box stands on.
    """
    if request.method != "POST":
        asked = Place.of(request.GET.get("plats", "")[:8])
        return back_to(seat, asked.code if asked.is_in(seat) else "", "skriv")
    form, place = EntryForm(request.POST, request.FILES), Place.of(request.POST.get("place", "")[:8])
    if not form.is_valid():
        return _written_again(request, seat, place, form)
    chosen = Circle(form.cleaned_data["circle"])
    circle = Circle.AUTHOR if chosen == Circle.ALL else chosen
    text = form.cleaned_data["text"]
    entry = actions.write_entry(by=seat, text=text, circle=circle, language=request.LANGUAGE_CODE, place=place)
    forget(request, seat)
    if not attached(request, seat, entry.public_id, form.cleaned_data["file"]):
        return mend_file(seat, entry.public_id, chosen)
    if chosen == Circle.ALL:
        return redirect("entry_share", *entry_place(seat, entry.public_id))
    messages.success(request, _("Anteckningen är sparad."), extra_tags=entry.public_id)
    return back_to(seat, entry.code, entry.public_id)


def _written_again(request: HttpRequest, seat: Seat, place: Place, form: EntryForm) -> HttpResponse:
    """Show the page that the text was written on, with the text in its box and what needs mending first."""
    if not place.step:
        return render(request, "workspace/collaborations/diary.html", diary_context(seat, form), status=422)
    asked = place.question.rpartition(".")[2] or NOTES
    context = step_context(seat, place.step, asked, form)
    return render(request, "workspace/collaborations/step.html", context, status=422)


@requires(can_write, load=seat_at)
def change(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Change one's own note that is not yet shared."""
    found = entry_of(seat, entry)
    if not can_change_entry(seat, found) or found.joint:
        raise NotAllowed
    if found.circle == Circle.ALL and (missing := terms_page(request, seat)):
        return missing
    key = f"e:{found.public_id}"
    draft = drafts_of(seat, [key]).get(key)
    form = ChangeEntryForm(request.POST or None, initial=_typed(draft, text=found.text, version=found.version))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_entry(by=seat, entry_id=entry, **form.written())
        except Conflict as error:
            conflict = error
        else:
            messages.success(request, _("Anteckningen är sparad."), extra_tags=entry)
            forget(request, seat)
            return back_to(seat, found.code, entry)
    if conflict:
        data = {"text": form.cleaned_data["text"], "version": conflict.details["version"]}
        form = ChangeEntryForm(initial=data)
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "conflict": conflict,
        "view": entry_view(seat, found),
        "autosave": autosave(seat, key, draft, None if conflict else found.version),
        "public_record": has_public_body(seat),
    }
    return render(request, "workspace/collaborations/change_entry.html", context, status=409 if conflict else 200)


def _typed(draft: Draft | None, *, text: str, version: int) -> dict[str, Any]:
    """Return what a form begins with: what was being typed, with the version that it began from, or the text itself."""
    if draft is None:
        return {"text": text, "version": version}
    return {"text": draft.values.get("text", text), "version": draft.base_version}


@requires(can_write, load=seat_at)
def share(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Let more people read: a page that says what happens, and a choice without preselection."""
    found = entry_of(seat, entry)
    if found.circle == Circle.ALL:
        # Back in the browser, and the button once more.
        messages.info(request, _("Anteckningen är redan delad."), extra_tags=entry)
        return back_to(seat, found.code, entry)
    if not can_widen(seat, found):
        raise NotAllowed
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.shares_with_all and (missing := terms_page(request, seat)):
            return missing
        try:
            actions.share_entry(by=seat, entry_id=entry, **form.shared())
        except Refused as refused:
            form.add_error(refused.details.get("field"), str(refused.message))
        else:
            messages.success(request, _("Anteckningen är delad."), extra_tags=entry)
            return back_to(seat, found.code, entry)
    others = [name for name in party_names(seat.parties) if name != seat.party.name]
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "others": names_in_words(others),
        "public_record": has_public_body(seat),
        "may_ask_for_comments": seat.party.organisation.is_public_body,
        "back_url": back_to(seat, found.code, entry)["Location"],
        "view": entry_view(seat, found),
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/collaborations/share_entry.html", context, status=status)


@requires(can_write, load=seat_at)
def withdraw(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Strike a note: it stays readable, struck, with the reason."""
    found = entry_of(seat, entry)
    if not can_withdraw(seat, found):
        raise NotAllowed
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_entry(by=seat, entry_id=entry, reason=form.cleaned_data["reason"])
        messages.success(request, _("Anteckningen är struken."), extra_tags=entry)
        return back_to(seat, found.code, entry)
    context = {"acting": seat.acting, "seat": seat, "form": form, "view": entry_view(seat, found)}
    return render(request, "workspace/collaborations/withdraw_entry.html", context)


@require_POST
@requires(can_write, load=seat_at)
def end_comments(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """End the time for comments on our draft."""
    found = actions.end_comments(by=seat, entry_id=entry)
    messages.success(request, _("Tiden för synpunkter är slut. Det står vid texten."), extra_tags=entry)
    return back_to(seat, found.code, entry)


@requires(can_write, load=seat_at)
@terms_first
def joint_note(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write what all parties say together; a text saved by somebody else meanwhile stands beside one's own."""
    place = Place.of(request.GET.get("plats", "")[:8])
    if not place.is_in(seat):
        raise NotVisible
    note, key = seat.joint_at(place.step, place.question), f"j:{place.code}"
    draft = drafts_of(seat, [key]).get(key)
    saved_text, saved_version = (note.text, note.version) if note else ("", 0)
    began = _typed(draft, text=saved_text, version=saved_version)
    form, conflict = JointNoteForm(request.POST or None, initial=began), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_joint_note(by=seat, place=place, **form.written())
        except Conflict as error:
            conflict = error
            form = JointNoteForm(initial={"text": form.cleaned_data["text"], "version": error.details["version"]})
        else:
            forget(request, seat)
            messages.success(request, _("Det ni skriver tillsammans är sparat."), extra_tags="gemensamt")
            return back_to(seat, place.code, "gemensamt")
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "conflict": conflict,
        "question": question_at(seat, place),
        "autosave": autosave(seat, key, draft, None if conflict else saved_version),
        "readers": shared_readers(seat.parties),
        "public_record": has_public_body(seat),
    }
    return render(request, "workspace/collaborations/joint_note.html", context, status=409 if conflict else 200)


def question_at(seat: Seat, place: Place) -> str:
    """Return the question's words, or "" for a place without one."""
    step = seat.model.step(place.step) if seat.model and place.question else None
    return next((one.text for one in step.questions if one.code == place.question), "") if step else ""


@requires(can_read, load=seat_at)
def history(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Earlier texts of a note, as far as the person stands in their circle."""
    found = entry_of(seat, entry)
    context = {"acting": seat.acting, "seat": seat, "versions": versions_of(seat, found)}
    return render(request, "workspace/collaborations/history.html", context)
