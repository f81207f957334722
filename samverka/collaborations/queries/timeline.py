"""What has happened in a collaboration, newest first: one query over all that the seat may read.

Texts with a readers' circle are not here, only that they were shared, and where. Times, names and states come in one
UNION with the same columns for each kind, so that a page of fifty is one query however many kinds there are.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from samverka.kernel.models import AuditEntry

from ..enums import Circle, CommitmentState, InvitationState
from ..models import (
    CommitmentChange,
    Decision,
    Guest,
    Invitation,
    Meeting,
    Outcome,
    Party,
    PhaseConfirmation,
    StanceTaken,
    StepChange,
)
from .seats import Seat


class Happening(NamedTuple):
    """One thing that happened. `what` names it; `code` is a step, a question or a phase; `key` a public id.

    `text` is what was said with it (a reason, a comment, what was promised), `state` what it became.
    """

    at: datetime
    what: str
    key: str
    party_id: int | None
    who: str
    code: str
    text: str
    state: str


#: What the rows of each kind have in common, in the order of `Happening`.
Columns = dict[str, Any]
Source = Callable[[Seat], list[QuerySet[Any]]]


def _text(expression: Any) -> Any:
    return Cast(expression, CharField())


_NOTHING = _text(Value(""))
_NOBODY = Cast(Value(None), IntegerField())


def _name(person: str) -> Any:
    """A person by name, else by address; "" for one who is gone."""
    return _text(Coalesce(NullIf(F(f"{person}__name"), Value("")), F(f"{person}__email"), Value("")))


def _rows(found: Any, at: str, what: Any, **columns: Any) -> QuerySet[Any]:
    """Return the rows with the columns of `Happening`; a column that is not given is empty."""
    given = {name: _text(F(value) if isinstance(value, str) else value) for name, value in columns.items()}
    said = {
        "c_at": Cast(F(at), DateTimeField()),
        "c_what": _text(Value(what) if isinstance(what, str) else what),
        "c_key": given.get("key", _NOTHING),
        "c_party": Cast(F(columns["party"]), IntegerField()) if "party" in columns else _NOBODY,
        "c_who": given.get("who", _NOTHING),
        "c_code": given.get("code", _NOTHING),
        "c_text": given.get("text", _NOTHING),
        "c_state": given.get("state", _NOTHING),
    }
    rows: QuerySet[Any] = found.order_by().annotate(**said).values_list(*said)
    return rows


def _texts(seat: Seat) -> list[QuerySet[Any]]:
    """What was shared, struck, begun and changed together."""
    shared = seat.shared.filter(joint=False)
    place: Columns = {"key": "public_id", "code": Coalesce(NullIf(F("question"), Value("")), F("step"))}
    own: Columns = {"party": "party_id", **place}
    joint = seat.shared.filter(joint=True)
    return [
        _rows(shared, "shared_at", "entry_shared", who=_name("shared_by"), **own),
        _rows(
            shared.filter(withdrawn_at__isnull=False), "withdrawn_at", "entry_withdrawn", text="withdrawn_reason", **own
        ),
        _rows(joint, "created_at", "joint_begun", who=_name("author"), party="party_id", **place),
        _rows(joint.filter(version__gt=1), "changed_at", "joint_changed", who=_name("changed_by"), **place),
    ]


def _left_behind(seat: Seat) -> list[QuerySet[Any]]:
    """What the steps have left behind, once all read it."""
    outcomes = Outcome.objects.filter(collaboration=seat.collaboration, circle=Circle.ALL)
    return [
        _rows(
            outcomes.filter(joint=False),
            "shared_at",
            "outcome_shared",
            who=_name("shared_by"),
            code="step",
            party="party_id",
        ),
        _rows(outcomes.filter(joint=True), "changed_at", "outcome_joint", who=_name("changed_by"), code="step"),
    ]


def _promises(seat: Seat) -> list[QuerySet[Any]]:
    """What was promised, moved and settled."""
    changes = CommitmentChange.objects.filter(commitment__collaboration=seat.collaboration)
    earlier = CommitmentChange.objects.filter(commitment=OuterRef("commitment"), pk__lt=OuterRef("pk"))
    settled = [state.value for state in CommitmentState if state not in CommitmentState.open_ones()]
    what = Case(
        When(~Exists(earlier), then=Value("promise_made")),
        When(state__in=settled, then=Value("promise_settled")),
        default=Value("promise_changed"),
    )
    named: Columns = {"key": "commitment__public_id", "text": "commitment__what", "state": "state"}
    return [_rows(changes, "at", what, who=_name("by"), party="party_id", **named)]


def _decisions(seat: Seat) -> list[QuerySet[Any]]:
    found = Decision.objects.filter(collaboration=seat.collaboration)
    named: Columns = {"key": "public_id", "text": "what", "party": "party_id"}
    struck = found.filter(withdrawn_at__isnull=False)
    return [
        _rows(found, "created_at", "decision", who=_name("created_by"), **named),
        _rows(struck, "withdrawn_at", "decision_withdrawn", **named),
    ]


def _steps(seat: Seat) -> list[QuerySet[Any]]:
    changes = StepChange.objects.filter(collaboration=seat.collaboration)
    answers = PhaseConfirmation.objects.filter(collaboration=seat.collaboration)
    stances = StanceTaken.objects.filter(collaboration=seat.collaboration)
    own: Columns = {"who": _name("by"), "party": "party_id"}
    return [
        _rows(changes, "at", "step", code="step", text="reason", state="state", **own),
        _rows(answers, "at", "phase", code="phase", text="comment", state="answer", **own),
        _rows(stances, "at", "stance", code="question", state="stance", **own),
    ]


def _meetings(seat: Seat) -> list[QuerySet[Any]]:
    held = Meeting.objects.filter(collaboration=seat.collaboration)
    return [_rows(held, "started_at", "meeting", key="public_id", who=_name("started_by"), party="party_id")]


def _people(seat: Seat) -> list[QuerySet[Any]]:
    """Who was asked, came, said no and reads as a guest."""
    parties = Party.objects.filter(collaboration=seat.collaboration)
    asked = Invitation.objects.filter(party__collaboration=seat.collaboration)
    guests = Guest.objects.filter(collaboration=seat.collaboration)
    ended = guests.filter(ended_at__isnull=False)
    return [
        _rows(asked, "created_at", "invited", party="party_id"),
        _rows(asked.filter(state=InvitationState.DECLINED), "answered_at", "declined", party="party_id"),
        _rows(parties.filter(joined_at__isnull=False), "joined_at", "joined", party="id"),
        _rows(guests, "created_at", "guest", party="inviting_party_id", text="role"),
        _rows(ended, "ended_at", "guest_ended", party="inviting_party_id", text="role"),
    ]


#: Changes of the collaboration itself, read from the party's own log.
FACTS = (
    "collaboration.facts_changed",
    "collaboration.parties_named",
    "collaboration.contact_set",
    "collaboration.ended",
    "collaboration.reopened",
    "collaboration.recorded",
    "collaboration.diary_number_set",
)


def _facts(seat: Seat) -> list[QuerySet[Any]]:
    log = AuditEntry.objects.filter(
        object_kind="collaboration",
        object_id=seat.collaboration.public_id,
        organisation_id=seat.acting.organisation.public_id,
        action__in=FACTS,
    )
    return [_rows(log, "at", "fact", who="actor_label", code="action")]


#: kind -> what it gathers, in the order that the filter shows them
SOURCES: dict[str, Source] = {
    "texter": _texts,
    "resultat": _left_behind,
    "loften": _promises,
    "beslut": _decisions,
    "steg": _steps,
    "moten": _meetings,
    "parter": _people,
    "uppgifter": _facts,
}


def happenings(seat: Seat, kind: str = "") -> QuerySet[Any]:
    """Return rows of `Happening`'s columns, newest first, of one kind (a key of SOURCES) or all."""
    chosen = [SOURCES[kind]] if kind in SOURCES else SOURCES.values()
    first, *rest = [rows for source in chosen for rows in source(seat)]
    together: QuerySet[Any] = first.union(*rest, all=True) if rest else first
    return together.order_by("-c_at", "c_what", "c_key")
