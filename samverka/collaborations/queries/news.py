"""What is newest of what all parties read, as the first page tells it.

The rows are those of the timeline (`timeline.Happening`), asked kind by kind with plain columns and merged here: the
timeline's one question over every kind takes longer to put together than the whole page may.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, When

from samverka.kernel.compiled import compiled

from ..enums import Circle, CommitmentState
from ..models import CommitmentChange, Decision, Outcome
from .progress import Progress
from .seats import Seat, shared_entries
from .timeline import Happening

#: As many as a page shows before it sends on to the timeline.
NEWEST = 5
#: When something was last said: what is joint when it was changed, a party's own when it was shared.
_SAID_AT = Case(When(joint=True, then=F("changed_at")), default=F("shared_at"))
_SAID_BY = ("joint", "party_id", "changed_by__name", "changed_by__email", "shared_by__name", "shared_by__email")


def newest(seat: Seat, *, progress: Progress | None, decisions: Iterable[Decision]) -> list[Happening]:
    """Return the NEWEST texts, outcomes, promises, decisions, words on a phase and parties. Three queries."""
    found = [
        *_texts(seat),
        *_outcomes(seat),
        *_promises(seat),
        *(_decision(one) for one in decisions),
        *_phases(progress),
        *_joined(seat),
    ]
    return sorted(found, key=attrgetter("at"), reverse=True)[:NEWEST]


def _texts(seat: Seat) -> Iterable[Happening]:
    rows = _newest_texts.all(collaboration=seat.collaboration.pk)
    for at, key, step, version, joint, party, *people in rows:
        what = ("joint_changed" if version > 1 else "joint_begun") if joint else "entry_shared"
        yield Happening(at, what, key, None if joint else party, _who(joint, people), step, "", "")


@compiled
def _newest_texts(collaboration: int) -> Any:
    shared = shared_entries(collaboration).filter(withdrawn_at__isnull=True)
    return _newest(shared).values_list("said_at", "public_id", "step", "version", *_SAID_BY)[:NEWEST]


def _outcomes(seat: Seat) -> Iterable[Happening]:
    for at, step, joint, party, *people in _newest_outcomes.all(collaboration=seat.collaboration.pk):
        what = "outcome_joint" if joint else "outcome_shared"
        yield Happening(at, what, "", None if joint else party, _who(joint, people), step, "", "")


@compiled
def _newest_outcomes(collaboration: int) -> Any:
    shared = Outcome.objects.filter(collaboration=collaboration, circle=Circle.ALL)
    return _newest(shared).values_list("said_at", "step", *_SAID_BY)[:NEWEST]


def _newest(shared: Any) -> Any:
    return shared.annotate(said_at=_SAID_AT).order_by("-said_at", "-pk")


def _who(joint: bool, people: list[str | None]) -> str:
    """Whoever changed what is joint last, or shared their party's own; "" for one who is gone."""
    name, address = people[:2] if joint else people[2:]
    return name or address or ""


def _promises(seat: Seat) -> Iterable[Happening]:
    still = {state.value for state in CommitmentState.open_ones()}
    rows = _newest_promises.all(collaboration=seat.collaboration.pk)
    for at, again, key, party, name, address, text, state in rows:
        what = ("promise_changed" if state in still else "promise_settled") if again else "promise_made"
        yield Happening(at, what, key, party, name or address or "", "", text, state)


@compiled
def _newest_promises(collaboration: int) -> Any:
    earlier = CommitmentChange.objects.filter(commitment=OuterRef("commitment"), pk__lt=OuterRef("pk"))
    changes = CommitmentChange.objects.filter(commitment__collaboration=collaboration).order_by("-at", "-pk")
    return changes.values_list(
        "at", Exists(earlier), "commitment__public_id", "party_id", "by__name", "by__email", "commitment__what", "state"
    )[:NEWEST]


def _decision(found: Decision) -> Happening:
    who: Any = found.created_by
    return Happening(
        found.created_at, "decision", found.public_id, found.party_id, str(who) if who else "", "", found.what, ""
    )


def _phases(progress: Progress | None) -> Iterable[Happening]:
    for answer in progress.answers if progress else ():
        phase = str(answer.phase)
        yield Happening(answer.at, "phase", "", answer.party_id, answer.by, phase, answer.comment, answer.answer)


def _joined(seat: Seat) -> Iterable[Happening]:
    for party in seat.active if not seat.alone else ():
        if party.joined_at:
            yield Happening(party.joined_at, "joined", party.public_id, party.pk, "", "", "", "")
