"""What the pages of a collaboration are made from."""

from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from samverka.collaborations.circles import party_names, readers_of
from samverka.collaborations.enums import CollaborationState
from samverka.collaborations.models import Entry
from samverka.collaborations.queries import Seat
from samverka.collaborations.rules import (
    can_change_entry,
    can_end_comments,
    can_widen,
    can_withdraw,
)
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting
from samverka.web.components.circles import CircleField
from samverka.web.components.words import moment

from .forms_collaborations import EntryForm


def units_of(organisation: Organisation, acting: Acting | None = None) -> Any:
    """Return the units that can be chosen: today's of a body, or only the person's own; empty for an association."""
    units = organisation.units.current()
    if acting is not None and acting.units:
        units = units.filter(pk__in=[unit.pk for unit in acting.units])
    return units


def entry_view(seat: Seat, entry: Entry) -> dict[str, Any]:
    """Return an entry with what stands around it: side, readers by name, what the person may do with it."""
    party = next(p for p in seat.parties if p.pk == entry.party_id)
    return {
        "entry": entry,
        "party": party,
        "organisation": seat.acting.organisation.public_id,
        "collaboration": seat.collaboration.public_id,
        "readers": readers_of(entry.circle, party, seat.parties, author=entry.author or ""),
        "meta": written_by(entry),
        "files": list(entry.attachments.all()),
        # Its pages are below it; the beginning is built once, since a step may hold forty texts.
        "url": f"{_entries_at(seat)}{entry.public_id}/",
        "may_change": can_change_entry(seat, entry),
        "may_widen": can_widen(seat, entry),
        "may_withdraw": can_withdraw(seat, entry),
        "may_end_comments": can_end_comments(seat, entry),
    }


def _entries_at(seat: Seat) -> str:
    language = get_language() or ""
    return _address_of_entries(seat.acting.organisation.public_id, seat.collaboration.public_id, language)


@lru_cache(maxsize=1_000)
def _address_of_entries(organisation: str, collaboration: str, language: str) -> str:
    return reverse("entry_write", args=[organisation, collaboration])


def written_by(entry: Entry) -> str:
    """Return who wrote it and when it was shared or saved, and whether it has been corrected since."""
    told = gettext("{who}, delad {when}") if entry.shared_at else gettext("{who}, sparad {when}")
    said = told.format(
        who=entry.author or gettext("Borttagen person"), when=moment(entry.shared_at or entry.changed_at)
    )
    if not entry.corrected:
        return said
    corrected = gettext("Rättad av {who} {when}").format(who=entry.changed_by or "", when=moment(entry.changed_at))
    return f"{said}. {corrected}"


def circle_field(seat: Seat, form: EntryForm) -> CircleField:
    """Return the text box with its circle for a new text; while preparing there is nobody to share with."""
    return CircleField.from_form(
        form,
        part=seat.party.name,
        side=seat.party.side,
        party_readers=[seat.party.name],
        all_readers=list(party_names(seat.parties)),
        public_record=has_public_body(seat),
        closed=["all"] if seat.collaboration.state == CollaborationState.PREPARING else (),
    )


def has_public_body(seat: Seat) -> bool:
    """Whether a public body is a party, so that what is shared becomes an allmän handling."""
    return any(party.organisation.is_public_body for party in seat.parties)
