"""What lets a body change an answer that it has handed over."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible, Refused

from ..enums import AskedState, RoundState
from ..holders import Holder
from ..models import Asked
from .checks import require_analyst
from .steps import locked_asked, set_values
from .trail import closed_words, record

_LONGEST = 300


@transaction.atomic
def reopen(*, by: Any, asked_id: str, why: str) -> Asked:
    """Open an answer that is handed over, by an analyst or whoever holds its link, while the round is open. What was
    handed over counts until it is handed over anew.

    Raises NotAllowed, NotVisible; Refused without a reason, in a round that is not open, or where nothing is handed
    over.
    """
    if isinstance(by, Holder):
        if by.passed is not None or by.asked.public_id != asked_id:
            raise NotVisible
    else:
        require_analyst(by)
    asked = locked_asked(asked_id)
    if asked.round.state != RoundState.OPEN:
        raise Refused(closed_words(asked))
    if asked.state not in {AskedState.HANDED_OVER, AskedState.SIGNED}:
        raise Refused(_("Det finns inget inlämnat svar att öppna."))
    reason = " ".join(why.split())[:_LONGEST]
    if not reason:
        raise Refused(_("Skriv varför svaret öppnas igen. Det står kvar i loggen."), field="why")
    set_values(asked, {"state": AskedState.BEGUN, "reopened_at": timezone.now(), "reopened_why": reason})
    record("asked.reopened", asked, by=by, changes={"why": ["", reason]})
    return asked
