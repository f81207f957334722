"""Reads over several models: what one collaboration's page shows to one person."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils.crypto import salted_hmac

from samverka.accounts.roles import ROLES, Permission
from samverka.kernel.errors import NotVisible
from samverka.organisations.models import Organisation, Unit
from samverka.organisations.queries import Acting, current_memberships

from .circles import all_parties
from .enums import Circle, InvitationState
from .models import Collaboration, Entry, Invitation, Party
from .querysets import FOLLOWING, TAKING_PART


@dataclass(frozen=True)
class Seat:
    """A person at the table: in one collaboration, for one party, with what that person may read."""

    user: Any
    acting: Acting
    collaboration: Collaboration
    party: Party
    parties: list[Party]
    writes: bool
    both_sides: bool

    @property
    def readable(self) -> Any:
        """What is read from this seat: what all parties read, and this party's own as far as the person may.

        Somebody who also sits for another party does not read that one's notes here.
        """
        at_this_seat = Q(circle=Circle.ALL) | Q(party=self.party)
        return Entry.objects.filter(at_this_seat, collaboration=self.collaboration).visible_to(self.user)

    @property
    def entries(self) -> Any:
        """What is read from this seat, oldest first, with author and party; the shared note is not among them."""
        visible = self.readable.filter(joint=False)
        return visible.select_related("author", "party__organisation", "party__unit", "shared_by")

    @property
    def joint_note(self) -> Entry | None:
        """The note that the parties write together, if someone has begun it."""
        joint = self.readable.filter(joint=True)
        found: Entry | None = joint.select_related("changed_by", "party__organisation", "party__unit").first()
        return found


def seat(acting: Acting, collaboration_id: str) -> Seat:
    """Return the person's seat in the collaboration with that public id, for the organisation acted for.

    Raises NotVisible when the organisation is no active party there, or the person does not reach its unit.
    """
    user = acting.user
    collaboration = Collaboration.objects.visible_to(user).filter(public_id=collaboration_id).first()
    if collaboration is None:
        raise NotVisible
    mine = collaboration.parties.filter(organisation=acting.organisation, state="active")
    party = mine.of_person(user, TAKING_PART).first() or mine.of_person(user, FOLLOWING).first()
    if party is None:
        raise NotVisible
    parties = all_parties(collaboration)
    writing_for = set(collaboration.parties.filter(state="active").of_person(user).values_list("pk", flat=True))
    own = next(p for p in parties if p.pk == party.pk)
    sides = {p.organisation_id for p in parties if p.pk in writing_for}
    return Seat(user, acting, collaboration, own, parties, own.pk in writing_for, len(sides) > 1)


def collaborations_of(acting: Acting) -> Any:
    """Return the collaborations that the person reaches for this organisation, newest change first, with parties."""
    reached = Party.objects.filter(organisation=acting.organisation, state="active").of_person(acting.user, FOLLOWING)
    parties = Party.objects.select_related("organisation", "unit")
    return Collaboration.objects.filter(pk__in=reached.values("collaboration")).prefetch_related(
        Prefetch("parties", queryset=parties)
    )


def token_hash(token: str) -> str:
    """Return how a link's secret is stored: its SHA-256. The secret has 192 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(code: str) -> str:
    """Return how a short code is stored: an HMAC with the installation's key, since 38 bits can be tried through."""
    return salted_hmac("collaborations.invitation", normal_code(code), algorithm="sha256").hexdigest()


#: What an invitation's page tells beside the invitation itself.
_AROUND = (
    "party__collaboration",
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


def waiting_invitations(acting: Acting) -> Any:
    """Return the unanswered invitations to the organisation, for those who take part for it."""
    return (
        Invitation.objects.filter(
            party__in=Party.objects.filter(organisation=acting.organisation, state="invited").of_person(acting.user),
            state__in=["waiting", "call_me"],
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

    Nobody says yes from both sides (users.md R12). By link only where nobody acts for the organisation yet, and only
    when the mail went to an address of the register, or a public body vouches for the address it typed (R11). Nobody
    vouches for a public body or a protected organisation: there it is the register's address or a member.
    """
    party = invitation.party
    if user is not None and Party.objects.filter(pk=invitation.inviting_party_id).of_person(user).exists():
        return AnswerGround.BOTH_SIDES
    if takes_part_for(user, party):
        return AnswerGround.MEMBER
    organisation = party.organisation
    if organisation.memberships.filter(until__isnull=True).exists():
        return AnswerGround.MEMBERS_ONLY
    if not (_went_to_the_register(invitation) or _is_vouched_for(invitation)):
        return AnswerGround.MEMBERS_ONLY
    return AnswerGround.LINK


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


def entry_of(seat: Seat, entry_id: str) -> Entry:
    """Return the entry with that public id, if the person stands in its circle. Raises NotVisible."""
    visible = seat.readable.filter(public_id=entry_id)
    entry: Entry | None = visible.select_related("author", "changed_by", "shared_by").first()
    if entry is None:
        raise NotVisible
    return entry


def versions_of(seat: Seat, entry: Entry) -> Any:
    """Return an entry's texts, newest first: those the person wrote, and those written in a circle the person is in."""
    own = Q(author=seat.user, party=seat.party)
    ours = Q(circle=Circle.PARTY, party=seat.party) if seat.writes else Q(pk__in=[])
    seen = entry.versions.filter(own | ours | Q(circle=Circle.ALL))
    return seen.select_related("author", "party__organisation", "party__unit")


def open_invitations(seat: Seat) -> Any:
    """Return the collaboration's invitations that wait for an answer, with the party that is asked."""
    return Invitation.objects.filter(
        party__collaboration=seat.collaboration, state__in=[InvitationState.WAITING, InvitationState.CALL_ME]
    ).select_related("party__organisation", "party__unit", "inviting_party")


def count_active() -> int:
    """Return how many collaborations are under way; invented ones do not count."""
    return Collaboration.objects.filter(state="active", invented=False).count()


def active_by_municipality() -> dict[str, int]:
    """Return {municipality code: collaborations under way that its municipality is a party of}."""
    parties = Party.objects.filter(
        state="active",
        collaboration__state="active",
        collaboration__invented=False,
        organisation__kind__in=["municipality", "region"],
        organisation__municipality__isnull=False,
    )
    counted = parties.values_list("organisation__municipality").annotate(n=Count("collaboration", distinct=True))
    return dict(counted)


def organisation_at(user: Any, collaboration_id: str) -> str:
    """Return the public id of an organisation that the person reaches the collaboration for. Raises NotVisible."""
    parties = Party.objects.filter(collaboration__public_id=collaboration_id, state="active").of_person(user, FOLLOWING)
    found = parties.values_list("organisation__public_id", flat=True).first()
    if found is None:
        raise NotVisible
    return str(found)


def count_active_of(organisation: Organisation) -> int:
    """Return how many collaborations under way the organisation is a party of; none is told of a protected one."""
    if organisation.protected:
        return 0
    parties = Party.objects.filter(organisation=organisation, state="active", collaboration__state="active")
    return parties.values("collaboration").distinct().count()


def may_invite(user: Any, invited: Organisation) -> list[Organisation]:
    """Return the organisations for which the person may invite `invited`, in Swedish order."""
    held = [m for m in current_memberships(user) if Permission.START_COLLABORATION in ROLES[m.role].may]
    return list({m.organisation_id: m.organisation for m in held if m.organisation_id != invited.pk}.values())
