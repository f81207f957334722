"""What a notice says, as data: the templates of the mails write it out."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Entry
from ..queries import Seat

#: Characters of a text that a mail carries; the rest is read on the page.
LONGEST = 4000


@dataclass(frozen=True)
class Said:
    """A text: who says it, from which side (public, civil or shared), and who wrote it when."""

    name: str
    side: str
    text: str
    meta: str = ""


@dataclass(frozen=True)
class Matter:
    """One thing that is told. `what` is a sentence; `place` and `question` say where in the model it stands; `said` is
    the text itself, `beside` what others say of the same, `more` how many others besides; `asks` is what is asked,
    `parts` what it is made of.

    `route` is the page where it stands: the name of an address and what follows the collaboration in it.
    """

    what: str
    place: str = ""
    question: str = ""
    said: tuple[Said, ...] = ()
    beside: tuple[Said, ...] = ()
    more: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    asks: str = ""
    parts: tuple["Matter", ...] = ()
    route: tuple[Any, ...] = ("collaboration",)


def day(value: datetime.date | None) -> str:
    """Return a date in words, "" for none."""
    local = timezone.localtime(value) if isinstance(value, datetime.datetime) else value
    return date_format(local, "j F Y") if local else ""


def moment(value: datetime.datetime | None) -> str:
    """Return date and time in words, "" for none."""
    return _("{day} kl. {clock}").format(day=day(value), clock=clock(value)) if value else ""


def clock(value: datetime.datetime | None) -> str:
    """Return the time of day in words, "" for none."""
    return date_format(timezone.localtime(value), "H.i") if value else ""


def said(entry: Entry, seat: Seat) -> Said:
    """Return an entry as it is quoted: by its party, or as what all say together."""
    party = next(one for one in seat.parties if one.pk == entry.party_id)
    writer = entry.changed_by or entry.author or _("Borttagen person")
    meta = _("{who}, {when}").format(who=writer, when=moment(entry.changed_at))
    text = shortened(entry.text)
    if entry.joint:
        return Said(_("Det ni skriver tillsammans"), "shared", text, meta)
    return Said(party.name, party.side, text, meta)


def place_of(code: str, seat: Seat) -> tuple[str, str]:
    """Return where in the model a code stands: the step in words, and the question; each "" where there is none."""
    step = seat.model.step(".".join(code.split(".")[:2])) if seat.model and code else None
    if step is None:
        return "", ""
    question = next((one.text for one in step.questions if one.code == code), "")
    return _("Steg {code}: {name}").format(code=step.code, name=step.name), question


def shortened(text: str) -> str:
    """Return a text as a mail carries it: whole, or its beginning with a word on where the rest is."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0] + " " + _("[Texten är längre. Resten läser ni på sidan.]")
