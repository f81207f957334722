"""The messages about answering: to colleagues, to the body's own address, to the one who signs."""

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from samverka.kernel.mail.emails import Email, register

MATTER, BODY = "Så samverkar ni med föreningslivet 2027", "Exempelby kommun"
FORM = "https://samverka.example/kartlaggning/svara/exempel/"


@register
@dataclass(frozen=True)
class BlocksPassedOn(Email):
    """To a colleague who has been passed some of the questions."""

    code = "survey_passed_on"
    title = gettext_lazy("Frågor ur en kartläggning till en kollega")
    when = gettext_lazy("När någon som svarar på en kartläggning skickar några av frågorna vidare")
    secret: ClassVar[bool] = True

    passed_by: str
    organisation: str
    matter: str
    sender: str
    blocks: tuple[str, ...]
    message: str
    #: 2027-04-30, or "".
    closes_on: str
    link: str
    round_contact: str = ""

    def context(self) -> dict[str, Any]:
        """Return the fields, with the last day as a date."""
        day = datetime.date.fromisoformat(self.closes_on) if self.closes_on else None
        return {**super().context(), "closes_on": day}

    @classmethod
    def sample(cls) -> "BlocksPassedOn":
        """Return one with invented content."""
        return cls(
            passed_by="Karin Provsson", organisation=BODY, matter=MATTER, sender="Exempelmyndigheten",
            blocks=("Områden och former",), message="Hej! Du vet det här bättre än jag.", closes_on="2027-04-30",
            link="https://samverka.example/kartlaggning/del/exempel/", round_contact="Anna Exempel, 010-123 45 67",
        )  # fmt: skip


@register
@dataclass(frozen=True)
class HandedOver(Email):
    """To the body's own address, for its diary: the answer is handed over."""

    code = "survey_handed_over"
    title = gettext_lazy("Kvitto på ett svar i en kartläggning")
    when = gettext_lazy("När en organisation har lämnat in sitt svar")
    secret: ClassVar[bool] = True

    organisation: str
    matter: str
    handed_over_by: str
    handed_over_at: str
    sender: str
    round_diary_number: str
    link: str
    paper: str

    @classmethod
    def sample(cls) -> "HandedOver":
        """Return one with invented content."""
        return cls(
            organisation=BODY, matter=MATTER, handed_over_by="Karin Provsson, samordnare",
            handed_over_at="2027-04-12 14:32", sender="Exempelmyndigheten", round_diary_number="0531/27",
            link=f"{FORM}kvitto/", paper=f"{FORM}kvitto.pdf",
        )  # fmt: skip


@register
@dataclass(frozen=True)
class SignatureAsked(Email):
    """To the one who is asked to sign."""

    code = "survey_signature_asked"
    title = gettext_lazy("Fråga om att underteckna ett svar i en kartläggning")
    when = gettext_lazy("När någon ber en chef underteckna organisationens svar")
    secret: ClassVar[bool] = True

    organisation: str
    matter: str
    asked_by: str
    link: str

    @classmethod
    def sample(cls) -> "SignatureAsked":
        """Return one with invented content."""
        return cls(organisation=BODY, matter=MATTER, asked_by="Karin Provsson", link=f"{FORM}skriv-under/")


@register
@dataclass(frozen=True)
class SigningCode(Email):
    """To the body's own address: the code by which somebody signs."""

    code = "survey_signing_code"
    title = gettext_lazy("Kod för att underteckna ett svar i en kartläggning")
    when = gettext_lazy("När någon ska underteckna organisationens svar")
    secret: ClassVar[bool] = True

    organisation: str
    matter: str
    signer: str
    digits: str

    @classmethod
    def sample(cls) -> "SigningCode":
        """Return one with invented content."""
        return cls(organisation=BODY, matter=MATTER, signer="Rut Provsson", digits="123456")
