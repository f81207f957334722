"""The mail that tells of something new in a saved search."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext_lazy as _

from samverka.kernel.mail.emails import Email, register


@dataclass(frozen=True)
class SearchFound(Email):
    """What is new: (title, kind, address) of each; only what anybody may read."""

    words: str
    found: tuple[tuple[str, str, str], ...]
    more: int
    search_url: str
    end_url: str
    code: ClassVar[str] = "search_found"
    title: ClassVar[Any] = _("Nytt i en sparad sökning")
    when: ClassVar[Any] = _("Något nytt passar en sökning som personen har sparat och vill få mejl om.")

    @classmethod
    def sample(cls) -> Self:
        """A search that nobody has saved."""
        return cls(
            words="läxhjälp",
            found=(("Läxhjälp på tre språk", str(_("Exempel")), "https://samverka.example/exempel/x-laxhjalp/"),),
            more=0,
            search_url="https://samverka.example/sok/?q=l%C3%A4xhj%C3%A4lp",
            end_url="https://samverka.example/sok/sluta/exempel/",
        )


register(SearchFound)
