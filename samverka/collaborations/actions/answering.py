"""Answering an invitation: yes, no, ring me, or a question first. Always a POST after a choice without preselection
(users.md R3).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.accounts.queries import person_with_address
from samverka.kernel import audit
from samverka.kernel.addresses import site_address
from samverka.kernel.errors import Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.actions import members
from samverka.organisations.models import Organisation

from ..emails import InvitationAnswered, InvitationConfirmed
from ..enums import InvitationState, NoticeKind, PartyState
from ..models import Collaboration, Invitation, Party
from ..notices import tell
from ..queries import AnswerGround, answer_ground, is_sensitive, takes_part_for
from .settling import settle
from .trail import record_for_parties

ANSWERS_A_DAY = 10
ANSWERS = (InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.CALL_ME, InvitationState.ASKED)


@dataclass(frozen=True)
class Answer:
    """What the answering person says; `board_knows` is "knows", "will_ask" or "". `reason` is the question of one who
    asks first.
    """

    choice: InvitationState
    name: str
    role: str = ""
    email: str = ""
    phone: str = ""
    board_knows: str = ""
    reason: str = ""


@transaction.atomic
def answer_invitation(*, by: Any, invitation: Invitation, answer: Answer) -> Invitation:
    """Answer for the invited organisation; `by` is a signed-in user or None (the link's holder).

    A yes by link makes the person the first who may act for an organisation that nobody acts for yet; where somebody
    does, one of them must say yes. Raises Refused: already answered, too old, on both sides, details missing.
    """
    # In the order of whoever ends or invites: the collaboration first.
    Collaboration.objects.locked().get(parties__invitations=invitation.pk)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise Refused(_("Inbjudan är redan besvarad, återtagen eller för gammal. Ring den som bjöd in."))
    _check_details(answer)
    # Who wants to be rung, or asks, may answer again, and each answer is a mail; the link may be in anybody's hands.
    allow(f"answer:{locked.pk}", most=ANSWERS_A_DAY, within=timedelta(days=1))
    parties = Party.objects.select_for_update(of=("self",)).select_related("collaboration", "organisation", "unit")
    party = parties.get(pk=locked.party_id)
    if answer.choice == InvitationState.ACCEPTED:
        _accept(by, locked, party, answer)
    elif answer.choice == InvitationState.DECLINED:
        party.state = PartyState.DECLINED
        party.save(update_fields=["state"])
    _note_answer(locked, answer)
    settle(party.collaboration)
    _log_answer(by, locked, party, answer)
    _tell(locked, party, answer)
    _tell_the_others(by, locked, party)
    return locked


def _check_details(answer: Answer) -> None:
    if answer.choice not in ANSWERS:
        raise Refused(_("Välj ett av svaren."))
    if not answer.name.strip():
        raise Refused(_("Skriv ditt namn, så att de vet vem som svarar."), field="name")
    if answer.choice == InvitationState.CALL_ME and not answer.phone.strip():
        raise Refused(_("Skriv ditt telefonnummer, så att de kan ringa."), field="phone")
    if answer.choice == InvitationState.ASKED:
        _check_question(answer)


def _check_question(answer: Answer) -> None:
    if not answer.reason.strip():
        raise Refused(_("Skriv vad ni undrar över."), field="reason")
    if not (answer.email.strip() or answer.phone.strip()):
        raise Refused(_("Skriv en e-postadress eller ett telefonnummer, så att de kan svara."), field="email")


def _accept(by: Any, invitation: Invitation, party: Party, answer: Answer) -> None:
    # Of two who answer for the same organisation at once, the second sees that somebody acts for it by now.
    Organisation.objects.select_for_update(no_key=True).get(pk=party.organisation_id)
    ground = answer_ground(invitation, by)
    if ground == AnswerGround.BOTH_SIDES:
        raise Refused(_("Du företräder den som bjöd in. Då kan du inte också svara för dem ni bjuder in."))
    if ground == AnswerGround.MEMBERS_ONLY:
        raise Refused(_("Någon som företräder %(party)s behöver logga in och svara ja.") % {"party": party.name})
    if ground == AnswerGround.LINK:
        if not answer.email:
            raise Refused(_("Skriv din e-postadress. Den använder du när du loggar in."), field="email")
        _refuse_own_side(invitation, answer.email)
        membership = members.let_in(
            by=None,
            on_behalf=invitation.inviting_party.name,
            organisation=party.organisation,
            unit=party.unit,
            email=answer.email,
            name=answer.name,
            role="administrator",
            basis=_("Tackade ja till en inbjudan"),
        )
        party.contact = membership.user
    else:
        party.contact = by
    party.state, party.joined_at = PartyState.ACTIVE, timezone.now()
    party.save(update_fields=["state", "joined_at", "contact"])


def _refuse_own_side(invitation: Invitation, email: str) -> None:
    """Refuse the address of somebody who acts for another party here (users.md R12)."""
    answering = person_with_address(email)
    if answering is not None and answer_ground(invitation, answering) == AnswerGround.BOTH_SIDES:
        raise Refused(
            _("Den adressen hör till någon som företräder en annan part. Skriv en adress hos er."), field="email"
        )


def _note_answer(invitation: Invitation, answer: Answer) -> None:
    # A question that was asked before the yes stays.
    stays = invitation.state == InvitationState.ASKED and answer.choice == InvitationState.ACCEPTED
    asked = invitation.reason if stays else ""
    invitation.state, invitation.answered_at = answer.choice, timezone.now()
    invitation.answered_name, invitation.answered_role = answer.name.strip(), answer.role.strip()
    invitation.answered_email, invitation.answered_phone = answer.email, answer.phone.strip()
    invitation.board_knows, invitation.reason = answer.board_knows, answer.reason.strip() or asked
    invitation.save()


def _log_answer(by: Any, invitation: Invitation, party: Party, answer: Answer) -> None:
    record_for_parties(
        f"collaboration.invitation_{answer.choice.value}",
        by=by if takes_part_for(by, party) else None,
        collaboration=party.collaboration,
        changes={"organisation": party.name, "name": answer.name.strip(), "by_link": by is None},
    )
    if party.state != PartyState.ACTIVE:
        audit.record(
            f"collaboration.invitation_{answer.choice.value}",
            by=by,
            kind="collaboration",
            object_id=party.collaboration.public_id,
            label=party.collaboration.title,
            organisation=party.organisation.public_id,
        )


def _tell_the_others(by: Any, invitation: Invitation, party: Party) -> None:
    """Let the other parties know of a yes or a no; who invited is told above."""
    kinds = {PartyState.ACTIVE: NoticeKind.PARTY_JOINED, PartyState.DECLINED: NoticeKind.PARTY_DECLINED}
    if kind := kinds.get(PartyState(party.state)):
        tell(kind, by=None, about=party, but=[invitation.invited_by_id, by.pk if by else None])


def _tell(invitation: Invitation, party: Party, answer: Answer) -> None:
    collaboration, inviting = party.collaboration, invitation.inviting_party
    # A protected organisation that says no is no party any more, and is still not to be named.
    discreet = party.organisation.protected or is_sensitive(collaboration)
    if invitation.invited_by:
        outbox.send(
            InvitationAnswered(
                title_of_collaboration=collaboration.title,
                organisation=party.name,
                answer=str(answer.choice.value),
                answered_name=answer.name.strip(),
                answered_role=answer.role.strip(),
                answered_phone=answer.phone.strip(),
                answered_email=answer.email.strip(),
                reason=answer.reason.strip(),
                collaboration_url=site_address(
                    "collaboration", inviting.organisation.public_id, collaboration.public_id
                ),
                discreet=discreet,
            ),
            to=invitation.invited_by.email,
            language=invitation.invited_by.language,
            organisation=inviting.organisation.public_id,
            reply_to=answer.email.strip(),
        )
    registered = party.organisation.email
    if answer.choice == InvitationState.ACCEPTED and registered:
        outbox.send(
            InvitationConfirmed(
                title_of_collaboration=collaboration.title,
                organisation=party.name,
                inviting_party=inviting.name,
                answered_name=answer.name.strip(),
                answered_role=answer.role.strip(),
                discreet=discreet,
            ),
            to=registered,
            language=party.organisation.language,
            organisation=party.organisation.public_id,
        )
