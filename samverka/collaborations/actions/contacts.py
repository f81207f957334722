"""Whom the others turn to at a party, and who answers when that person is away."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Refused
from samverka.organisations.actions.checks import one_line

from ..models import Party
from ..queries import Seat, people_of
from .checks import needs_writer
from .trail import record_for_parties


@dataclass(frozen=True)
class AtTheTable:
    """A party's contact and deputy, by public id ("" for nobody); when the deputy said yes, and where they read in."""

    contact: str
    deputy: str = ""
    deputy_accepted_on: datetime.date | None = None
    deputy_reads_at: str = ""


@transaction.atomic
def set_contact(*, by: Seat, people: AtTheTable) -> Party:
    """Say whom the other parties turn to, and who is the deputy. All parties see it.

    Raises NotAllowed, Refused naming the field.
    """
    needs_writer(by)
    known = {user.public_id: user for user in people_of(by.party)}
    _check(people, known)
    party: Party = Party.objects.select_for_update(of=("self",)).select_related("contact", "deputy").get(pk=by.party.pk)
    before = _as_logged(party)
    party.contact, party.deputy = known[people.contact], known.get(people.deputy)
    party.deputy_accepted_on = people.deputy_accepted_on if party.deputy else None
    party.deputy_reads_at = one_line(people.deputy_reads_at)[:200] if party.deputy else ""
    party.save(update_fields=["contact", "deputy", "deputy_accepted_on", "deputy_reads_at"])
    if changes := audit.changed_fields(before, _as_logged(party)):
        record_for_parties(
            "collaboration.contact_set", by=by.user, collaboration=by.collaboration,
            changes={"party": party.name, **changes},
        )  # fmt: skip
    return party


def _check(people: AtTheTable, known: dict[str, Any]) -> None:
    if people.contact not in known:
        raise Refused(_("Välj vem de andra parterna ska vända sig till."), field="contact")
    if not people.deputy:
        return
    if people.deputy not in known:
        raise Refused(_("Välj någon som handlar för er."), field="deputy")
    if people.deputy == people.contact:
        raise Refused(_("Ersättaren behöver vara någon annan än kontakten."), field="deputy")
    if people.deputy_accepted_on is None:
        said = _("Skriv vilken dag ersättaren sa ja. Har ni inte frågat än, gör det först.")
        raise Refused(said, field="deputy_accepted_on")


def _as_logged(party: Party) -> dict[str, Any]:
    return {
        "contact": str(party.contact or ""),
        "deputy": str(party.deputy or ""),
        "deputy_accepted_on": party.deputy_accepted_on,
        "deputy_reads_at": party.deputy_reads_at,
    }
