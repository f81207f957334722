"""What the pages of a collaboration are made from."""

from typing import Any

from samverka.collaborations.circles import shared_readers
from samverka.collaborations.enums import CollaborationState
from samverka.collaborations.models import Party
from samverka.collaborations.queries import Seat
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting
from samverka.web.components.circles import CircleField

from .forms_collaborations import EntryForm


def units_of(organisation: Organisation, acting: Acting | None = None) -> Any:
    """Return the units that can be chosen: today's of a body, or only the person's own; empty for an association."""
    units = organisation.units.current()
    if acting is not None and acting.units:
        units = units.filter(pk__in=[unit.pk for unit in acting.units])
    return units


def circle_field(seat: Seat, form: EntryForm) -> CircleField:
    """Return the text box with its circle for a new text; while preparing there is nobody to share with."""
    return CircleField.from_form(
        form,
        part=seat.party.name,
        side=seat.party.side,
        party_readers=[seat.party.name],
        all_readers=list(shared_readers(seat.parties)),
        public_record=has_public_body(seat),
        closed=["all"] if seat.collaboration.state == CollaborationState.PREPARING else (),
    )


def has_public_body(seat: Seat) -> bool:
    """Whether a public body is a party, so that what is shared becomes an allmän handling."""
    return any(party.organisation.is_public_body for party in seat.parties)


def proposed_by(seat: Seat) -> Party | None:
    """Return the party that began and so chose the first questions; None to that party itself."""
    began = min(seat.parties, key=lambda party: party.pk)
    return None if began.pk == seat.party.pk else began
