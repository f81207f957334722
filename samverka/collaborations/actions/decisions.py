"""Decisions at home of a party: who said yes to what, when, under which number, for how long. All parties read it."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.processes.enums import LeavesKind

from ..enums import NoticeKind
from ..models import Decision
from ..notices import tell
from ..queries import Seat
from ..rules import can_withdraw_decision
from .checks import needs_company, needs_one_side
from .progress import note_left_behind
from .trail import record_for_parties


@transaction.atomic
def record_decision(
    *, by: Seat, what: str, decided_by: str, decided_on: date, reference: str = "", valid_until: date | None = None
) -> Decision:
    """Write down a decision of the party acted for.

    Raises NotAllowed, Refused: alone at the table, for who acts for several parties here, nothing said, days that
    cannot be.
    """
    needs_company(by)
    needs_one_side(by)
    _check(what, decided_by, decided_on, valid_until)
    decision = Decision.objects.create(
        collaboration=by.collaboration,
        party=by.party,
        what=" ".join(what.split()),
        decided_by=" ".join(decided_by.split()),
        decided_on=decided_on,
        reference=" ".join(reference.split()),
        valid_until=valid_until,
        created_by=by.user,
    )
    _record("decision.recorded", by, decision)
    note_left_behind(by=by, kind=LeavesKind.DECISION)
    tell(NoticeKind.DECISION_RECORDED, by=by, about=decision)
    return decision


def _check(what: str, decided_by: str, decided_on: date, valid_until: date | None) -> None:
    if not what.strip():
        raise Refused(_("Skriv vad som är beslutat."), field="what")
    if not decided_by.strip():
        raise Refused(_("Skriv vem som har beslutat."), field="decided_by")
    if decided_on > timezone.localdate():
        raise Refused(_("Beslutets dag har inte varit än. Skriv upp beslutet när det är fattat."), field="decided_on")
    if valid_until and valid_until < decided_on:
        raise Refused(_("Beslutet kan inte sluta gälla innan det fattades."), field="valid_until")


@transaction.atomic
def withdraw_decision(*, by: Seat, decision_id: str, reason: str) -> Decision:
    """Strike a decision: it stays readable, struck, with the reason. Raises NotVisible, NotAllowed, Refused."""
    needs_company(by)
    needs_one_side(by)
    found = Decision.objects.select_for_update().filter(collaboration=by.collaboration, public_id=decision_id)
    decision: Decision | None = found.first()
    if decision is None:
        raise NotVisible
    if not can_withdraw_decision(by, decision):
        raise NotAllowed
    if not reason.strip():
        raise Refused(_("Skriv varför beslutet stryks."), field="reason")
    decision.withdrawn_at, decision.withdrawn_reason = timezone.now(), " ".join(reason.split())
    decision.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _record("decision.withdrawn", by, decision)
    return decision


def _record(action: str, by: Seat, decision: Decision) -> None:
    changes = {"decision": decision.public_id, "text": audit.hidden_text(decision.what)}
    record_for_parties(action, by=by.user, collaboration=by.collaboration, changes=changes)
