"""Before a public body's unit shares anything for the first time it accepts the terms (users.md R8)."""

import functools
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samverka.collaborations.queries import Seat
from samverka.kernel.access import View
from samverka.organisations.acceptances import terms_missing
from samverka.web.came_from import page_of

from .terms import terms_address


def terms_page(request: HttpRequest, seat: Seat, onward: str = "") -> HttpResponse | None:
    """Return the way to the page where the terms are accepted, and back, to `onward` where it says what was chosen;
    None when nothing is missing.
    """
    if not seat.writes or terms_missing(seat.party.organisation, seat.party.unit) is None:
        return None
    said = _("Innan %(party)s delar något för första gången behöver villkoren för personuppgifter godkännas.")
    messages.info(request, said % {"party": seat.party.name})
    # What was posted may have no page of its own at its address: then one goes on from the page the form stood on.
    return redirect(terms_address(seat.acting, seat.party.unit, onward or page_of(request)))


def terms_first(view: View) -> View:
    """Ask for the terms before a page on which what is written is read by all parties: nothing is typed in vain."""

    @functools.wraps(view)
    def asked(request: HttpRequest, seat: Seat, *args: Any, **kwargs: Any) -> Any:
        missing = None if seat.alone else terms_page(request, seat)
        return missing or view(request, seat, *args, **kwargs)

    return asked
