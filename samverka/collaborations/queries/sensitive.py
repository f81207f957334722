"""Where texts may come near single persons, or a party must not be known (users.md R10)."""

from django.db.models import Exists, OuterRef

from ..enums import PartyState
from ..models import Collaboration, Party


def is_sensitive(collaboration: Collaboration) -> bool:
    """Whether one of its fields is sensitive, or one of its parties is a protected organisation."""
    asked = [PartyState.INVITED, PartyState.ACTIVE]
    field = Collaboration.fields.through.objects.filter(collaboration=OuterRef("pk"), activityfield__sensitive=True)
    party = Party.objects.filter(collaboration=OuterRef("pk"), state__in=asked, organisation__protected=True)
    found = Collaboration.objects.filter(Exists(field) | Exists(party), pk=collaboration.pk)
    return bool(found.exists())
