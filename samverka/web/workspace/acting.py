"""Which organisation one acts for: it stands in the address, and is asked anew at every request."""

from typing import Any

from samverka.kernel.access import consumes
from samverka.organisations.queries import Acting, acting_for


@consumes("org")
def acting_organisation(user: Any, org: str) -> Acting:
    """Return what `user` may do for the organisation with public id `org`. Raises NotVisible without a membership."""
    return acting_for(user, org)
