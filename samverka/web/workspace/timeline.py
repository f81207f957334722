"""The timeline of a collaboration: what has happened, newest first, by kind, fifty a page."""

from datetime import date
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.queries import Seat
from samverka.collaborations.queries.timeline import SOURCES, Happening, happenings
from samverka.collaborations.rules import can_read
from samverka.kernel.access import requires

from .happened import Line, line_of
from .seats import seat_at

PAGE_SIZE = 50
KINDS = {
    "": _("Allt"),
    "texter": _("Texter"),
    "resultat": _("Det steg lämnar efter sig"),
    "loften": _("Åtaganden"),
    "beslut": _("Beslut"),
    "steg": _("Steg och faser"),
    "moten": _("Möten"),
    "parter": _("Parter"),
    "uppgifter": _("Uppgifter"),
}


@requires(can_read, load=seat_at)
def timeline(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What has happened."""
    kind = request.GET.get("slag", "")
    kind = kind if kind in SOURCES else ""
    page = Paginator(happenings(seat, kind), PAGE_SIZE).get_page(request.GET.get("sida"))
    lines = [line_of(seat, Happening(*row)) for row in page]
    context = {
        "acting": seat.acting,
        "seat": seat,
        "page": page,
        "days": [(day, list(those)) for day, those in groupby(lines, key=_day)],
        "kinds": KINDS.items(),
        "kind": kind,
    }
    return render(request, "workspace/collaborations/timeline.html", context)


def _day(line: Line) -> date:
    return timezone.localtime(line.at).date()
