"""What a party has written alone, and may take along when somebody is invited (users.md R6)."""

from dataclasses import dataclass

from django.db.models import Prefetch

from ..enums import Circle
from ..models import Attachment, Entry, Outcome
from .left_behind import outcomes_of
from .seats import Seat


@dataclass(frozen=True)
class LeftToShare:
    """What only the party reads so far. Whoever writes for the party decides over it (ADR 8)."""

    own: list[Entry]
    outcomes: list[Outcome]

    def __bool__(self) -> bool:
        """Whether there is anything that could go along."""
        return bool(self.own or self.outcomes)


def left_to_share(seat: Seat) -> LeftToShare:
    """Return what the person's party has written for itself, in the order of the steps; drafts are never among it."""
    if not seat.takes_part:
        return LeftToShare([], [])
    notes = seat.readable.filter(circle=Circle.PARTY, party=seat.party, withdrawn_at__isnull=True)
    goes_along = Attachment.objects.filter(withdrawn_at__isnull=True).select_related("file")
    notes = notes.select_related("author").prefetch_related(Prefetch("attachments", queryset=goes_along))
    entries = list(notes.order_by("step", "question", "created_at", "id"))
    outcomes = outcomes_of(seat).filter(circle=Circle.PARTY, party=seat.party)
    return LeftToShare(
        own=entries,
        outcomes=list(outcomes),
    )
