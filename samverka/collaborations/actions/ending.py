"""Saying that a collaboration is over, and opening it again. It stays readable; nothing is removed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotAllowed, Refused
from samverka.organisations.actions.checks import one_line

from ..enums import CollaborationState, InvitationState, PartyState
from ..models import Collaboration, Invitation
from ..queries import Seat
from ..rules import can_end, can_reopen
from .checks import hold
from .settling import settle
from .trail import record_for_parties


@transaction.atomic
def end_collaboration(*, by: Seat, reason: str) -> Collaboration:
    """End it for all parties: nobody writes in it any more, and unanswered invitations stop working.

    Raises NotAllowed, Refused without a reason.
    """
    hold(by)
    if not can_end(by.user, by):
        raise NotAllowed
    said = one_line(reason)[:300]
    if not said:
        raise Refused(_("Skriv varför samverkan avslutas."), field="reason")
    collaboration: Collaboration = Collaboration.objects.get(pk=by.collaboration.pk)
    _take_back_invitations(collaboration)
    collaboration.state = CollaborationState.ENDED
    collaboration.ended_at = collaboration.changed_at = timezone.now()
    collaboration.ended_reason = said
    collaboration.save(update_fields=["state", "ended_at", "ended_reason", "changed_at"])
    record_for_parties("collaboration.ended", by=by.user, collaboration=collaboration, changes={"reason": said})
    return collaboration


def _take_back_invitations(collaboration: Collaboration) -> None:
    unsettled = Invitation.objects.filter(party__collaboration=collaboration, state__in=InvitationState.unsettled())
    unsettled.update(state=InvitationState.WITHDRAWN)
    collaboration.parties.filter(state=PartyState.INVITED).update(state=PartyState.WITHDRAWN)


@transaction.atomic
def reopen_collaboration(*, by: Seat) -> Collaboration:
    """Open an ended collaboration again; why it had ended stays in the log. Raises NotAllowed."""
    hold(by)
    if not can_reopen(by.user, by):
        raise NotAllowed
    collaboration: Collaboration = Collaboration.objects.get(pk=by.collaboration.pk)
    collaboration.state, collaboration.ended_at, collaboration.ended_reason = CollaborationState.ACTIVE, None, ""
    collaboration.save(update_fields=["state", "ended_at", "ended_reason"])
    settle(collaboration)
    record_for_parties("collaboration.reopened", by=by.user, collaboration=collaboration)
    return collaboration
