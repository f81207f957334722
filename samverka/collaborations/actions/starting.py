"""Starting a collaboration and inviting to it."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samverka.accounts.roles import Permission
from samverka.kernel.addresses import site_address
from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.ids import ALPHABET, secret_token
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.kernel.search import store_vector
from samverka.organisations.models import Organisation, Unit
from samverka.organisations.queries import Acting
from samverka.processes.reading import SHIPPED, published_model

from ..emails import InvitationSent
from ..enums import CollaborationState, InvitationState, PartyState
from ..models import Collaboration, Invitation, Party
from ..queries import Seat, code_hash, token_hash
from ..rules import can_invite, can_set_diary_number
from .trail import record_for_parties

#: Boards meet monthly: a link lives at least 60 days (users.md R3).
INVITATION_LIFE = timedelta(days=90)
INVITATIONS_A_DAY = 50


@transaction.atomic
def start_collaboration(
    *,
    by: Acting,
    title: str,
    purpose: str,
    unit: Unit | None,
    invited: Organisation,
    invited_unit: Unit | None = None,
    email: str,
    message: str = "",
    language: str = "sv",
    invented: bool = False,
) -> tuple[Collaboration, str]:
    """Start a collaboration for the organisation acted for and invite another; returns it and the link's secret.

    Raises NotAllowed without the permission, Refused when an organisation invites itself or a limit is reached.
    """
    if not by.has_for(Permission.START_COLLABORATION, unit.pk if unit else None):
        raise NotAllowed
    model = published_model(SHIPPED)
    collaboration = Collaboration.objects.create(
        title=title,
        purpose=purpose,
        language=language,
        created_by=by.user,
        invented=invented,
        model_version_id=model.pk if model else None,
    )
    store_vector(collaboration)
    own = Party.objects.create(
        collaboration=collaboration,
        organisation=by.organisation,
        unit=unit,
        state=PartyState.ACTIVE,
        contact=by.user,
        joined_at=timezone.now(),
    )
    record_for_parties("collaboration.started", by=by.user, collaboration=collaboration)
    asked = _Asked(invited, invited_unit, email, message, language)
    token = _invite(own, by.user, asked)
    return collaboration, token


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
    """Invite one more organisation; returns the link's secret. Raises NotAllowed, Refused (already a party)."""
    if not can_invite(by.user, by):
        raise NotAllowed
    return _invite(by.party, by.user, _Asked(invited, invited_unit, email, message, language))


@dataclass(frozen=True)
class _Asked:
    """Who is invited, where the mail goes, and what stands in it."""

    organisation: Organisation
    unit: Unit | None
    email: str
    message: str
    language: str


def _invite(inviting: Party, user: Any, asked: _Asked) -> str:
    collaboration = inviting.collaboration
    if asked.organisation.pk == inviting.organisation_id and asked.unit == inviting.unit:
        raise Refused(_("Ni kan inte bjuda in er själva. Välj en annan organisation."))
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
        ),
        to=invitation.email,
        language=invitation.language,
        organisation=inviting.organisation.public_id,
        reply_to=invitation.invited_by.email if invitation.invited_by else "",
    )


@transaction.atomic
def withdraw_invitation(*, by: Seat, invitation_id: str) -> None:
    """Take back an invitation that nobody has answered: the link stops working. Raises NotAllowed, Refused."""
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


def settle(collaboration: Collaboration) -> None:
    """Set the collaboration's state from its parties: under way with two active, waiting for an answer, prepared by
    one alone, or not come about. An ended one stays ended.
    """
    if collaboration.state == CollaborationState.ENDED:
        return
    states = list(collaboration.parties.values_list("state", flat=True))
    if states.count(PartyState.ACTIVE) > 1:
        state = CollaborationState.ACTIVE
    elif PartyState.INVITED in states:
        state = CollaborationState.INVITED
    elif states == [PartyState.ACTIVE]:
        state = CollaborationState.PREPARING
    else:
        state = CollaborationState.DECLINED
    collaboration.state, collaboration.changed_at = state, timezone.now()
    collaboration.save(update_fields=["state", "changed_at"])


@transaction.atomic
def set_diary_number(*, by: Seat, diary_number: str) -> None:
    """Set the party's own diary number of the matter. Raises NotAllowed."""
    if not can_set_diary_number(by.user, by):
        raise NotAllowed
    party = Party.objects.select_for_update().get(pk=by.party.pk)
    before, party.diary_number = party.diary_number, diary_number
    party.save(update_fields=["diary_number"])
    record_for_parties(
        "collaboration.diary_number_set",
        by=by.user,
        collaboration=by.collaboration,
        changes={"diary_number": [before, diary_number]},
    )
