"""The three ways in on the front page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Door:
    """A way in: whose it is (public, civil or shared), what it says, and where its button leads."""

    side: str
    heading: Any
    text: Any
    link: str
    label: Any


def front_doors(prepare_url: str, tell_url: str, examples_url: str) -> list[Door]:
    """Return the doors for the public body, the association and the learner; one without an address is left out."""
    doors = [
        Door(
            "public",
            _("Jag arbetar i en kommun, region eller myndighet"),
            _(
                "Förbered första mötet på fem minuter. Samla det som redan pågår hos er, håll reda på löftena och "
                "lämna över utan att något går förlorat."
            ),
            prepare_url,
            _("Förbered ett möte"),
        ),
        Door(
            "civil",
            _("Jag är med i en förening eller ett nätverk"),
            _(
                "Svara på en inbjudan från mobilen, säg vad ni kan och behöver, och se vad det blev av det ni sa. "
                "Det kostar inget, och ni behöver inget organisationsnummer."
            ),
            tell_url,
            _("Berätta vad ni vill"),
        ),
        Door(
            "shared",
            _("Jag vill lära av andra"),
            _("Läs exempel, se hur din kommun svarar bredvid liknande kommuner och hämta modellen att skriva ut."),
            examples_url,
            _("Visa exempel"),
        ),
    ]
    return [door for door in doors if door.link]
