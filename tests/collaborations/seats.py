"""Seats of named people in the collaboration of the tests."""

from samverka.collaborations.models import Collaboration, Party
from samverka.collaborations.queries import Seat, seat
from samverka.organisations.models import Membership
from samverka.organisations.queries import acting_for
from tests.people import Together, Village


def seat_of(together: Together, name: str) -> Seat:
    """Return the seat of a named person; asked for anew each time, as a page does."""
    own = together.village.association if name in {"yusuf", "fatima"} else together.village.municipality
    return seat(acting_for(together.village.people[name], own.public_id), together.collaboration.public_id)


def seat_on_both_sides(together: Together) -> Seat:
    """Return Karin's seat for the municipality, when she has become a member of the association too."""
    village = together.village
    Membership.objects.create(user=village.karin, organisation=village.association, role="member")
    return seat_of(together, "karin")


def seat_alone(village: Village, together: Together) -> Seat:
    """Return Karin's seat in a matter that the municipality prepares alone, along the same model."""
    preparing = Collaboration.objects.create(
        title="Sommarlov", purpose="Något att göra i juli.", state="preparing", created_by=village.karin,
        model_version_id=together.collaboration.model_version_id,
    )  # fmt: skip
    Party.objects.create(
        collaboration=preparing, organisation=village.municipality, state="active",
        joined_at=preparing.created_at, contact=village.karin,
    )  # fmt: skip
    return seat(acting_for(village.karin, village.municipality.public_id), preparing.public_id)
