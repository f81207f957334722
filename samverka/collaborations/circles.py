"""Readers' circles in words: who reads, by name (users.md R1)."""

from typing import Any

from django.utils.translation import gettext as _

from samverka.kernel.compiled import compiled
from samverka.organisations.briefly import with_names

from .enums import Circle
from .models import Collaboration, Party


def party_names(parties: list[Party]) -> tuple[str, ...]:
    """Return the names of the parties that have joined."""
    return tuple(party.name for party in parties if party.state == "active")


def shared_readers(parties: list[Party]) -> tuple[str, ...]:
    """Return who reads what is shared: the parties that have joined, then those invited, who will when they say yes."""
    invited = [party.name for party in parties if party.state == "invited"]
    return (*party_names(parties), *_later(invited))


def _later(invited: list[str]) -> tuple[str, ...]:
    if len(invited) > 1:
        return (_("%(n)s inbjudna parter (när de tackat ja)") % {"n": len(invited)},)
    return tuple(_("%(name)s (när de tackat ja)") % {"name": name} for name in invited)


def readers_of(circle: str, party: Party, parties: list[Party], *, author: Any) -> tuple[str, ...]:
    """Return the names that stand after "Läses av:" for an entry in `circle` written for `party`."""
    if circle == Circle.ALL:
        return shared_readers(parties)
    return (party.name,) if circle == Circle.PARTY else (str(author),)


def all_parties(collaboration: Collaboration) -> list[Party]:
    """Return the collaboration's parties with organisation and unit, in one query."""
    parties: list[Party] = _parties.all(collaboration=collaboration.pk)
    for party in parties:
        party.collaboration = collaboration
    return parties


@compiled
def _parties(collaboration: int) -> Any:
    return with_names(Party.objects.filter(collaboration=collaboration))
