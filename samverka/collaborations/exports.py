"""What leaves as a file: a collaboration on paper, with the readers' circles respected."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotAllowed

from .circles import party_names, readers_of
from .models import Collaboration, Entry, Party
from .queries import Seat

SHARED, OWN = "delat", "vart"


@dataclass(frozen=True)
class NoteOnPaper:
    """A note as it is printed: who said it, when it was shared, who reads it."""

    party: str
    side: str
    author: str
    text: str
    at: datetime.datetime
    shared: bool
    readers: tuple[str, ...]
    withdrawn_at: datetime.datetime | None
    withdrawn_reason: str


@dataclass(frozen=True)
class CollaborationOnPaper:
    """A collaboration as it is printed. `own_party` is "" when it holds only what all parties read."""

    collaboration: Collaboration
    parties: tuple[Party, ...]
    readers: tuple[str, ...]
    joint: Entry | None
    notes: tuple[NoteOnPaper, ...]
    own_party: str
    taken_out_at: datetime.datetime
    taken_out_by: str


def collaboration_on_paper(seat: Seat, which: str) -> CollaborationOnPaper:
    """Return what the person may take out: `SHARED`, what all parties read; `OWN`, that and the party's own notes.

    Nobody's drafts leave, not even one's own. Raises NotAllowed when a registrar asks for the party's own notes.
    """
    if which == OWN and not seat.writes:
        raise NotAllowed
    entries = seat.entries.exclude(circle="me")
    if which == SHARED:
        entries = entries.shared()
    return CollaborationOnPaper(
        collaboration=seat.collaboration,
        parties=tuple(party for party in seat.parties if party.state == "active"),
        readers=party_names(seat.parties),
        joint=seat.joint_at(),
        notes=tuple(_on_paper(seat, entry) for entry in entries),
        own_party=seat.party.name if which == OWN else "",
        taken_out_at=timezone.now(),
        taken_out_by=str(seat.user),
    )


def _on_paper(seat: Seat, entry: Any) -> NoteOnPaper:
    party = next(p for p in seat.parties if p.pk == entry.party_id)
    return NoteOnPaper(
        party=party.name,
        side=party.side,
        author=str(entry.author or _("Borttagen person")),
        text=entry.text,
        at=entry.shared_at or entry.changed_at,
        shared=entry.shared_at is not None,
        readers=readers_of(entry.circle, party, seat.parties, author=entry.author or ""),
        withdrawn_at=entry.withdrawn_at,
        withdrawn_reason=entry.withdrawn_reason,
    )
