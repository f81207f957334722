"""At which office an organisation is asked: its best function address, for many organisations at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from samverka.organisations.enums import FunctionKind
from samverka.organisations.models import Function, Organisation

#: Who best answers questions on work with associations, first. A unit's own functions come before its body's. Where
#: there is none, the organisation's registered address is used.
ASKED_AT = (
    FunctionKind.COORDINATOR,
    FunctionKind.REGISTRAR,
    FunctionKind.OFFICE,
    FunctionKind.CONTACT_CENTRE,
    FunctionKind.EXECUTIVE_BOARD,
    FunctionKind.COMMITTEE,
)


@dataclass(frozen=True)
class Office:
    """Where one is asked; `function` is "" for the organisation's registered address."""

    function: str = ""
    email: str = ""
    phone: str = ""


#: An organisation and the unit of it that is asked, None for the whole.
Place = tuple[Organisation, int | None]


def offices_of(places: Iterable[Place]) -> list[Office]:
    """Return the office of each place, in order; one query. `email` is "" where there is no address."""
    wanted = list(places)
    by_organisation: dict[int, list[Function]] = {}
    keys = {organisation.pk for organisation, _unit in wanted}
    for function in Function.objects.filter(organisation__in=keys, withdrawn_at=None):
        by_organisation.setdefault(function.organisation_id, []).append(function)
    return [_office(one, unit, by_organisation.get(one.pk, [])) for one, unit in wanted]


def _office(organisation: Organisation, unit: int | None, functions: list[Function]) -> Office:
    reaching = [function for function in functions if function.unit_id in {None, unit}]
    reaching.sort(key=lambda one: (one.unit_id is None, ASKED_AT.index(FunctionKind(one.kind)), one.pk))
    if not reaching:
        return Office(email=organisation.email, phone=organisation.phone)
    best = reaching[0]
    return Office(best.kind, best.email, best.phone or organisation.phone)
