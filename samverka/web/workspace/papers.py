"""A collaboration as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from samverka.collaborations.exports import OWN, SHARED, diary_on_paper
from samverka.collaborations.queries import Seat
from samverka.collaborations.rules import can_read
from samverka.kernel.access import requires
from samverka.kernel.pdf import render_pdf
from samverka.kernel.text import slug

from .seats import seat_at


@requires(can_read, load=seat_at)
def collaboration_pdf(request: HttpRequest, seat: Seat, which: str) -> HttpResponse:
    """What is shared, or that and the party's own notes."""
    if which not in {SHARED, OWN}:
        raise Http404
    paper = diary_on_paper(seat, which)
    title = seat.collaboration.title
    pdf = render_pdf("pdf/collaboration.html", {"paper": paper}, title=title, language=get_language() or "sv")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slug(title) or "samverkan"}-{which}.pdf"'
    return response
