"""The messages about subscribing, passing on, and offices' addresses that fail."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from samverka.kernel.mail.emails import Email, register


@register
@dataclass(frozen=True)
class SubscriptionAsked(Email):
    """To whoever wants to subscribe: the link that confirms; nothing is sent before that."""

    code = "subscription_asked"
    title = gettext_lazy("Bekräfta en prenumeration")
    when = gettext_lazy("När någon har skrivit in sin adress för att prenumerera")
    secret: ClassVar[bool] = True

    link: str
    #: 1 when the address subscribes already.
    confirmed: int = 0

    @classmethod
    def sample(cls) -> "SubscriptionAsked":
        """Return one with invented content."""
        return cls(link="https://samverka.example/prenumerera/exempel/")


@register
@dataclass(frozen=True)
class IssuePassedOn(Email):
    """To a colleague: an issue that somebody passes on."""

    code = "issue_passed_on"
    title = gettext_lazy("Ett utskick till en kollega")
    when = gettext_lazy("När den som fått ett utskick skickar det vidare till en kollega")
    secret: ClassVar[bool] = True

    passed_by: str
    organisation: str
    sender: str
    called: str
    message: str
    link: str

    @classmethod
    def sample(cls) -> "IssuePassedOn":
        """Return one with invented content."""
        return cls(
            passed_by="Rut Provsson", organisation="Exempelby kommun", sender="Exempelmyndigheten",
            called="Två rapporter och en modell", message="Det här rör er.",
            link="https://samverka.example/utskick/exempel/",
        )  # fmt: skip


@register
@dataclass(frozen=True)
class OfficialAddressFailed(Email):
    """To the host's editors: mail to an office came back."""

    code = "official_address_failed"
    title = gettext_lazy("En myndighets adress tar inte emot")
    when = gettext_lazy("När ett brev till en funktion hos en myndighet kommer tillbaka eller anmäls som skräppost")

    address: str
    organisation: str
    issue: str
    #: A value of enums.Reason.
    reason: str
    told: str

    @classmethod
    def sample(cls) -> "OfficialAddressFailed":
        """Return one with invented content."""
        return cls(
            address="registrator@exempelby.example", organisation="Exempelby kommun", issue="Två rapporter",
            reason="hard", told="550 5.1.1 User unknown",
        )  # fmt: skip
