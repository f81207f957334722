"""Files beside what a party says: sent in, fetched by who reads the text, struck with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.actions.attachments import attachment_at
from samverka.collaborations.enums import Circle
from samverka.collaborations.queries import Seat, entry_of
from samverka.collaborations.rules import can_change_entry, can_read, can_write
from samverka.kernel import files
from samverka.kernel.access import requires
from samverka.kernel.errors import Busy, NotAllowed, Refused
from samverka.kernel.idempotency import creates_once
from samverka.web.components.uploads import takes_files

from .diary_blocks import back_to
from .entry_views import entry_view
from .forms_collaborations import AttachForm, WithdrawForm
from .pages import has_public_body
from .seats import seat_at
from .terms_first import terms_page

#: In the address: the text's writer has chosen all parties as its readers, and has not shared it yet.
TO_BE_SHARED = "dela"


@takes_files(files.MOST_ATTACHMENT_BYTES)
@requires(can_write, load=seat_at)
@creates_once
def attach(request: HttpRequest, seat: Seat, entry: str) -> HttpResponse:
    """Put a file beside a text that is there; on one that is shared it is shared at once, and the page says so. Who
    had chosen that all parties read the text goes on to sharing it.
    """
    found = entry_of(seat, entry)
    if not can_change_entry(seat, found):
        raise NotAllowed
    if found.circle == Circle.ALL and (missing := terms_page(request, seat)):
        return missing
    to_be_shared = TO_BE_SHARED in request.GET and found.circle != Circle.ALL
    onwards = redirect("entry_share", *entry_place(seat, entry)) if to_be_shared else back_to(seat, found.code, entry)
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.attach_file(by=seat, entry_id=entry, upload=form.cleaned_data["file"])
        except (Refused, Busy) as refused:
            form.add_error("file", str(refused.message))
        else:
            messages.success(request, _("Filen är sparad vid anteckningen."), extra_tags=entry)
            return onwards
    context = {
        "acting": seat.acting,
        "seat": seat,
        "form": form,
        "view": entry_view(seat, found),
        "public_record": has_public_body(seat),
        "onwards_url": onwards["Location"],
        "to_be_shared": to_be_shared,
    }
    return render(request, "workspace/collaborations/attach.html", context)


def entry_place(seat: Seat, entry_id: str) -> tuple[str, str, str]:
    """Return what the address of a text's pages is made of."""
    return seat.acting.organisation.public_id, seat.collaboration.public_id, entry_id


def mend_file(seat: Seat, entry_id: str, chosen: Circle) -> HttpResponse:
    """Go to where another file is chosen, and on from there to sharing when all parties were to read the text."""
    url = reverse("attach", args=entry_place(seat, entry_id))
    return redirect(f"{url}?{TO_BE_SHARED}=ja" if chosen == Circle.ALL else url)


def attached(request: HttpRequest, seat: Seat, entry_id: str, upload: Any) -> bool:
    """Put the file of a form beside the text just saved; return whether it went well, or there was none. Otherwise the
    person is told why: the text is saved all the same.
    """
    if upload is None:
        return True
    try:
        actions.attach_file(by=seat, entry_id=entry_id, upload=upload)
    except (Refused, Busy) as refused:
        said = _("Anteckningen är sparad, men inte filen. %(why)s") % {"why": refused.message}
        messages.warning(request, said)
        return False
    return True


@requires(can_read, load=seat_at)
def fetch(request: HttpRequest, seat: Seat, attachment: str) -> HttpResponseBase:
    """The file itself, to save."""
    return files.as_attachment(attachment_at(seat, attachment).file)


@requires(can_write, load=seat_at)
def withdraw(request: HttpRequest, seat: Seat, attachment: str) -> HttpResponse:
    """Strike a file."""
    found = attachment_at(seat, attachment)
    if not can_change_entry(seat, found.entry) or found.withdrawn_at:
        raise NotAllowed
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_attachment(by=seat, attachment_id=attachment, reason=form.cleaned_data["reason"])
        messages.success(request, _("Filen är struken."), extra_tags=found.entry.public_id)
        return back_to(seat, found.entry.code, found.entry.public_id)
    context = {"acting": seat.acting, "seat": seat, "form": form, "attachment": found}
    return render(request, "workspace/collaborations/withdraw_attachment.html", context)
