"""Inviting one more party, taking an invitation back, and what of a preparation goes along."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.enums import CollaborationState
from samverka.collaborations.left_behind import in_words
from samverka.collaborations.models import Entry, Outcome
from samverka.collaborations.queries import Seat, left_to_share
from samverka.collaborations.rules import can_invite, can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import Refused
from samverka.kernel.idempotency import creates_once
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import names_in_words

from .choosing import Choosing, as_typed, choosing, names_of
from .forms_starting import MessageForm
from .pages import has_public_body
from .seats import seat_at
from .terms_first import terms_page

PAGES = "workspace/collaborations"
#: What one ticks of a preparation: notes, and what the steps have left behind.
TICKS = ("entry", "outcome")


@requires(can_invite, load=seat_at)
@creates_once
def invite(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Invite one more party, or several at once."""
    chosen = choosing(request, seat.acting)
    context: dict[str, Any] = {"acting": seat.acting, "seat": seat, "chosen": chosen}
    if not chosen.invited:
        context |= {"heading": _("Bjud in någon") if seat.alone else _("Bjud in en part till"), "steps": (), "kept": []}
        return render(request, f"{PAGES}/choose.html", context, status=chosen.status)
    form = MessageForm(request.POST if chosen.sends else None)
    if not chosen.sends and request.method == "POST":
        form.initial = {**form.initial, **as_typed(request, form)}
    if chosen.sends and all([form.is_valid(), chosen.is_valid]):
        with refusals_on(form):
            return _invited(request, seat, form, chosen)
    context |= {
        "form": form,
        "readers": (seat.party.name, *names_of(chosen)),
        "takes_along": seat.alone and bool(left_to_share(seat)),
        "names": names_in_words([one.name for one in chosen.invited]),
    }
    return render(request, f"{PAGES}/invite.html", context, status=chosen.status)


def _invited(request: HttpRequest, seat: Seat, form: MessageForm, chosen: Choosing) -> HttpResponse:
    actions.invite_parties(by=seat, asked=chosen.asked(form.cleaned_data["message"], request.LANGUAGE_CODE))
    names = names_in_words([one.name for one in chosen.invited])
    messages.success(request, _("Inbjudan är på väg till %(name)s.") % {"name": names})
    route = "take_along" if seat.alone and left_to_share(seat) else "collaboration"
    return redirect(route, seat.acting.organisation.public_id, seat.collaboration.public_id)


@require_POST
@requires(can_invite, load=seat_at)
def withdraw_invitation(request: HttpRequest, seat: Seat, invitation: str) -> HttpResponse:
    """Take an unanswered invitation back."""
    actions.withdraw_invitation(by=seat, invitation_id=invitation)
    messages.success(request, _("Inbjudan är återtagen. Länken i mejlet fungerar inte längre."))
    return redirect("collaboration_about", seat.acting.organisation.public_id, seat.collaboration.public_id)


@requires(can_write, load=seat_at)
def take_along(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Tick what the others may read of what the party has written alone; the rest stays the party's."""
    left = left_to_share(seat)
    if request.method == "POST":
        chosen = {key: _ticked(request, key) for key in TICKS}
        if not any(chosen.values()):
            raise Refused(_("Kryssa för det som ska följa med, eller låt allt stanna hos er."))
        if missing := terms_page(request, seat, _with_ticks(request)):
            return missing
        count = actions.take_along(by=seat, entries=chosen["entry"], outcomes=chosen["outcome"])
        messages.success(request, _("Delat med alla parter: {n}. Resten läser bara ni.").format(n=count))
        return redirect("collaboration", seat.acting.organisation.public_id, seat.collaboration.public_id)
    asked = [party.name for party in seat.parties if party.state == "invited"]
    others = [party.name for party in seat.others] + asked
    context = {
        "acting": seat.acting,
        "seat": seat,
        "left": left,
        "notes": [_note(seat, entry) for entry in left.own],
        "outcomes": [_outcome(seat, outcome) for outcome in left.outcomes],
        "others": names_in_words(others),
        "public_record": has_public_body(seat),
        "ticked": {one for key in TICKS for one in request.GET.getlist(key)},
        "nobody_yet": seat.collaboration.state == CollaborationState.PREPARING,
    }
    return render(request, f"{PAGES}/take_along.html", context)


def _with_ticks(request: HttpRequest) -> str:
    """Return the page's address with what was ticked: it is to be ticked when one comes back."""
    return f"{request.path}?{urlencode({key: request.POST.getlist(key) for key in TICKS}, doseq=True)}"


def _ticked(request: HttpRequest, key: str) -> list[tuple[str, int]]:
    """Return (public id, version) of each ticked box; one that is not so written is passed over."""
    pairs = [value.partition(":") for value in request.POST.getlist(key)]
    return [(one, int(version)) for one, _colon, version in pairs if version.isdecimal()]


def _value(row: Entry | Outcome) -> str:
    return f"{row.public_id}:{row.version}"


def _note(seat: Seat, entry: Entry) -> dict[str, Any]:
    files = ", ".join(attachment.file.name for attachment in entry.attachments.all())
    return {"entry": entry, "value": _value(entry), "where": _where(seat, entry.step, entry.question), "files": files}


def _outcome(seat: Seat, outcome: Outcome) -> dict[str, Any]:
    step = seat.model.step(outcome.step) if seat.model else None
    return {
        "outcome": outcome,
        "value": _value(outcome),
        "label": step.leaves.label if step else "",
        "said": in_words(step, outcome.values) if step else "",
    }


def _where(seat: Seat, code: str, question: str) -> str:
    """Return the question or the step that a note stands at, in words."""
    step = seat.model.step(code) if seat.model and code else None
    if step is None:
        return ""
    asked = next((one.text for one in step.questions if one.code == question), "")
    return asked or f"{step.code} {step.name}"
