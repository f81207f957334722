"""What is newest of what all parties read, as the first page tells it.

The rows are those of the timeline (`timeline.Happening`), asked kind by kind with plain columns and merged here: the
timeline's one question over every kind takes longer to put together than the whole page may.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, When

from ..enums import Circle, CommitmentState
from ..models import CommitmentChange, Decision, Outcome
from .progress import Progress
from .seats import Seat
from .timeline import Happening

#: As many as a page shows before it sends on to the timeline.
NEWEST = 5
#: When something was last said: what is joint when it was changed, a party's own when it was shared.
_SAID_AT = Case(When(joint=True, then=F("changed_at")), default=F("shared_at"))
_SAID_BY = ("joint", "party_id", "changed_by__name", "changed_by__email", "shared_by__name", "shared_by__email")


def newest(
    seat: Seat, *, progress: Progress | None, decisions: Iterable[Decision], count: int = NEWEST
) -> list[Happening]:
    """Return the newest texts, outcomes, promises, decisions, words on a phase and parties. Three queries."""
    found = [
        *_texts(seat, count),
        *_outcomes(seat, count),
        *_promises(seat, count),
        *(_decision(one) for one in decisions),
        *_phases(progress),
        *_joined(seat),
    ]
    return sorted(found, key=attrgetter("at"), reverse=True)[:count]


def _texts(seat: Seat, count: int) -> Iterable[Happening]:
    shared = seat.shared.filter(withdrawn_at__isnull=True).annotate(said_at=_SAID_AT).order_by("-said_at", "-pk")
    rows = shared.values_list("said_at", "public_id", "step", "version", *_SAID_BY)[:count]
    for at, key, step, version, joint, party, *people in rows:
        what = ("joint_changed" if version > 1 else "joint_begun") if joint else "entry_shared"
        yield Happening(at, what, key, None if joint else party, _who(joint, people), step, "", "")


def _outcomes(seat: Seat, count: int) -> Iterable[Happening]:
    shared = Outcome.objects.filter(collaboration=seat.collaboration, circle=Circle.ALL).annotate(said_at=_SAID_AT)
    rows = shared.order_by("-said_at", "-pk").values_list("said_at", "step", *_SAID_BY)[:count]
    for at, step, joint, party, *people in rows:
        what = "outcome_joint" if joint else "outcome_shared"
        yield Happening(at, what, "", None if joint else party, _who(joint, people), step, "", "")


def _who(joint: bool, people: list[str | None]) -> str:
    """Whoever changed what is joint last, or shared their party's own; "" for one who is gone."""
    name, address = people[:2] if joint else people[2:]
    return name or address or ""


def _promises(seat: Seat, count: int) -> Iterable[Happening]:
    earlier = CommitmentChange.objects.filter(commitment=OuterRef("commitment"), pk__lt=OuterRef("pk"))
    changes = CommitmentChange.objects.filter(commitment__collaboration=seat.collaboration)
    rows = changes.order_by("-at", "-pk").values_list(
        "at", Exists(earlier), "commitment__public_id", "party_id", "by__name", "by__email", "commitment__what", "state"
    )
    still = {state.value for state in CommitmentState.open_ones()}
    for at, again, key, party, name, address, text, state in rows[:count]:
        what = ("promise_changed" if state in still else "promise_settled") if again else "promise_made"
        yield Happening(at, what, key, party, name or address or "", "", text, state)


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
