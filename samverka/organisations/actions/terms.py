"""Accepting the terms for a public body or one of its units, and asking somebody who may (users.md R8)."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samverka.kernel import audit
from samverka.kernel.addresses import site_address
from samverka.kernel.errors import Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.acceptances import covering_acceptance, may_accept, terms_missing
from samverka.organisations.emails import TermsAccepted, TermsAsked
from samverka.organisations.models import Organisation, TermsAcceptance, Unit
from samverka.organisations.queries import Acting, office_address
from samverka.organisations.rules import can_accept_terms, is_member
from samverka.organisations.terms import Terms, current_terms, terms_version

from . import checks
from .steps import locked, note, refuse, require

#: Mails to colleagues that one person may ask for in a day.
MOST_ASKED_A_DAY = 5


@transaction.atomic
def accept_terms(*, by: Acting, unit: Unit | None, version: int, role: str = "") -> TermsAcceptance:
    """Accept the terms for `unit`, or for the whole body, and mail its office. `role` is what the person is there.

    Where they are accepted already, that acceptance is returned. Refused when `version` is not the newest.
    """
    require(can_accept_terms(by.user, by, unit))
    organisation = by.organisation
    terms = _terms_to_accept(organisation, unit, version)
    locked(organisation)
    if accepted := covering_acceptance(organisation, unit, version):
        return accepted
    acceptance = TermsAcceptance.objects.create(
        organisation=organisation, unit=unit, version=version, provider=settings.HOST_ORGANISATION,
        accepted_by=by.user, accepted_name=str(by.user)[:150], accepted_role=checks.one_line(role)[:120],
    )  # fmt: skip
    changes = {
        "version": [None, version], "person_role": [None, acceptance.accepted_role],
        "text": audit.hidden_text(terms.text),
    }  # fmt: skip
    note("terms.accepted", acceptance, by=by.user, organisation=organisation, label=acceptance.party, changes=changes)
    _tell_office(acceptance, terms)
    return acceptance


@transaction.atomic
def ask_for_terms(*, by: Acting, unit: Unit | None) -> list[str]:
    """Mail those who may accept the terms for `unit` (None: the whole body) that a colleague needs it; return their
    addresses. Any member may ask. Refused when nothing is missing or nobody may; TooMany after MOST_ASKED_A_DAY.
    """
    require(is_member(by.user, by))
    organisation = by.organisation
    _check_unit(organisation, unit)
    if terms_missing(organisation, unit) is None:
        raise Refused(_("Villkoren är redan godkända. Ni kan dela."))
    people = [held[0].user for held in may_accept(organisation, unit) if held[0].user_id != by.user.pk]
    if not people:
        raise Refused(_("Ingen annan hos er får godkänna dem. Be er administratör ge någon rollen beslutsfattare."))
    allow(f"ask-for-terms:{by.user.pk}", most=MOST_ASKED_A_DAY, within=timedelta(days=1))
    for person in people:
        _ask(person, by=by, unit=unit)
    note("terms.asked", organisation, by=by.user, organisation=organisation, label=_party(organisation, unit))
    return [person.email for person in people]


def _terms_to_accept(organisation: Organisation, unit: Unit | None, version: int) -> Terms:
    if not organisation.is_public_body:
        raise Refused(_("Bara offentliga aktörer behöver godkänna villkoren."))
    _check_unit(organisation, unit)
    # Whatever language they were read in, it is the Swedish text that is accepted.
    newest = current_terms("sv")
    if newest is None or newest.number != version:
        raise Refused(_("Villkoren har fått en ny version. Läs den och godkänn den i stället."))
    return newest


def _check_unit(organisation: Organisation, unit: Unit | None) -> None:
    if unit is not None and unit.organisation_id != organisation.pk:
        raise refuse(_("Enheten hör till en annan organisation."), field="unit")


def _ask(person: Any, *, by: Acting, unit: Unit | None) -> None:
    organisation = by.organisation
    with translation.override(person.language):
        mail = TermsAsked(
            organisation=_party(organisation, unit),
            asked_by=str(by.user),
            page_url=site_address("our_terms", organisation.public_id) + (f"?enhet={unit.public_id}" if unit else ""),
        )
    outbox.send(mail, to=person.email, language=person.language, organisation=organisation.public_id)


def _tell_office(acceptance: TermsAcceptance, terms: Terms) -> None:
    """Mail the unit's or the body's own office, whose diary this may belong in."""
    organisation = acceptance.organisation
    address = office_address(organisation, acceptance.unit)
    if not address:
        return
    language = organisation.language
    with translation.override(language):
        said = terms_version(acceptance.version) or terms
        mail = TermsAccepted(
            organisation=acceptance.party,
            title_of_terms=said.title,
            version=str(acceptance.version),
            accepted_name=acceptance.accepted_name,
            accepted_role=acceptance.accepted_role,
            accepted_at=acceptance.accepted_at,
            provider=acceptance.provider,
            terms_url=site_address("terms_pdf", acceptance.version),
        )
    outbox.send(mail, to=address, language=language, organisation=organisation.public_id)


def _party(organisation: Organisation, unit: Unit | None) -> str:
    return f"{unit.name}, {organisation.name}" if unit else str(organisation.name)
