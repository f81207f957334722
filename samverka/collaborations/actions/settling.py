"""In which state a collaboration is, from its parties."""

from django.utils import timezone

from ..enums import CollaborationState, PartyState
from ..models import Collaboration


def settle(collaboration: Collaboration) -> None:
    """Set the collaboration's state from its parties, and that something has happened in it. An ended one stays ended.

    One put in afterwards goes on whether those who are asked answer or not. Whoever settles it at the same time waits
    here, and then sees the answer of the other.
    """
    collaboration.refresh_from_db(fields=["state"], from_queryset=Collaboration.objects.locked())
    if collaboration.state == CollaborationState.ENDED:
        return
    states = list(collaboration.parties.values_list("state", flat=True))
    if not (collaboration.recorded_later and states.count(PartyState.ACTIVE) == 1):
        collaboration.state = _state_of(states)
    collaboration.changed_at = timezone.now()
    collaboration.save(update_fields=["state", "changed_at"])


def _state_of(states: list[str]) -> CollaborationState:
    """Under way with two active, waiting for an answer, prepared by one alone, or not come about."""
    if states.count(PartyState.ACTIVE) > 1:
        return CollaborationState.ACTIVE
    if PartyState.INVITED in states:
        return CollaborationState.INVITED
    if set(states) <= {PartyState.ACTIVE, PartyState.WITHDRAWN}:
        return CollaborationState.PREPARING
    return CollaborationState.DECLINED
