"""What a public body has accepted of the terms, and who may accept them (users.md R8).

Associations are not asked. What a body accepts for the whole of itself covers its units.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from samverka.accounts import roles
from samverka.accounts.roles import Permission

from .models import Membership, Organisation, TermsAcceptance, Unit
from .queries import called, members_of
from .terms import Terms, current_terms


def terms_missing(organisation: Organisation, unit: Unit | None) -> Terms | None:
    """Return the terms that must be accepted before `unit` (None: the whole body) shares anything, in the reader's
    language; None when nothing is missing. Asked before the first shared entry.
    """
    terms = current_terms() if organisation.is_public_body else None
    return terms if terms and covering_acceptance(organisation, unit, terms.number) is None else None


def lacking_terms(asked: Iterable[tuple[Organisation, Unit | None]]) -> list[bool]:
    """Return for each organisation (and unit) whether `terms_missing` would name terms, in one query for them all."""
    pairs = list(asked)
    bodies = [organisation.pk for organisation, _unit in pairs if organisation.is_public_body]
    terms = current_terms() if bodies else None
    if terms is None:
        return [False] * len(pairs)
    by_body: dict[int, list[TermsAcceptance]] = {}
    for acceptance in TermsAcceptance.objects.filter(organisation__in=bodies, version=terms.number):
        by_body.setdefault(acceptance.organisation_id, []).append(acceptance)
    return [
        organisation.is_public_body and covering(by_body.get(organisation.pk, ()), unit) is None
        for organisation, unit in pairs
    ]


def covering_acceptance(organisation: Organisation, unit: Unit | None, number: int) -> TermsAcceptance | None:
    """Return the acceptance of that version that holds for `unit`: its own, or the whole body's."""
    return covering(acceptances_of(organisation).filter(version=number), unit)


def covering(acceptances: Iterable[TermsAcceptance], unit: Unit | None) -> TermsAcceptance | None:
    """Return the one of `acceptances` (of one version) that holds for `unit`, its own before the whole body's."""
    by_unit = {acceptance.unit_id: acceptance for acceptance in acceptances}
    return by_unit.get(unit.pk if unit else None) or by_unit.get(None)


def acceptances_of(organisation: Organisation) -> QuerySet[TermsAcceptance]:
    """Return every acceptance of the body and its units, the latest first."""
    return TermsAcceptance.objects.filter(organisation=organisation).select_related("organisation", "unit")


def may_accept(organisation: Organisation, unit: Unit | None) -> list[list[Membership]]:
    """Return the memberships of each person who may accept for `unit` (None: the whole body), by person."""
    deciding = [code for code in roles.ORGANISATION_ROLES if roles.may([code], Permission.CONFIRM)]
    reaching = Q(unit=None) | Q(unit=unit) if unit else Q(unit=None)
    by_person: dict[int, list[Membership]] = {}
    for membership in members_of(organisation).filter(reaching, role__in=deciding):
        by_person.setdefault(membership.user_id, []).append(membership)
    return list(by_person.values())


def may_accept_names(organisation: Organisation, unit: Unit | None) -> list[str]:
    """Return what those who may accept are called by their colleagues."""
    return [called(held) for held in may_accept(organisation, unit)]


def all_acceptances(name: str = "") -> QuerySet[TermsAcceptance]:
    """Return every acceptance of every body, the latest first: for the host, which the terms are agreed with. `name`
    is a part of the body's or the unit's name.
    """
    found = TermsAcceptance.objects.select_related("organisation", "unit")
    return found.filter(Q(organisation__name__icontains=name) | Q(unit__name__icontains=name)) if name else found


def acceptance_of(organisation: Organisation, public_id: str) -> Any:
    """Return one acceptance of the body or its units, or None."""
    return acceptances_of(organisation).filter(public_id=public_id).first()
