"""A person's seat at a collaboration, from the address `/arbete/<org>/samverkan/<collaboration>/…`."""

from typing import Any

from samverka.collaborations.queries import Seat, seat
from samverka.kernel.access import consumes
from samverka.organisations.queries import acting_for


@consumes("org", "collaboration")
def seat_at(user: Any, org: str, collaboration: str) -> Seat:
    """Return the seat. Raises NotVisible when the organisation acted for is no active party there."""
    return seat(acting_for(user, org), collaboration)
