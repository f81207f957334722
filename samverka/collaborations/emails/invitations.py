"""The messages about invitations. None carries a text with a readers' circle.

The subject of a `discreet` one names neither the matter nor the other party: the field is sensitive, or one of the
parties is protected (users.md R10). A subject shows on locked screens and in lists that others see.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from samverka.kernel.mail.emails import Email, register


@register
@dataclass(frozen=True)
class InvitationSent(Email):
    """To the one who is asked."""

    code = "invitation_sent"
    title = _("Inbjudan till samverkan")
    when = _("När en part bjuder in en organisation")
    secret: ClassVar[bool] = True

    title_of_collaboration: str
    purpose: str
    inviting_party: str
    inviting_person: str
    inviting_phone: str
    invited_organisation: str
    message: str
    answer_url: str
    code_url: str
    short_code: str
    answer_by: str
    discreet: bool = False
    #: "member" or "claim" where the link alone is not enough for a yes.
    yes_needs: str = ""

    @classmethod
    def sample(cls) -> "InvitationSent":
        """Return one with invented content."""
        return cls(
            title_of_collaboration="Läxhjälp på tre språk",
            purpose="Fler barn ska få hjälp med läxorna på ett språk de förstår.",
            inviting_party="Utbildningsnämnden, Exempelby kommun",
            inviting_person="Karin Provsson",
            inviting_phone="0123-456 78",
            invited_organisation="Exempelby byalag",
            message="Hej! Vi pratade om det här på höstmötet.",
            answer_url="https://samverka.example/inbjudan/exempel/",
            code_url="https://samverka.example/kod/",
            short_code="ABCD-EFGH",
            answer_by="12 mars 2027",
        )


@register
@dataclass(frozen=True)
class InvitationAnswered(Email):
    """To the one who asked."""

    code = "invitation_answered"
    title = _("Svar på inbjudan")
    when = _("När någon har svarat på en inbjudan")

    title_of_collaboration: str
    organisation: str
    answer: str
    answered_name: str
    answered_role: str
    answered_phone: str
    reason: str
    collaboration_url: str
    answered_email: str = ""
    discreet: bool = False

    @classmethod
    def sample(cls) -> "InvitationAnswered":
        """Return one with invented content."""
        return cls(
            title_of_collaboration="Läxhjälp på tre språk",
            organisation="Exempelby byalag",
            answer="accepted",
            answered_name="Yusuf Testberg",
            answered_role="kassör",
            answered_phone="070-123 45 67",
            answered_email="yusuf@exempelbybyalag.example",
            reason="Får vi använda lokalen om kvällarna?",
            collaboration_url="https://samverka.example/arbete/",
        )


@register
@dataclass(frozen=True)
class InvitationConfirmed(Email):
    """To the association's own registered address, when somebody has answered yes for it (users.md R3)."""

    code = "invitation_confirmed"
    title = _("Er organisation har tackat ja till en samverkan")
    when = _("När någon har tackat ja, till organisationens egen adress")

    title_of_collaboration: str
    organisation: str
    inviting_party: str
    answered_name: str
    answered_role: str
    discreet: bool = False

    @classmethod
    def sample(cls) -> "InvitationConfirmed":
        """Return one with invented content."""
        return cls(
            title_of_collaboration="Läxhjälp på tre språk",
            organisation="Exempelby byalag",
            inviting_party="Utbildningsnämnden, Exempelby kommun",
            answered_name="Yusuf Testberg",
            answered_role="kassör",
        )


@register
@dataclass(frozen=True)
class GuestInvited(Email):
    """To somebody who may read, from outside the parties, until a day."""

    code = "guest_invited"
    title = _("Du får läsa en samverkan som gäst")
    when = _("När en part låter någon utanför läsa det som alla parter delar")

    title_of_collaboration: str
    inviting_party: str
    inviting_person: str
    inviting_phone: str
    role: str
    until: str
    address: str
    guest_url: str
    discreet: bool = False

    @classmethod
    def sample(cls) -> "GuestInvited":
        """Return one with invented content."""
        return cls(
            title_of_collaboration="Läxhjälp på tre språk",
            inviting_party="Utbildningsnämnden, Exempelby kommun",
            inviting_person="Karin Provsson",
            inviting_phone="0123-456 78",
            role="Forskar om läxhjälp",
            until="30 juni 2027",
            address="gustav@universitetet.example",
            guest_url="https://samverka.example/arbete/gast/exempel/",
        )
