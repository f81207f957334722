"""How it stands with the terms for a public body and each of its units, as a page shows it."""

from dataclasses import dataclass

from samverka.organisations.acceptances import acceptances_of, covering
from samverka.organisations.models import TermsAcceptance, Unit
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_accept_terms
from samverka.organisations.terms import Terms

#: Stands for the whole body where a unit's id would stand.
WHOLE = "hela"


@dataclass(frozen=True)
class Place:
    """The whole body (unit None) or a unit: what holds there of the terms, and whether the person may accept there.

    `acceptance` is of the version that holds today, perhaps the whole body's; `earlier` is the latest of an older one.
    """

    unit: Unit | None
    name: str
    acceptance: TermsAcceptance | None
    earlier: TermsAcceptance | None
    may_accept: bool

    @property
    def key(self) -> str:
        """What stands for it in forms and addresses."""
        return self.unit.public_id if self.unit else WHOLE

    @property
    def covered(self) -> bool:
        """Whether what holds is the whole body's acceptance, for a unit."""
        return self.acceptance is not None and self.unit is not None and self.acceptance.unit_id is None


def places_of(acting: Acting, terms: Terms) -> list[Place]:
    """Return the whole body and its units of today, in Swedish order."""
    accepted = list(acceptances_of(acting.organisation))
    today = [row for row in accepted if row.version == terms.number]
    older = [row for row in accepted if row.version < terms.number]
    return [_place(acting, unit, today, older) for unit in (None, *acting.organisation.units.current())]


def _place(acting: Acting, unit: Unit | None, today: list[TermsAcceptance], older: list[TermsAcceptance]) -> Place:
    unit_id = unit.pk if unit else None
    return Place(
        unit=unit,
        name=unit.name if unit else acting.organisation.name,
        acceptance=covering(today, unit),
        earlier=next((row for row in older if row.unit_id == unit_id), None),
        may_accept=can_accept_terms(acting.user, acting, unit),
    )


def wanted_places(acting: Acting, places: list[Place], wanted: str) -> list[Place]:
    """Return what the person came for: the place with the key `wanted`, else their own units, else the whole body."""
    named = [place for place in places if place.key == wanted]
    own = {unit.pk for unit in acting.units}
    return named or [place for place in places if (place.unit.pk in own if place.unit else not own)]
