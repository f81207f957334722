"""Messages about one's own account. Codes are secret: the outbox forgets them once they are sent."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.kernel.mail.emails import Email, register

SAMPLE_CODE = "4821 0937"


@dataclass(frozen=True)
class CodeEmail(Email):
    """A typed code. It opens nothing by itself: it holds only in the browser that asked for it."""

    number: str
    minutes: int
    secret: ClassVar[bool] = True
    keep_days: ClassVar[int] = 2

    @classmethod
    def sample(cls) -> Self:
        """A code that was never given to anyone."""
        return cls(number=SAMPLE_CODE, minutes=15)


@register
@dataclass(frozen=True)
class SignInCode(CodeEmail):
    """To an address that somebody wants to sign in with, known or unknown."""

    code: ClassVar[str] = "sign_in_code"
    title: ClassVar[Any] = _("Kod för att logga in")
    when: ClassVar[Any] = _("Någon har skrivit adressen på inloggningssidan.")


@register
@dataclass(frozen=True)
class ConfirmationCode(CodeEmail):
    """To the person's own address before something sensitive is changed."""

    code: ClassVar[str] = "confirmation_code"
    title: ClassVar[Any] = _("Kod för att bekräfta att det är du")
    when: ClassVar[Any] = _("En inloggad person är på väg att ändra hur hen loggar in.")


@register
@dataclass(frozen=True)
class AddressCode(CodeEmail):
    """To an address that a person wants to add to their account."""

    code: ClassVar[str] = "address_code"
    title: ClassVar[Any] = _("Kod för en ny e-postadress")
    when: ClassVar[Any] = _("En inloggad person vill lägga till adressen.")


@register
@dataclass(frozen=True)
class AddressInUse(Email):
    """To an address that another account already has: the page says nothing, this mail says it."""

    code: ClassVar[str] = "address_in_use"
    title: ClassVar[Any] = _("Adressen hör redan till ett konto")
    when: ClassVar[Any] = _("Någon ville lägga till en adress som ett annat konto redan har.")

    @classmethod
    def sample(cls) -> Self:
        """It holds nothing but the site's name."""
        return cls()


@register
@dataclass(frozen=True)
class SignInChanged(Email):
    """To the person when a way to sign in is added, changed or removed."""

    what: str
    at: Any
    device: str
    code: ClassVar[str] = "sign_in_changed"
    title: ClassVar[Any] = _("Inloggningen har ändrats")
    when: ClassVar[Any] = _("Ett lösenord, en passnyckel, tvåstegsinloggning eller en e-postadress har ändrats.")

    @classmethod
    def sample(cls) -> Self:
        """A passkey on a telephone."""
        from django.utils import timezone

        return cls(what=gettext("En passnyckel har lagts till."), at=timezone.now(), device="Firefox, Android")


@register
@dataclass(frozen=True)
class HostRolesChanged(Email):
    """To a person whose roles at the host were changed."""

    roles: tuple[str, ...]
    changed_by: str
    code: ClassVar[str] = "host_roles_changed"
    title: ClassVar[Any] = _("Dina roller hos värden har ändrats")
    when: ClassVar[Any] = _("En av värdens administratörer har gett eller tagit bort en roll.")

    @classmethod
    def sample(cls) -> Self:
        """An editor, made so by an administrator."""
        return cls(roles=(gettext("Redaktör"),), changed_by="Astrid Lind")


@register
@dataclass(frozen=True)
class AccountEnded(Email):
    """To the address that the account had."""

    code: ClassVar[str] = "account_ended"
    title: ClassVar[Any] = _("Kontot är avslutat")
    when: ClassVar[Any] = _("En person har avslutat sitt konto.")

    @classmethod
    def sample(cls) -> Self:
        """It holds nothing but the site's name."""
        return cls()
