"""For whom each person speaks, what they may promise today and what they must take home. All parties read it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.processes.enums import LeavesKind

from ..models import Mandate
from ..queries import Seat
from ..rules import can_change_mandate
from .checks import needs_company, refuse_overwriting
from .progress import note_left_behind
from .trail import record_for_parties

FIELDS = ("person", "may_promise", "take_home", "answer_on", "valid_until")


@transaction.atomic
def write_mandate(
    *,
    by: Seat,
    person: str,
    may_promise: str = "",
    take_home: str = "",
    answer_on: date | None = None,
    valid_until: date | None = None,
    mandate_id: str = "",
    version: int = 0,
) -> Mandate:
    """Write what a person of the party may promise: a new mandate, or the one with `mandate_id` anew.

    Raises NotVisible, NotAllowed, Refused: alone at the table, nobody named; Conflict with both texts by field.
    """
    needs_company(by)
    if not person.strip():
        raise Refused(_("Skriv vem det gäller."), field="person")
    mandate = _own(by, mandate_id) if mandate_id else Mandate(collaboration=by.collaboration, party=by.party, version=0)
    before = _in_words(mandate)
    mandate.person, mandate.may_promise, mandate.take_home = person.strip(), may_promise.strip(), take_home.strip()
    mandate.answer_on, mandate.valid_until = answer_on, valid_until
    after = _in_words(mandate)
    if mandate_id and before == after:
        return mandate
    differing = [name for name in FIELDS if before[name] != after[name]]
    if mandate_id:
        theirs, yours = {name: before[name] for name in differing}, {name: after[name] for name in differing}
        refuse_overwriting(mandate, version, theirs=theirs, yours=yours, current=mandate.version)
    mandate.user = by.user if mandate.person == by.user.name else None
    mandate.changed_by, mandate.changed_at = by.user, timezone.now()
    mandate.version += 1
    mandate.save()
    _record("mandate.changed" if mandate_id else "mandate.written", by, mandate)
    note_left_behind(by=by, kind=LeavesKind.MANDATES)
    return mandate


@transaction.atomic
def withdraw_mandate(*, by: Seat, mandate_id: str) -> Mandate:
    """Say that a person no longer speaks for the party. Raises NotVisible, NotAllowed."""
    needs_company(by)
    mandate = _own(by, mandate_id)
    mandate.withdrawn_at, mandate.changed_by = timezone.now(), by.user
    mandate.save(update_fields=["withdrawn_at", "changed_by"])
    _record("mandate.withdrawn", by, mandate)
    return mandate


def _own(by: Seat, mandate_id: str) -> Mandate:
    found = Mandate.objects.select_for_update().filter(collaboration=by.collaboration, withdrawn_at=None)
    mandate: Mandate | None = found.filter(public_id=mandate_id).first()
    if mandate is None:
        raise NotVisible
    if not can_change_mandate(by, mandate):
        raise NotAllowed
    return mandate


def _in_words(mandate: Mandate) -> dict[str, str]:
    return {name: str(getattr(mandate, name) or "") for name in FIELDS}


def _record(action: str, by: Seat, mandate: Mandate) -> None:
    text = "\n".join(_in_words(mandate).values())
    changes: dict[str, Any] = {"mandate": mandate.public_id, "text": audit.hidden_text(text)}
    record_for_parties(action, by=by.user, collaboration=by.collaboration, changes=changes)
