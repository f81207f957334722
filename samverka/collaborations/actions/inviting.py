"""Inviting: the question to an organisation to be a party, and taking it back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samverka.kernel.addresses import site_address
from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.ids import ALPHABET, secret_token
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.models import Organisation, Unit
from samverka.processes.reading import SHIPPED, published_model

from ..emails import InvitationSent
from ..enums import InvitationState, PartyState
from ..models import Collaboration, Invitation, Party
from ..queries import Seat, code_hash, is_sensitive, token_hash, yes_by_link_needs
from ..rules import can_invite
from .checks import hold
from .settling import settle
from .trail import record_for_parties

#: Boards meet monthly: a link lives at least 60 days (users.md R3).
INVITATION_LIFE = timedelta(days=90)
INVITATIONS_A_DAY = 50


@dataclass(frozen=True)
class Asked:
    """Who is invited, where the mail goes, and what stands in it."""

    organisation: Organisation
    email: str
    unit: Unit | None = None
    message: str = ""
    language: str = "sv"


@transaction.atomic
def invite_party(
    *,
    by: Seat,
    invited: Organisation,
    invited_unit: Unit | None = None,
    email: str,
    message: str = "",
    language: str = "sv",
) -> str:
    """Invite one more organisation, as `invite_parties`; returns the link's secret."""
    (token,) = invite_parties(by=by, asked=[Asked(invited, email, invited_unit, message, language)])
    return token


@transaction.atomic
def invite_parties(*, by: Seat, asked: Sequence[Asked]) -> list[str]:
    """Invite further organisations, all or none; returns the links' secrets. A matter put in afterwards becomes a
    collaboration that follows the model.

    Raises NotAllowed, Refused (already a party, nothing written of why).
    """
    hold(by)
    if not can_invite(by.user, by):
        raise NotAllowed
    collaboration = Collaboration.objects.get(pk=by.collaboration.pk)
    _follow_the_model(collaboration)
    tokens = [invite(by.party, by.user, one) for one in asked]
    settle(collaboration)
    return tokens


def _follow_the_model(collaboration: Collaboration) -> None:
    model = published_model(SHIPPED)
    if collaboration.model_version_id is None and model:
        collaboration.model_version_id = model.pk
        collaboration.save(update_fields=["model_version"])


def invite(inviting: Party, user: Any, asked: Asked) -> str:
    """Ask an organisation and mail it; returns the link's secret. The caller has asked its rule, and settles."""
    collaboration = inviting.collaboration
    _refuse_what_cannot_be_asked(inviting, asked)
    allow(f"invite:{user.pk}", most=INVITATIONS_A_DAY, within=timedelta(days=1))
    party, created = Party.objects.select_for_update(of=("self",)).get_or_create(
        collaboration=collaboration, organisation=asked.organisation, unit=asked.unit
    )
    if not created:
        _ask_again(party)
    token, code = secret_token(), short_code()
    invitation = Invitation.objects.create(
        party=party,
        token_hash=token_hash(token),
        short_code_hash=code_hash(code),
        email=asked.email,
        message=asked.message,
        invited_by=user,
        inviting_party=inviting,
        language=asked.language,
        expires_at=timezone.now() + INVITATION_LIFE,
    )
    _mail_invitation(invitation, token, code)
    changes = {"organisation": asked.organisation.name}
    record_for_parties("collaboration.invited", by=user, collaboration=collaboration, only=inviting, changes=changes)
    return token


def _refuse_what_cannot_be_asked(inviting: Party, asked: Asked) -> None:
    if asked.organisation.pk == inviting.organisation_id and asked.unit == inviting.unit:
        raise Refused(_("Ni kan inte bjuda in er själva. Välj en annan organisation."))
    if not inviting.collaboration.purpose.strip():
        raise Refused(_("Skriv först varför ni vill göra det här. Den ni bjuder in behöver veta det."), field="purpose")


def _ask_again(party: Party) -> None:
    if party.state == PartyState.ACTIVE:
        raise Refused(_("%(party)s är redan med i den här samverkan.") % {"party": party.name})
    party.invitations.filter(state__in=InvitationState.unsettled()).update(state=InvitationState.WITHDRAWN)
    party.state = PartyState.INVITED
    party.save(update_fields=["state"])


def short_code() -> str:
    """Return eight characters in two groups, to type from paper or telephone (27^8, 38 bits; tries are limited)."""
    letters = "".join(secrets.choice(ALPHABET.upper()) for _i in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _mail_invitation(invitation: Invitation, token: str, code: str) -> None:
    collaboration, inviting = invitation.party.collaboration, invitation.inviting_party
    with translation.override(invitation.language):
        answer_by = date_format(timezone.localtime(invitation.expires_at), "j F Y")
        answer_url, code_url = site_address("invitation", token), site_address("enter_code")
    outbox.send(
        InvitationSent(
            title_of_collaboration=collaboration.title,
            purpose=collaboration.purpose,
            inviting_party=inviting.name,
            inviting_person=str(invitation.invited_by.name if invitation.invited_by else ""),
            inviting_phone=invitation.invited_by.phone if invitation.invited_by else "",
            invited_organisation=invitation.party.name,
            message=invitation.message,
            answer_url=answer_url,
            code_url=code_url,
            short_code=code,
            answer_by=answer_by,
            discreet=is_sensitive(collaboration),
            yes_needs=yes_by_link_needs(invitation).value,
        ),
        to=invitation.email,
        language=invitation.language,
        organisation=inviting.organisation.public_id,
        reply_to=invitation.invited_by.email if invitation.invited_by else "",
    )


@transaction.atomic
def withdraw_invitation(*, by: Seat, invitation_id: str) -> None:
    """Take back an invitation that nobody has answered: the link stops working. Raises NotAllowed, Refused."""
    hold(by)
    if not can_invite(by.user, by):
        raise NotAllowed
    invitation = (
        Invitation.objects.select_for_update()
        .filter(public_id=invitation_id, party__collaboration=by.collaboration, inviting_party=by.party)
        .filter(state__in=InvitationState.unsettled())
        .first()
    )
    if invitation is None:
        raise Refused(_("Inbjudan är redan besvarad eller återtagen."))
    invitation.state = InvitationState.WITHDRAWN
    invitation.save(update_fields=["state"])
    Party.objects.filter(pk=invitation.party_id, state=PartyState.INVITED).update(state=PartyState.WITHDRAWN)
    settle(by.collaboration)
    record_for_parties("collaboration.invitation_withdrawn", by=by.user, collaboration=by.collaboration, only=by.party)
