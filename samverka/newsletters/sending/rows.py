"""The rows of a sending in the database: claimed before they leave, noted when the server has answered.

Each function is one short transaction. None is open while the mail server is spoken to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from ..enums import DeliveryState
from ..models import Delivery
from . import journal
from .outcomes import Outcome, state_after

#: Claims that no process on this machine answers for are given up after this.
STALE = timedelta(minutes=15)

_CLAIM = """
WITH issue AS (SELECT id FROM newsletters_issue WHERE id = %(issue)s AND state = 'sending'),
due AS (
  SELECT d.id FROM newsletters_delivery d
  WHERE d.issue_id = (SELECT id FROM issue) AND {due} AND d.id > %(after)s AND d.domain <> ALL(%(resting)s::text[])
  ORDER BY d.id LIMIT %(most)s FOR UPDATE OF d SKIP LOCKED
)
UPDATE newsletters_delivery d
SET state = 'sending', claim = %(claim)s, claimed_at = %(now)s, attempts = d.attempts + 1
FROM due WHERE d.id = due.id
RETURNING d.id, d.public_id, d.address, d.language, d.audience, d.organisation_id, d.domain, d.merged, d.attempts
"""
_DUE = {
    "waiting": "d.state = 'waiting'",
    "deferred": "d.state = 'deferred' AND d.next_attempt_at <= %(now)s",
}
_NOTE = """
UPDATE newsletters_delivery d
SET state = v.state, last_answer = v.told, next_attempt_at = v.next, claim = '', claimed_at = NULL,
    sent_at = CASE WHEN v.state = 'sent' THEN %(now)s ELSE d.sent_at END
FROM (SELECT * FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(told)s::text[], %(next)s::timestamptz[])
      AS t(id, state, told, next)) v
WHERE d.id = v.id AND d.claim = %(claim)s AND d.state IN ('sending', 'uncertain')
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that is this run's to send."""

    id: int
    public_id: str
    address: str
    language: str
    audience: str
    organisation_id: int | None
    domain: str
    merged: Mapping[str, str]
    attempts: int


def claim(issue_id: int, *, run: str, which: str, after: int, most: int, resting: Sequence[str]) -> list[Claimed]:
    """Take up to `most` rows of an issue that is being sent, in order. `which`: waiting, or deferred and due."""
    values: dict[str, Any] = {
        "issue": issue_id, "claim": run, "after": after, "most": most, "resting": list(resting), "now": timezone.now(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(due=_DUE[which]), values)
        rows = cursor.fetchall()
    ordered: list[Any] = sorted(rows, key=lambda row: int(row[0]))
    return [_claimed(row) for row in ordered]


def _claimed(row: tuple[Any, ...]) -> Claimed:
    key, public_id, address, language, audience, organisation_id, domain, merged, attempts = row
    return Claimed(key, public_id, address, language, audience, organisation_id, domain, _data(merged), attempts)


def _data(value: Any) -> Mapping[str, str]:
    import json

    found: Mapping[str, str] = json.loads(value) if isinstance(value, str | bytes) else value
    return found


def note(outcomes: Iterable[tuple[Outcome, int]], *, run: str) -> None:
    """Write down what became of rows of this run, each with its number of attempts. Noting twice changes nothing."""
    now = timezone.now()
    rows = [(outcome, *state_after(outcome.answer, attempts)) for outcome, attempts in outcomes]
    if not rows:
        return
    values: dict[str, Any] = {
        "ids": [outcome.delivery for outcome, _state, _wait in rows],
        "states": [state.value for _outcome, state, _wait in rows],
        "told": [outcome.text.replace("\x00", "") for outcome, _state, _wait in rows],
        "next": [_later(now, wait) for _outcome, _state, wait in rows],
        "claim": run, "now": now,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, values)


def _later(now: datetime, wait: timedelta | None) -> datetime | None:
    return now + wait if wait is not None else None


def give_back(*, run: str, but: Iterable[int] = ()) -> int:
    """Let rows of this run that it does not have in hand wait again; return how many."""
    rows = Delivery.objects.filter(claim=run, state=DeliveryState.SENDING).exclude(pk__in=list(but))
    return rows.update(state=DeliveryState.WAITING, claim="", claimed_at=None)


def settle_dead() -> dict[str, int]:
    """Settle what runs of processes that are gone have left, by their journals; return how many of each kind.

    Handed over and answered: sent. Not handed over: waits again. Handed over without an answer: uncertain, and so is
    all of a run whose journal is lost or older than the machine's latest start.
    """
    found = {"sent": 0, "waiting": 0, "uncertain": 0}
    with journal.dead_ones() as left_behind:
        for left in left_behind:
            _settle(left, found)
    long_ago = timezone.now() - STALE
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=long_ago)
    found["uncertain"] += lost.exclude(claim__in=journal.living()).update(state=DeliveryState.UNCERTAIN)
    return found


@transaction.atomic
def _settle(left: journal.Left, found: dict[str, int]) -> None:
    rows = Delivery.objects.filter(claim=left.name, state__in=[DeliveryState.SENDING, DeliveryState.UNCERTAIN])
    done: dict[str, Any] = {"claim": "", "claimed_at": None}
    taken = rows.filter(pk__in=left.taken)
    found["sent"] += taken.update(state=DeliveryState.SENT, sent_at=timezone.now(), **done)
    doubtful = rows.filter(pk__in=left.in_the_air) if left.sound else rows
    found["uncertain"] += doubtful.update(state=DeliveryState.UNCERTAIN, **done)
    found["waiting"] += rows.update(state=DeliveryState.WAITING, **done) if left.sound else 0
