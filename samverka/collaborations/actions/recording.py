"""Putting in what is already under way, in a minute (users.md R7): facts only, no diary, nobody asked."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.organisations.actions.checks import one_line
from samverka.organisations.models import Organisation, Unit
from samverka.organisations.queries import Acting

from ..enums import CollaborationState
from ..facts import Facts
from ..models import Collaboration, NamedParty
from ..queries import Seat, named_exactly
from ..rules import can_name_parties
from .checks import hold
from .facts import make_collaboration
from .starting import begin_party
from .trail import record_for_parties

#: As many parties as one matter may name.
MOST_NAMED = 60


@transaction.atomic
def record_collaboration(
    *, by: Acting, facts: Facts, unit: Unit | None, names: Iterable[str], diary_number: str = "", language: str = "sv"
) -> Collaboration:
    """Put in a matter that runs, or has run, between the organisation acted for and those named.

    A name that is the whole name of one organisation in the register is matched to it; others stay as written.
    Raises NotAllowed, Refused naming the field.
    """
    today = timezone.localdate()
    past = facts.ends_on is not None and facts.ends_on < today
    collaboration = make_collaboration(
        facts,
        language=language,
        created_by=by.user,
        recorded_later=True,
        state=CollaborationState.ENDED if past else CollaborationState.ACTIVE,
    )
    own = begin_party(by=by, collaboration=collaboration, unit=unit)
    own.diary_number = one_line(diary_number)[:60]
    own.save(update_fields=["diary_number"])
    if not _name(collaboration, by.organisation, names):
        raise Refused(_("Skriv vilka ni samverkar med, en på varje rad."), field="parties")
    record_for_parties("collaboration.recorded", by=by.user, collaboration=collaboration)
    return collaboration


def _name(collaboration: Collaboration, own: Organisation, names: Iterable[str]) -> list[NamedParty]:
    """Add those not named yet; the organisation itself is a party already."""
    written = {one_line(name)[:200]: None for name in names if one_line(name)}
    there = set(collaboration.named_parties.values_list("name", flat=True))
    new = [name for name in written if name not in there and name.casefold() != own.name.casefold()]
    if len(there) + len(new) > MOST_NAMED:
        raise Refused(_("Skriv högst {n} parter.").format(n=MOST_NAMED), field="parties")
    found = named_exactly(new)
    return NamedParty.objects.bulk_create(
        NamedParty(collaboration=collaboration, name=name, organisation=found.get(name.casefold())) for name in new
    )


@transaction.atomic
def name_parties(*, by: Seat, names: Iterable[str]) -> int:
    """Name further parties of a matter that was put in; returns how many were new. Raises NotAllowed, Refused."""
    hold(by)
    if not can_name_parties(by.user, by):
        raise NotAllowed
    added = _name(by.collaboration, by.acting.organisation, names)
    if added:
        _record(by, [None, ", ".join(party.name for party in added)])
    return len(added)


@transaction.atomic
def match_party(*, by: Seat, named_id: str, organisation: Organisation | None) -> NamedParty:
    """Say which organisation of the register a named party is; None takes the match away. Nobody is told or seated.

    Raises NotAllowed, NotVisible, Refused when it is one's own.
    """
    named = _named(by, named_id)
    if organisation is not None and organisation.pk == by.acting.organisation.pk:
        raise Refused(_("Ni är redan med. Välj en annan organisation."))
    before, named.organisation = named.organisation, organisation
    named.save(update_fields=["organisation"])
    _record(by, [str(before or named.name), str(organisation or named.name)])
    return named


@transaction.atomic
def remove_named_party(*, by: Seat, named_id: str) -> None:
    """Take away a party that was named by mistake. Raises NotAllowed, NotVisible, Refused for the last one."""
    named = _named(by, named_id)
    if by.collaboration.named_parties.count() == 1:
        raise Refused(_("Det behöver finnas minst en part till. Lägg till den rätta först."))
    named.delete()
    _record(by, [named.name, None])


def _named(by: Seat, named_id: str) -> NamedParty:
    hold(by)
    if not can_name_parties(by.user, by):
        raise NotAllowed
    rows = NamedParty.objects.select_for_update(of=("self",)).select_related("organisation")
    named: NamedParty | None = rows.filter(collaboration=by.collaboration, public_id=named_id).first()
    if named is None:
        raise NotVisible
    return named


def _record(by: Seat, change: list[str | None]) -> None:
    record_for_parties(
        "collaboration.parties_named", by=by.user, collaboration=by.collaboration, changes={"named": change}
    )
