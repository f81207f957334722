"""What the host's staff writes of one who is asked: a call, and that they decline."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused

from ..enums import AskedState
from ..models import Asked
from .checks import require_analyst
from .steps import locked_asked, note, set_values

_LONGEST = 300


@transaction.atomic
def note_call(*, by: Any, asked_id: str, text: str, called: bool) -> Asked:
    """Keep a note of one who is asked; `called` says that somebody has rung them now. Raises NotAllowed, Refused."""
    require_analyst(by)
    asked = locked_asked(asked_id)
    said = " ".join(text.split())
    if len(said) > _LONGEST:
        raise Refused(_("Anteckningen är för lång. Skriv högst 300 tecken."), field="note")
    if not (said or called):
        raise Refused(_("Skriv vad ni kom fram till, eller kryssa för att ni har ringt."), field="note")
    changes = set_values(asked, {"note": said})
    note("round.called" if called else "round.noted", asked, by=by, changes=changes)
    return asked


@transaction.atomic
def register_decline(*, by: Any, asked_id: str, why: str) -> Asked:
    """Note that one who is asked does not want to answer. Raises NotAllowed; Refused for one who has handed over."""
    require_analyst(by)
    asked = locked_asked(asked_id)
    if asked.state in {AskedState.HANDED_OVER, AskedState.SIGNED}:
        raise Refused(_("Svaret är redan inlämnat."))
    if asked.state == AskedState.DECLINED:
        raise Refused(_("De har redan avstått."))
    changes = set_values(asked, {"state": AskedState.DECLINED, "declined_why": why.strip()[:_LONGEST]})
    note("round.declined", asked, by=by, changes=changes)
    return asked


@transaction.atomic
def take_back_decline(*, by: Any, asked_id: str) -> Asked:
    """Let one who declined be asked again, where they were. Raises NotAllowed, Refused."""
    require_analyst(by)
    asked = locked_asked(asked_id)
    if asked.state != AskedState.DECLINED:
        raise Refused(_("De har inte avstått."))
    changes = set_values(asked, {"state": _where_it_was(asked), "declined_why": ""})
    note("round.decline_taken_back", asked, by=by, changes=changes)
    return asked


def _where_it_was(asked: Asked) -> AskedState:
    if asked.begun_at:
        return AskedState.BEGUN
    if asked.opened_at:
        return AskedState.OPENED
    return AskedState.INVITED if asked.invited_at else AskedState.WAITING
