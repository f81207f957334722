"""What of a preparation goes along when somebody is invited: the rest stays the party's (users.md R6)."""

from collections.abc import Iterable

from django.db import transaction

from ..enums import Circle
from ..queries import Seat
from .checks import needs_writer
from .entries import share_entry
from .outcomes import share_outcome


@transaction.atomic
def take_along(*, by: Seat, entries: Iterable[tuple[str, int]] = (), outcomes: Iterable[tuple[str, int]] = ()) -> int:
    """Share the chosen notes and outcomes with all parties, each as it stands in that version; returns how many.

    Raises NotAllowed, NotVisible, Refused, Conflict as sharing one does; then none is shared.
    """
    needs_writer(by)
    shared = 0
    for entry_id, version in entries:
        share_entry(by=by, entry_id=entry_id, circle=Circle.ALL, version=version)
        shared += 1
    for outcome_id, version in outcomes:
        share_outcome(by=by, outcome_id=outcome_id, version=version)
        shared += 1
    return shared
