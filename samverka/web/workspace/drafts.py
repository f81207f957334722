"""Keeping what is being typed: asked by js/draft.js, answered in a few milliseconds."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from samverka.collaborations import actions
from samverka.collaborations.models import Draft
from samverka.collaborations.queries import Seat
from samverka.collaborations.rules import can_write
from samverka.kernel.access import requires
from samverka.web.came_from import came_from
from samverka.web.components.autosave import Autosave, draft_answer, draft_revision

from .seats import seat_at


@require_POST
@requires(can_write, load=seat_at)
def save(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep a form's values under its key."""
    keep = partial(actions.save_draft, by=seat, key=request.POST.get("key", ""))
    return draft_answer(request, keep)


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
        actions.drop_draft(by=seat, key=key, revision=draft_revision(request))


def autosave(seat: Seat, key: str, draft: Draft | None, version: int | None = None) -> Autosave:
    """Return where the form with that key keeps its draft, with the one that is there.

    `version`: of the text as it is saved now; None where there is none, or where the page tells of both anyhow.
    """
    url = reverse("draft_save", args=[seat.acting.organisation.public_id, seat.collaboration.public_id])
    return Autosave.of(draft, key=key, url=url, owner=seat.user.public_id, version=version)


def typed(draft: Draft | None) -> dict[str, Any]:
    """Return what was being typed in a form of several fields, with the version that it began from."""
    return {} if draft is None else {**draft.values, "version": draft.base_version}


def collaboration_path(seat: Seat) -> str:
    """Return the address of the collaboration's first page."""
    return reverse("collaboration", args=[seat.acting.organisation.public_id, seat.collaboration.public_id])
