"""Who does what by when: made, changed and settled, each with who, when and why. All parties read it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotVisible, Refused
from samverka.processes.enums import LeavesKind

from ..enums import CommitmentState, NoticeKind
from ..models import Commitment, CommitmentChange, Party
from ..notices import tell
from ..queries import Seat
from ..rules import can_promise_for
from .checks import needs_company, refuse_overwriting
from .progress import note_left_behind
from .trail import record_for_parties

SETTLED = (CommitmentState.KEPT, CommitmentState.BROKEN, CommitmentState.DROPPED)


@transaction.atomic
def make_commitment(
    *,
    by: Seat,
    what: str,
    owners: Sequence[str],
    person: str = "",
    due_on: date | None = None,
    volunteer_hours: int | None = None,
    premises: str = "",
    awaiting: bool = False,
    question: str = "",
) -> Commitment:
    """Write down a promise of the parties with public ids `owners`; `awaiting` a decision at home, or promised.

    `question` is where in the model it came up ("4.2.1"). Raises NotAllowed, Refused: alone at the table, nothing
    said, nobody named, the same promise open already, or for the other party by who acts for both.
    """
    needs_company(by)
    parties = _owners(by, owners)
    commitment = Commitment(
        collaboration=by.collaboration, made_by=by.party, created_by=by.user, question=_question(by, question)
    )
    commitment.state = CommitmentState.AWAITING if awaiting else CommitmentState.PROMISED
    _fill(commitment, what=what, person=person, due_on=due_on, volunteer_hours=volunteer_hours, premises=premises)
    _refuse_twice(commitment, parties)
    commitment.save()
    commitment.owners.set(parties)
    _add_change(by, commitment, "")
    _record("commitment.made", by, commitment, {"what": audit.hidden_text(commitment.what)})
    note_left_behind(by=by, kind=LeavesKind.COMMITMENTS)
    tell(NoticeKind.COMMITMENT_MADE, by=by, about=commitment)
    return commitment


@transaction.atomic
def change_commitment(
    *,
    by: Seat,
    commitment_id: str,
    version: int,
    what: str,
    owners: Sequence[str],
    person: str = "",
    due_on: date | None = None,
    volunteer_hours: int | None = None,
    premises: str = "",
    note: str = "",
) -> Commitment:
    """Change an open promise; moving its day asks why (`note`). Who promises it from now on is told so.

    Raises NotVisible, NotAllowed, Refused, Conflict with both texts by field.
    """
    needs_company(by)
    commitment = _commitment(by, commitment_id)
    if commitment.state in SETTLED:
        raise Refused(_("Åtagandet är avslutat. Lova det igen först, så kan det ändras."))
    earlier = list(commitment.owners.all())
    _refuse_both_sides(by, earlier)
    parties = _owners(by, owners)
    before, moved_from = _in_words(commitment, earlier), commitment.due_on
    _fill(commitment, what=what, person=person, due_on=due_on, volunteer_hours=volunteer_hours, premises=premises)
    after = _in_words(commitment, parties)
    if before == after:
        return commitment
    differing = [name for name in after if before[name] != after[name]]
    theirs, yours = {name: before[name] for name in differing}, {name: after[name] for name in differing}
    refuse_overwriting(commitment, version, theirs=theirs, yours=yours, current=commitment.version)
    _refuse_moving(moved_from, due_on, note)
    commitment.owners.set(parties)
    _save(commitment)
    _add_change(by, commitment, note)
    _record("commitment.changed", by, commitment, _changes(differing, before, after))
    if set(parties) - set(earlier):
        known = [user for party in earlier for user in (party.contact_id, party.deputy_id)]
        tell(NoticeKind.COMMITMENT_MADE, by=by, about=commitment, but=known)
    if due_on != moved_from:
        tell(NoticeKind.COMMITMENT_MOVED, by=by, about=commitment)
    return commitment


@transaction.atomic
def settle_commitment(
    *,
    by: Seat,
    commitment_id: str,
    version: int,
    state: CommitmentState,
    note: str = "",
    due_on: date | None = None,
) -> Commitment:
    """Say what became of a promise: kept, broken, dropped, or promised (again, perhaps to another day `due_on`).

    Broken and dropped, and moving the day, ask why (`note`). Raises NotVisible, NotAllowed, Refused, Conflict.
    """
    needs_company(by)
    commitment = _commitment(by, commitment_id)
    _refuse_both_sides(by, commitment.owners.all())
    if state == commitment.state:
        return commitment
    theirs, yours = {"state": _label(commitment.state)}, {"state": _label(state)}
    refuse_overwriting(commitment, version, theirs=theirs, yours=yours, current=commitment.version)
    if state == CommitmentState.AWAITING:
        raise Refused(_("Välj vad det blev av åtagandet."))
    if state in {CommitmentState.BROKEN, CommitmentState.DROPPED} and not note.strip():
        raise Refused(_("Skriv varför, så att ni minns det nästa gång."), field="note")
    moved = state == CommitmentState.PROMISED and due_on is not None and due_on != commitment.due_on
    if moved:
        _refuse_moving(commitment.due_on, due_on, note)
        commitment.due_on = due_on
    before = commitment.state
    commitment.state, commitment.settled_on = state, timezone.localdate() if state in SETTLED else None
    _save(commitment)
    _add_change(by, commitment, note)
    _record("commitment.settled", by, commitment, {"commitment_state": [before, state.value]})
    if state in SETTLED or moved:
        tell(
            NoticeKind.COMMITMENT_SETTLED if state in SETTLED else NoticeKind.COMMITMENT_MOVED, by=by, about=commitment
        )
    return commitment


def _label(state: str) -> str:
    return str(CommitmentState(state).label)


def _commitment(by: Seat, commitment_id: str) -> Commitment:
    found = Commitment.objects.select_for_update().filter(collaboration=by.collaboration, public_id=commitment_id)
    commitment: Commitment | None = found.first()
    if commitment is None:
        raise NotVisible
    return commitment


def _owners(by: Seat, owners: Sequence[str]) -> list[Party]:
    parties = [party for party in by.active if party.public_id in set(owners)]
    if not parties or len(parties) != len(set(owners)):
        raise Refused(_("Välj vilken eller vilka parter som lovar det."), field="owners")
    _refuse_both_sides(by, parties)
    return parties


def _refuse_both_sides(by: Seat, parties: Any) -> None:
    if not can_promise_for(by, parties):
        said = _("Du handlar för flera parter här. Just nu kan du bara skriva åtaganden för %(party)s.")
        raise Refused(said % {"party": by.party.name}, field="owners")


def _question(by: Seat, question: str) -> str:
    model = by.model
    questions = [found.code for step in model.steps for found in step.questions] if model else []
    return question if question in questions else ""


def _fill(
    commitment: Commitment,
    *,
    what: str,
    person: str,
    due_on: date | None,
    volunteer_hours: int | None,
    premises: str,
) -> None:
    if not what.strip():
        raise Refused(_("Skriv vad som ska göras."), field="what")
    commitment.what, commitment.person = " ".join(what.split()), " ".join(person.split())
    commitment.due_on, commitment.volunteer_hours = due_on, volunteer_hours
    commitment.premises = " ".join(premises.split())


def _refuse_twice(commitment: Commitment, parties: list[Party]) -> None:
    """Refuse a promise that stands open already, as when somebody goes back in the browser and sends it again."""
    same = Commitment.objects.filter(
        collaboration=commitment.collaboration,
        state__in=CommitmentState.open_ones(),
        what__iexact=commitment.what,
        person__iexact=commitment.person,
        due_on=commitment.due_on,
    ).prefetch_related("owners")
    keys = {party.pk for party in parties}
    if any({owner.pk for owner in found.owners.all()} == keys for found in same):
        said = _("Det finns redan ett likadant åtagande. Skriv vad som skiljer, om det är ett till.")
        raise Refused(said, field="what")


def _refuse_moving(before: date | None, due_on: date | None, note: str) -> None:
    if before and due_on != before and not note.strip():
        raise Refused(_("Skriv varför dagen flyttas."), field="note")


def _in_words(commitment: Commitment, owners: list[Party]) -> dict[str, str]:
    """Return what a commitment says, by field, as it is compared and shown when two have written."""
    return {
        "what": commitment.what,
        "owners": ", ".join(sorted(party.name for party in owners)),
        "person": commitment.person,
        "due_on": commitment.due_on.isoformat() if commitment.due_on else "",
        "volunteer_hours": "" if commitment.volunteer_hours is None else str(commitment.volunteer_hours),
        "premises": commitment.premises,
    }


def _changes(differing: list[str], before: dict[str, str], after: dict[str, str]) -> dict[str, Any]:
    """Return what the log tells: the day in clear text, of other fields only which they are."""
    others = [name for name in differing if name != "due_on"]
    changes: dict[str, Any] = {"due_on": [before["due_on"], after["due_on"]]} if "due_on" in differing else {}
    return changes | ({"text": audit.hidden_text("\n".join(after[name] for name in others))} if others else {})


def _save(commitment: Commitment) -> None:
    commitment.version += 1
    commitment.changed_at = timezone.now()
    commitment.save()


def _add_change(by: Seat, commitment: Commitment, note: str) -> None:
    CommitmentChange.objects.create(
        commitment=commitment,
        state=commitment.state,
        due_on=commitment.due_on,
        note=" ".join(note.split()),
        party=by.party,
        by=by.user,
    )


def _record(action: str, by: Seat, commitment: Commitment, changes: dict[str, Any]) -> None:
    both = {"both_sides": True} if by.both_sides else {}
    changes = {"commitment": commitment.public_id, **changes, **both}
    record_for_parties(action, by=by.user, collaboration=by.collaboration, changes=changes)
