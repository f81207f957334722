"""More parties at the table, for what must hold with five and with forty."""

from django.utils import timezone

from samverka.collaborations.models import Party
from samverka.collaborations.queries import Seat, seat
from samverka.organisations.models import Membership, Organisation
from samverka.organisations.queries import acting_for
from tests.people import Together, person


def more_parties(together: Together, count: int) -> list[Seat]:
    """Let `count` more associations join, each with an administrator as contact; return their seats."""
    return [_joined(together, number) for number in range(1, count + 1)]


def _joined(together: Together, number: int) -> Seat:
    organisation = Organisation.objects.create(name=f"Förening {number:02}", kind="association", invented=True)
    contact = person(f"Kontakt{number:02}")
    Membership.objects.create(user=contact, organisation=organisation, role="administrator")
    Party.objects.create(
        collaboration=together.collaboration,
        organisation=organisation,
        state="active",
        joined_at=timezone.now(),
        contact=contact,
    )
    return seat(acting_for(contact, organisation.public_id), together.collaboration.public_id)
