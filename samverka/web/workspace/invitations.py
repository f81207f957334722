"""An invitation answered by somebody who is signed in and acts for the invited organisation."""

from django.http import HttpRequest, HttpResponse

from samverka.collaborations.queries import waiting_invitations
from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_take_part
from samverka.web.public.invitations import answer_page

from .acting import acting_organisation


@requires(can_take_part, load=acting_organisation)
def answer(request: HttpRequest, acting: Acting, invitation: str) -> HttpResponse:
    """Read the invitation and answer for the organisation."""
    found = waiting_invitations(acting).filter(public_id=invitation).first()
    if found is None:
        raise NotVisible
    return answer_page(request, found)
