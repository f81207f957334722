"""Invitations: found by link or code, who may answer, where they go."""

import hashlib
from enum import StrEnum
from typing import Any

from django.utils.crypto import salted_hmac

from samverka.accounts.roles import ROLES, Permission
from samverka.kernel.compiled import compiled
from samverka.kernel.errors import NotVisible
from samverka.organisations.models import Organisation, Unit
from samverka.organisations.queries import Acting, current_memberships, members_of

from ..enums import InvitationState, PartyState
from ..models import Invitation, Party
from .seats import Seat


def token_hash(token: str) -> str:
    """Return how a link's secret is stored: its SHA-256. The secret has 192 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(code: str) -> str:
    """Return how a short code is stored: an HMAC with the installation's key, since 38 bits can be tried through."""
    return salted_hmac("collaborations.invitation", normal_code(code), algorithm="sha256").hexdigest()


#: What an invitation's page tells beside the invitation itself.
_AROUND = (
    "party__collaboration__municipality",
    "party__collaboration__county",
    "party__organisation",
    "party__unit",
    "inviting_party__organisation",
    "inviting_party__unit",
    "invited_by",
)


def invitation_by_token(token: str) -> Invitation:
    """Return the invitation that the mailed link opens, answered or not. Raises NotVisible for an unknown link."""
    invitation = (
        Invitation.objects.filter(token_hash=token_hash(token))
        .exclude(state="withdrawn")
        .select_related(*_AROUND)
        .first()
    )
    if invitation is None:
        raise NotVisible
    return invitation


def waiting_invitations(acting: Acting, *, most: int | None = None) -> list[Invitation]:
    """Return the unanswered invitations to the organisation, newest first, for those who take part for it."""
    # Mostly nobody has asked; seen at once, where the whole question takes the database long to plan.
    return list(_waiting(acting)[:most]) if _invited.all(organisation=acting.organisation.pk) else []


def waiting_invitation(acting: Acting, invitation_id: str) -> Invitation:
    """Return the one with that public id. Raises NotVisible when it is answered, or not for the person to answer."""
    found: Invitation | None = _waiting(acting).filter(public_id=invitation_id).first()
    if found is None:
        raise NotVisible
    return found


def _waiting(acting: Acting) -> Any:
    return (
        Invitation.objects.filter(
            party__in=Party.objects.filter(organisation=acting.organisation, state="invited").of_person(acting.user),
            state__in=InvitationState.unsettled(),
        )
        .select_related(
            "party__collaboration",
            "party__organisation",
            "party__unit",
            "inviting_party__organisation",
            "inviting_party__unit",
        )
        .order_by("-created_at")
    )


@compiled
def _invited(organisation: int) -> Any:
    # All of them: told that one is enough, the database thinks it will soon be met, and looks through every party.
    return Party.objects.filter(organisation=organisation, state="invited").order_by().values_list("pk")


class AnswerGround(StrEnum):
    """On what ground somebody may say yes for an invited organisation."""

    MEMBER = "member"
    LINK = "link"
    MEMBERS_ONLY = "members_only"
    BOTH_SIDES = "both_sides"


def takes_part_for(user: Any, party: Party) -> bool:
    """Return whether the signed-in person may write for `party`."""
    return bool(user is not None and Party.objects.filter(pk=party.pk).of_person(user).exists())


def answer_ground(invitation: Invitation, user: Any) -> AnswerGround:
    """Return on what ground `user` (or the link's holder, when None) could say yes.

    Nobody who acts for a party says yes for another one (users.md R12). By link only where nobody acts for the
    organisation yet, and only when the mail went to an address of the register, or a public body vouches for the
    address it typed (R11). Nobody vouches for a public body or a protected organisation: there it is the register's
    address or a member.
    """
    party = invitation.party
    others = Party.objects.filter(collaboration=party.collaboration_id, state=PartyState.ACTIVE).exclude(
        organisation=party.organisation_id
    )
    if user is not None and others.of_person(user).exists():
        return AnswerGround.BOTH_SIDES
    if takes_part_for(user, party):
        return AnswerGround.MEMBER
    organisation = party.organisation
    if members_of(organisation).exists():
        return AnswerGround.MEMBERS_ONLY
    if not (_went_to_the_register(invitation) or _is_vouched_for(invitation)):
        return AnswerGround.MEMBERS_ONLY
    return AnswerGround.LINK


class YesNeeds(StrEnum):
    """What somebody who holds only the link lacks to say yes."""

    NOTHING = ""
    MEMBER = "member"
    CLAIM = "claim"


def yes_by_link_needs(invitation: Invitation) -> YesNeeds:
    """Return whether a yes waits for one who acts for the organisation, or for somebody to show that they may."""
    if answer_ground(invitation, None) != AnswerGround.MEMBERS_ONLY:
        return YesNeeds.NOTHING
    return YesNeeds.MEMBER if members_of(invitation.party.organisation).exists() else YesNeeds.CLAIM


def _went_to_the_register(invitation: Invitation) -> bool:
    organisation = invitation.party.organisation
    if not organisation.is_public_body:
        return bool(organisation.email) and organisation.email.lower() == invitation.email.lower()
    return organisation.functions.filter(withdrawn_at__isnull=True, email__iexact=invitation.email).exists()


def _is_vouched_for(invitation: Invitation) -> bool:
    invited, inviting = invitation.party.organisation, invitation.inviting_party.organisation
    return inviting.is_public_body and not invited.is_public_body and not invited.protected


#: In which order a body's office addresses are asked, when the one who invites names none.
OFFICES = ("coordinator", "office", "registrar", "executive_board", "committee", "contact_centre")


def registered_address(organisation: Organisation, unit: Unit | None = None) -> str:
    """Return where an invitation goes when no address is typed: an office of the unit, then of the body; or "".

    The address may be one that does not show; it is only sent to.
    """
    if not organisation.is_public_body:
        return organisation.email
    offices = list(organisation.functions.filter(withdrawn_at__isnull=True))
    of_unit = [office for office in offices if unit and office.unit_id == unit.pk]
    of_body = [office for office in offices if office.unit_id is None]
    for group in (of_unit, of_body):
        ranked = sorted(group, key=lambda office: OFFICES.index(office.kind))
        if ranked:
            return str(ranked[0].email)
    return ""


def invitation_by_code(code: str) -> Invitation:
    """Return the open invitation that the short code from the mail names. Raises NotVisible."""
    found = Invitation.objects.filter(short_code_hash=code_hash(code)).select_related(*_AROUND)
    invitation = next((one for one in found if one.is_open), None)
    if invitation is None:
        raise NotVisible
    return invitation


def normal_code(typed: str) -> str:
    """Return a typed code as it is compared: upper case, without spaces and hyphens."""
    return "".join(c for c in typed.upper() if c.isalnum())


def open_invitations(seat: Seat) -> Any:
    """Return the collaboration's invitations that wait for an answer, with the party that is asked."""
    return Invitation.objects.filter(
        party__collaboration=seat.collaboration, state__in=InvitationState.unsettled()
    ).select_related("party__organisation", "party__unit", "inviting_party")


def questions_before_yes(seat: Seat) -> dict[int, str]:
    """Return what those whom the party invited asked before they said yes, by their party's key."""
    if not seat.takes_part:
        return {}
    asked = Invitation.objects.filter(inviting_party=seat.party, state=InvitationState.ACCEPTED).exclude(reason="")
    return dict(asked.values_list("party", "reason"))


def may_invite(user: Any, invited: Organisation) -> list[Organisation]:
    """Return the organisations for which the person may invite `invited`, in Swedish order."""
    held = [m for m in current_memberships(user) if Permission.START_COLLABORATION in ROLES[m.role].may]
    return list({m.organisation_id: m.organisation for m in held if m.organisation_id != invited.pk}.values())
