"""Keeping what is being typed: asked by js/draft.js, answered in a few milliseconds."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.models import Draft
from samverka.collaborations.queries import Seat
from samverka.collaborations.rules import can_write
from samverka.kernel.access import requires
from samverka.kernel.errors import Refused
from samverka.web.came_from import came_from
from samverka.web.components.autosave import Autosave

from .seats import seat_at


@require_POST
@requires(can_write, load=seat_at)
def save(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep a form's values under its key; 409 with the other values when another device has saved meanwhile."""
    try:
        kept = actions.save_draft(
            by=seat,
            key=request.POST.get("key", ""),
            values=_values(request.POST.get("values", "")),
            base_version=_number(request.POST.get("base_version", "")),
            revision=_number(request.POST.get("revision", "")),
        )
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=400)
    said: dict[str, Any] = {"revision": kept.revision, "overtaken": kept.overtaken}
    if kept.elsewhere is not None:
        return JsonResponse({**said, "elsewhere": dict(kept.elsewhere), "version": kept.base_version}, status=409)
    return JsonResponse(said)


@require_POST
@requires(can_write, load=seat_at)
def drop(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Throw the draft away and show the form without it."""
    forget(request, seat)
    return redirect(came_from(request) or collaboration_path(seat))


def forget(request: HttpRequest, seat: Seat) -> None:
    """Drop the draft of a form that has now been saved, as it was when the form was sent."""
    key = request.POST.get("draft_key", "")
    if key:
        actions.drop_draft(by=seat, key=key, revision=_number(request.POST.get("draft_revision", "")))


def autosave(seat: Seat, key: str, draft: Draft | None, version: int | None = None) -> Autosave:
    """Return where the form with that key keeps its draft, with the one that is there.

    `version`: of the text as it is saved now; None where there is none, or where the page tells of both anyhow.
    """
    url = reverse("draft_save", args=[seat.acting.organisation.public_id, seat.collaboration.public_id])
    kept: dict[str, Any] = {"key": key, "url": url, "owner": seat.user.public_id}
    if draft is None:
        return Autosave(**kept)
    kept |= {"overtaken": version is not None and version != draft.base_version}
    return Autosave(**kept, revision=draft.revision, saved_at=draft.saved_at, values=draft.values)


def typed(draft: Draft | None) -> dict[str, Any]:
    """Return what was being typed in a form of several fields, with the version that it began from."""
    return {} if draft is None else {**draft.values, "version": draft.base_version}


def collaboration_path(seat: Seat) -> str:
    """Return the address of the collaboration's first page."""
    return reverse("collaboration", args=[seat.acting.organisation.public_id, seat.collaboration.public_id])


def _values(sent: str) -> dict[str, str]:
    try:
        values = json.loads(sent)
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise Refused
    return values


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
