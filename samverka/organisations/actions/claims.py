"""Who is the first to act for an organisation (users.md R11).

A code goes to an address that the register already has, never to one that the person typed. It is handed on to the
person by whoever
reads the office's mail: that is the proof. Where there is no such address, someone already trusted answers.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.mail.emails import Email
from samverka.kernel.ratelimit import allow
from samverka.organisations.emails import ClaimAsked, ClaimCode, ClaimNotice, ClaimRefused
from samverka.organisations.enums import ClaimState
from samverka.organisations.models import Claim, Organisation, Unit
from samverka.organisations.queries import administrators_of, answerers_of, claim_address, office_address
from samverka.organisations.rules import can_answer_claim

from . import checks, facts, members
from .steps import locked, note, require, store

#: Registrars answer the next working day; a code lives over a long weekend.
CODE_VALID = timedelta(days=7)
#: Boards meet once a month.
QUESTION_VALID = timedelta(days=60)
MOST_ATTEMPTS = 5
MOST_CLAIMS_A_DAY = 5
#: No letters that look alike; 8 of 27 with 5 attempts are guessed once in 56 milliard.
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
OPEN = (ClaimState.CODE_SENT, ClaimState.ASKED)


@transaction.atomic
def start_claim(
    *, by: Any, organisation: Organisation, unit: Unit | None = None, person_role: str = "", message: str = ""
) -> Claim:
    """Ask to act for `organisation`. Sends a code to an office address (a body) or the registered address (an
    association) if there is one
    (state code_sent; `sent_to` says where), otherwise the request waits for someone who can confirm (state asked).

    An organisation that somebody already acts for is asked itself; the address of one that nobody has confirmed was
    typed by whoever added it, and gets no code. An open claim is returned as it is. Refused for
    someone who
    already acts for it; TooMany after 5 in a day.
    """
    require(bool(getattr(by, "is_active", False)))
    locked(organisation)
    _close_old(by, organisation)
    if claim := Claim.objects.filter(user=by, organisation=organisation, state__in=OPEN).first():
        return claim
    if administrators_of(organisation, unit=unit).filter(user=by).exists():
        raise Refused(_("Du är redan administratör."))
    if organisation.state == "withdrawn" or (unit is not None and unit.organisation_id != organisation.pk):
        raise Refused(_("Organisationen finns inte längre i registret."))
    allow(f"claim:{by.pk}", most=MOST_CLAIMS_A_DAY, within=timedelta(days=1))
    claim = Claim(
        user=by, organisation=organisation, unit=unit,
        person_role=checks.one_line(person_role)[:120], message=checks.one_line(message)[:500],
    )  # fmt: skip
    may_have_code = organisation.confirmed and not administrators_of(organisation, unit=unit).exists()
    address = claim_address(organisation, unit) if may_have_code else ""
    if address:
        _send_code(claim, address)
    else:
        _ask(claim)
    return claim


def confirm_claim(*, by: Any, claim: Claim, code: str) -> Claim:
    """Answer with the code that was sent; the person becomes administrator. 5 attempts, 7 days. Raises Refused with
    what to do.

    Not within a transaction (RuntimeError): a wrong attempt must stay counted.
    """
    require(by is not None and claim.user_id == by.pk)
    with transaction.atomic(durable=True):
        claim = locked(claim)
        fault = _fault(claim, code)
        if fault is None:
            _grant(claim, by=None)
    if fault is not None:
        raise fault
    return claim


def _fault(claim: Claim, code: str) -> Refused | None:
    """Count an attempt and return what is wrong with it, if anything; raising would undo the count."""
    if claim.state != ClaimState.CODE_SENT:
        return Refused(_("Ingen kod väntar på svar. Begär en ny."))
    if claim.expires_at <= timezone.now():
        return Refused(_("Koden gäller inte längre. Begär en ny."))
    if claim.attempts >= MOST_ATTEMPTS:
        return Refused(_("Koden har skrivits fel för många gånger. Be i stället någon som kan bekräfta."))
    claim.attempts += 1
    claim.save(update_fields=["attempts"])
    if not check_password(_plain(code), claim.code_hash):
        return Refused(_("Det är inte koden i mejlet. Kontrollera den och försök igen."), field="code")
    return None


@transaction.atomic
def ask_instead(*, by: Any, claim: Claim, message: str = "") -> Claim:
    """The code cannot be had: let someone who can confirm answer instead (state asked)."""
    require(by is not None and claim.user_id == by.pk)
    claim = locked(claim)
    if claim.state != ClaimState.CODE_SENT:
        raise Refused(_("Begäran är redan besvarad eller väntar på svar."))
    claim.message = checks.one_line(message)[:500] or claim.message
    claim.code_hash = claim.sent_to = ""
    _ask(claim)
    return claim


@transaction.atomic
def answer_claim(*, by: Any, claim: Claim, granted: bool, reason: str = "") -> Claim:
    """Grant or refuse an asked claim. For whoever `rules.can_answer_claim` names. The claimant gets a mail;
    refusing needs a reason.
    """
    claim = locked(claim)
    if claim.state != ClaimState.ASKED:
        raise Refused(_("Begäran är redan besvarad."))
    if not can_answer_claim(by, claim):
        raise NotAllowed
    if granted:
        _grant(claim, by=by)
    else:
        _refuse(claim, by=by, why=checks.reason(reason))
    return claim


def ask_about_new(*, organisation: Organisation, by: Any, person_role: str) -> Claim:
    """Let someone confirm an organisation that a person has just added and acts for already."""
    role = checks.one_line(person_role)[:120]
    claim = Claim(user=by, organisation=organisation, person_role=role, about_new=True)
    _ask(claim)
    return claim


def _send_code(claim: Claim, address: str) -> None:
    number = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    claim.state, claim.sent_to = ClaimState.CODE_SENT, address
    claim.code_hash = make_password(number)
    claim.expires_at = timezone.now() + CODE_VALID
    claim.save()
    mail = ClaimCode(
        **_about(claim),
        number=f"{number[:4]}-{number[4:]}",
        valid_until=date_format(timezone.localdate(claim.expires_at), "j F Y"),
    )
    _send(mail, address, claim.organisation)
    note(
        "claim.code_sent",
        claim,
        by=claim.user,
        organisation=claim.organisation,
        changes={"to": [None, address]},
        label=str(claim.user),
    )


def _ask(claim: Claim) -> None:
    claim.state = ClaimState.ASKED
    claim.expires_at = timezone.now() + QUESTION_VALID
    claim.save()
    note("claim.asked", claim, by=claim.user, organisation=claim.organisation, label=str(claim.user))
    askable = list(answerers_of(claim))
    for person in askable:
        mail = ClaimAsked(**_about(claim), answer_url=f"{settings.BASE_URL}/arbete/")
        outbox.send(mail, to=person.email, language=person.language, organisation=claim.organisation.public_id)
    if not askable and settings.CONTACT_EMAIL:
        mail = ClaimAsked(**_about(claim), answer_url=f"{settings.BASE_URL}/redaktion/")
        _send(mail, settings.CONTACT_EMAIL, claim.organisation)
    _tell_office(claim, ClaimState.ASKED)


def _grant(claim: Claim, *, by: Any) -> None:
    _close(claim, ClaimState.GRANTED, by=by)
    basis = _basis(claim, by)
    membership, made = members.give_membership(
        by=by, organisation=claim.organisation, user=claim.user, role="administrator", unit=claim.unit, basis=basis
    )
    if made:
        members.send_role_granted(membership=membership, by=by)
    organisation = locked(claim.organisation)
    if not organisation.confirmed:
        organisation.confirmed = True
        store(organisation)
    note(
        "claim.granted",
        claim,
        by=by or claim.user,
        organisation=claim.organisation,
        label=str(claim.user),
        changes={"basis": [None, basis]},
    )
    _tell_office(claim, ClaimState.GRANTED)


def _basis(claim: Claim, by: Any) -> str:
    # Kept as text in the language of the records.
    return f"Bekräftat av {by}" if by else f"Kod skickad till {claim.sent_to}"


def _refuse(claim: Claim, *, by: Any, why: str) -> None:
    _close(claim, ClaimState.REFUSED, by=by)
    note(
        "claim.refused",
        claim,
        by=by,
        organisation=claim.organisation,
        label=str(claim.user),
        changes={"reason": [None, why]},
    )
    mail = ClaimRefused(organisation=_name(claim), reason=why)
    outbox.send(mail, to=claim.user.email, language=claim.user.language, organisation=claim.organisation.public_id)
    if claim.about_new:
        _undo_new(locked(claim.organisation), claim=claim, by=by, why=why)


def _undo_new(organisation: Organisation, *, claim: Claim, by: Any, why: str) -> None:
    """Take out what the claimant added; where others have been confirmed there meanwhile, only the claimant."""
    if organisation.confirmed:
        members.end_roles_in(organisation=organisation, user=claim.user, by=by, reason=why)
    else:
        members.end_roles_in(organisation=organisation, by=by, reason=why)
        facts.withdraw_unconfirmed(organisation=organisation, by=by, reason=why)


def _close(claim: Claim, state: ClaimState, *, by: Any) -> None:
    claim.state, claim.answered_at, claim.answered_by, claim.code_hash = state, timezone.now(), by, ""
    claim.save()


def _close_old(user: Any, organisation: Organisation) -> None:
    Claim.objects.filter(user=user, organisation=organisation, state__in=OPEN, expires_at__lte=timezone.now()).update(
        state=ClaimState.EXPIRED, code_hash=""
    )


def _tell_office(claim: Claim, state: ClaimState) -> None:
    """Tell the organisation's own office, so that nobody acts for it without its knowing."""
    address = office_address(claim.organisation, claim.unit)
    if address:
        _send(ClaimNotice(**_about(claim), state=state.value), address, claim.organisation)


def _send(mail: Email, address: str, organisation: Organisation) -> None:
    outbox.send(mail, to=address, organisation=organisation.public_id)


def _about(claim: Claim) -> dict[str, str]:
    user, organisation = claim.user, claim.organisation
    return {
        "organisation": _name(claim),
        "organisation_url": f"{settings.BASE_URL}/organisationer/{organisation.public_id}-{organisation.slug}/",
        "person": user.name or user.email,
        "person_email": user.email,
        "person_role": claim.person_role,
        "message": claim.message,
    }


def _name(claim: Claim) -> str:
    return f"{claim.unit.name}, {claim.organisation.name}" if claim.unit else str(claim.organisation.name)


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in _ALPHABET)
