"""The register's messages."""

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.kernel.mail.emails import Email, register

_ABOUT = {
    "organisation": "Exempelby byalag",
    "organisation_url": "https://samverka.example/organisationer/exempel-exempelby-byalag/",
    "person": "Folke Ek",
    "person_email": "folke@byalag.example",
    "person_role": "Kassör",
    "message": "Vi pratade om det här på årsmötet.",
}


@dataclass(frozen=True)
class AboutClaim(Email):
    """What every message about a claim tells: who asks to act for whom."""

    organisation: str
    organisation_url: str
    person: str
    person_email: str
    person_role: str
    message: str


@register
@dataclass(frozen=True)
class ClaimCode(AboutClaim):
    """To the organisation's own office, which hands the code on to the person if the person is theirs."""

    number: str
    valid_until: str
    code: ClassVar[str] = "claim_code"
    title: ClassVar[Any] = _("Kod för den som vill företräda organisationen")
    when: ClassVar[Any] = _("Någon vill vara först att företräda en organisation som har en adress i registret.")
    secret: ClassVar[bool] = True
    keep_days: ClassVar[int] = 8

    @classmethod
    def sample(cls) -> Self:
        """A code that was never given to anyone."""
        return cls(**_ABOUT, number="BCDF-2345", valid_until=gettext("12 mars 2027"))


@register
@dataclass(frozen=True)
class ClaimAsked(AboutClaim):
    """To those who can confirm."""

    answer_url: str
    code: ClassVar[str] = "claim_asked"
    title: ClassVar[Any] = _("Kan du bekräfta att personen företräder organisationen?")
    when: ClassVar[Any] = _("Någon vill företräda en organisation och ingen kod kan skickas.")

    @classmethod
    def sample(cls) -> Self:
        """A treasurer of a village association."""
        return cls(**_ABOUT, answer_url="https://samverka.example/arbete/")


@register
@dataclass(frozen=True)
class ClaimNotice(AboutClaim):
    """To the organisation's own office: somebody asks to act for it, or may do so now. `state` is asked or granted."""

    state: str
    code: ClassVar[str] = "claim_notice"
    title: ClassVar[Any] = _("Någon vill företräda eller företräder er")
    when: ClassVar[Any] = _("Någon har bett om att få företräda en organisation, eller har fått det.")

    @classmethod
    def sample(cls) -> Self:
        """Somebody has been confirmed."""
        return cls(**_ABOUT, state="granted")


@register
@dataclass(frozen=True)
class ClaimRefused(Email):
    """To the person who asked."""

    organisation: str
    reason: str
    code: ClassVar[str] = "claim_refused"
    title: ClassVar[Any] = _("Du kan inte företräda organisationen")
    when: ClassVar[Any] = _("Den som skulle bekräfta har sagt nej.")

    @classmethod
    def sample(cls) -> Self:
        """The board knows nothing of it."""
        return cls(organisation=_ABOUT["organisation"], reason=gettext("Styrelsen känner inte till det."))


@register
@dataclass(frozen=True)
class RoleGranted(Email):
    """To a person who may act for an organisation from now on. `granted_by` is "" after a code."""

    organisation: str
    role: str
    granted_by: str
    organisation_id: str
    code: ClassVar[str] = "role_granted"
    title: ClassVar[Any] = _("Du har fått en roll")
    when: ClassVar[Any] = _("En person har fått en roll i en organisation.")

    @classmethod
    def sample(cls) -> Self:
        """A coordinator at a municipality's committee."""
        return cls(
            organisation="Fritidsnämnden, Exempelby kommun",
            role=gettext("Medarbetare"),
            granted_by="Karin Provsson",
            organisation_id="exempel",
        )


@register
@dataclass(frozen=True)
class ColleagueInvited(Email):
    """To a person without an account. `address` is the one to sign in with."""

    organisation: str
    role: str
    invited_by: str
    address: str
    code: ClassVar[str] = "colleague_invited"
    title: ClassVar[Any] = _("En kollega har bjudit in dig")
    when: ClassVar[Any] = _("En administratör har gett en roll till någon som inte har något konto.")

    @classmethod
    def sample(cls) -> Self:
        """A deputy in an association."""
        return cls(
            organisation="Exempelby byalag",
            role=gettext("Ersättare"),
            invited_by="Folke Ek",
            address="sara@byalag.example",
        )


@register
@dataclass(frozen=True)
class CorrectionAnswered(Email):
    """To a visitor who said what was wrong and left an address."""

    organisation: str
    text: str
    answer: str
    code: ClassVar[str] = "correction_answered"
    title: ClassVar[Any] = _("Svar på det du skrev")
    when: ClassVar[Any] = _("Någon har svarat på ”Stämmer inte?”.")

    @classmethod
    def sample(cls) -> Self:
        """A telephone number that was old."""
        return cls(
            organisation="Exempelby byalag",
            text=gettext("Webbadressen leder fel."),
            answer=gettext("Tack! Nu är den rättad."),
        )


@register
@dataclass(frozen=True)
class TermsAccepted(Email):
    """To the office of a body or unit that has accepted the terms: what its diary needs to know."""

    organisation: str
    title_of_terms: str
    version: str
    accepted_name: str
    accepted_role: str
    accepted_at: datetime.datetime
    provider: str
    terms_url: str
    code: ClassVar[str] = "terms_accepted"
    title: ClassVar[Any] = _("Villkoren är godkända")
    when: ClassVar[Any] = _("Någon har godkänt villkoren för en offentlig aktör eller en av dess enheter.")

    @classmethod
    def sample(cls) -> Self:
        """A committee's."""
        return cls(
            organisation="Fritidsnämnden, Exempelby kommun",
            title_of_terms=gettext("Villkor för personuppgifter"),
            version="1",
            accepted_name="Karin Provsson",
            accepted_role=gettext("Förvaltningschef"),
            accepted_at=datetime.datetime(2027, 3, 12, 18, 4, tzinfo=datetime.UTC),
            provider="Exempelmyndigheten",
            terms_url="https://samverka.example/om/for-it-och-jurist/villkor-1.pdf",
        )


@register
@dataclass(frozen=True)
class TermsAsked(Email):
    """To a colleague who may accept the terms."""

    organisation: str
    asked_by: str
    page_url: str
    code: ClassVar[str] = "terms_asked"
    title: ClassVar[Any] = _("Kan du godkänna villkoren?")
    when: ClassVar[Any] = _("En kollega som inte själv får godkänna villkoren ber någon som får.")

    @classmethod
    def sample(cls) -> Self:
        """A coordinator's question."""
        return cls(
            organisation="Fritidsnämnden, Exempelby kommun",
            asked_by="Kim Provsson",
            page_url="https://samverka.example/arbete/exempel/villkor/",
        )
