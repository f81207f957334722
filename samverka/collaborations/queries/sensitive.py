"""Where texts may come near single persons, or a party must not be known (users.md R10)."""

from ..enums import PartyState
from ..models import Collaboration


def is_sensitive(collaboration: Collaboration) -> bool:
    """Whether one of its fields is sensitive, or one of its parties is a protected organisation."""
    if collaboration.fields.filter(sensitive=True).exists():
        return True
    asked = [PartyState.INVITED, PartyState.ACTIVE]
    return bool(collaboration.parties.filter(state__in=asked, organisation__protected=True).exists())
