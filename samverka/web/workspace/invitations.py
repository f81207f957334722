"""An invitation answered by somebody who is signed in and acts for the invited organisation."""

from django.http import HttpRequest, HttpResponse

from samverka.collaborations.queries import waiting_invitation
from samverka.kernel.access import requires
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_take_part
from samverka.web.public.invitations import answer_page

from .acting import acting_organisation


@requires(can_take_part, load=acting_organisation)
def answer(request: HttpRequest, acting: Acting, invitation: str) -> HttpResponse:
    """Read the invitation and answer for the organisation."""
    return answer_page(request, waiting_invitation(acting, invitation))
