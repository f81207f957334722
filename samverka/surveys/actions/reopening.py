"""What lets a body change an answer that it has handed over."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused

from ..enums import AskedState
from ..models import Asked
from .checks import require_analyst
from .steps import locked_asked, note, require_open, set_values

_LONGEST = 300


@transaction.atomic
def reopen(*, by: Any, asked_id: str, why: str) -> Asked:
    """Open an answer that is handed over; what was handed over counts until it is handed over anew.

    Raises NotAllowed; Refused without a reason, in a round that is not open, or where nothing is handed over.
    """
    require_analyst(by)
    asked = locked_asked(asked_id)
    require_open(asked.round)
    if asked.state not in {AskedState.HANDED_OVER, AskedState.SIGNED}:
        raise Refused(_("Det finns inget inlämnat svar att öppna."))
    reason = " ".join(why.split())[:_LONGEST]
    if not reason:
        raise Refused(_("Skriv varför svaret öppnas igen. Det står kvar i loggen."), field="why")
    values = {"state": AskedState.BEGUN, "reopened_at": timezone.now(), "reopened_why": reason}
    note("round.answer_reopened", asked, by=by, changes=set_values(asked, values))
    return asked
