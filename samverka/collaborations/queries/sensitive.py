"""Where texts may come near single persons, or a party must not be known (users.md R10)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from ..enums import PartyState
from ..models import Collaboration, Party

_THERE = (PartyState.INVITED, PartyState.ACTIVE)


def is_sensitive(collaboration: Collaboration, parties: Iterable[Party] | None = None) -> bool:
    """Whether one of its fields is sensitive, or one of its parties is a protected organisation. `parties` are all of
    them with their organisations, for who has them at hand.
    """
    if parties is None:
        parties = collaboration.parties.filter(organisation__protected=True).select_related("organisation")
    if any(party.organisation.protected and party.state in _THERE for party in parties):
        return True
    known = getattr(collaboration, "has_sensitive_field", None)
    return bool(collaboration.fields.filter(sensitive=True).exists() if known is None else known)


def has_sensitive_field() -> Exists:
    """What a query of collaborations annotates as `has_sensitive_field`, so that `is_sensitive` need not ask."""
    fields = Collaboration.fields.through.objects
    return Exists(fields.filter(collaboration=OuterRef("pk"), activityfield__sensitive=True))
