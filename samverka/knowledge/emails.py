"""What those who write pages, and those who say something about one, are told."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.kernel.mail.emails import Email, register


@register
@dataclass(frozen=True)
class PageReturned(Email):
    """To the writer: the editor asks for changes."""

    page: str
    reason: str
    code: ClassVar[str] = "page_returned"
    title: ClassVar[Any] = _("Redaktören önskar ändringar i en text")
    when: ClassVar[Any] = _("En redaktör har läst en text som någon skickat in och vill att något ändras.")

    @classmethod
    def sample(cls) -> Self:
        """An example that needs one more sentence."""
        return cls(gettext("Läxhjälp på tre språk"), gettext("Skriv gärna en mening om vad det kostade."))


@register
@dataclass(frozen=True)
class PagePublished(Email):
    """To the writer: it is out."""

    page: str
    page_id: str
    code: ClassVar[str] = "page_published"
    title: ClassVar[Any] = _("Texten är publicerad")
    when: ClassVar[Any] = _("En redaktör har publicerat en text som någon annan skickat in.")

    @classmethod
    def sample(cls) -> Self:
        """An example that came out today."""
        return cls(gettext("Läxhjälp på tre språk"), "bcdf234567")

    def context(self) -> dict[str, Any]:
        """Return the page's lasting address too."""
        return super().context() | {"page_url": f"{settings.BASE_URL}/sidor/{self.page_id}/"}


@register
@dataclass(frozen=True)
class FeedbackAnswered(Email):
    """To a visitor who said something about a page and wanted an answer; `who` is the organisation that answers for
    the page, "" when it is the editor.
    """

    page: str
    page_id: str
    text: str
    answer: str
    who: str = ""
    code: ClassVar[str] = "feedback_answered"
    title: ClassVar[Any] = _("Svar på en synpunkt om en sida")
    when: ClassVar[Any] = _("En besökare har skrivit om en sida och lämnat sin adress för att få svar.")

    @classmethod
    def sample(cls) -> Self:
        """A missing date, now there."""
        return cls(
            gettext("Så söker ni föreningsbidrag"), "bcdf234567", gettext("När är sista dagen?"),
            gettext("Sista dagen är 31 mars. Det står nu överst på sidan."), gettext("Exempelby kommun"),
        )  # fmt: skip

    def context(self) -> dict[str, Any]:
        """Return the page's lasting address too."""
        return super().context() | {"page_url": f"{settings.BASE_URL}/sidor/{self.page_id}/"}
