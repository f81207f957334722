"""One job's share of a sending: claims rows, gives them to the crew, notes the answers; some hundred, some seconds.

At most two mails a connection are claimed at any time, one in the air and one waiting for it, so that a kill leaves
little in doubt. What was claimed and not handed over is let go of at the end.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from ..models import Issue
from . import rows
from .crew import Carries, Crew, Task, carry, crew_of
from .dkim import Signer, signer
from .journal import Journal
from .outcomes import Answer, Outcome
from .pace import Pace
from .ready import Ready
from .sink import SinkCarrier

log = structlog.get_logger("samverka.jobs")

#: Mails of one job, and seconds: other jobs come in between.
MOST, MOST_SECONDS = 500, 8.0
#: So many connections refused one after the other: the mail server is away, and the job leaves it alone.
AWAY_AFTER = 5
#: Seconds that the answers are kept while the database is away.
PATIENCE = 60.0

_paces: dict[tuple[int, int], Pace] = {}


@dataclass
class Tally:
    """What a job has done. `more`: it stopped before there was nothing left; `away`: the mail server did not answer."""

    done: int = 0
    more: bool = False
    away: bool = False


@dataclass
class Run:
    """One job's work on one issue."""

    issue: Issue
    most: int = MOST
    journal: Journal = field(default_factory=Journal)
    tally: Tally = field(default_factory=Tally)
    answers: "SimpleQueue[Outcome]" = field(default_factory=SimpleQueue)

    def __post_init__(self) -> None:
        self._ready = Ready(self.issue)
        self._signer: Signer | None = signer()
        self._pace = pace()
        self._in_hand: dict[int, int] = {}
        self._after = {"waiting": 0, "deferred": 0}
        self._until = time.monotonic() + MOST_SECONDS
        self._refusals = self._claimed = 0
        self._passed_over = False

    def go(self) -> Tally:
        """Send until `most` are done, the time is up, or nothing is due. Raises DatabaseError when it stays away."""
        noted = False
        try:
            self._work()
            _patiently(lambda: rows.give_back(run=self.journal.name))
            noted = True
        finally:
            self.journal.close(settled=noted)
        return self.tally

    def _work(self) -> None:
        crew = None if settings.MAIL_SINK else crew_of(settings.SEND_CONNECTIONS)
        while True:
            found = self._claim(crew.size * 2 if crew else 20)
            for row in found:
                self._in_hand[row.id] = row.attempts
                self._hand_out(self._ready.task(row, self._signer, self.journal, self.answers), crew)
            if not self._in_hand:
                if not self.tally.more or not self._rest():
                    return
                continue
            self._note(self._collect())

    def _hand_out(self, task: Task, crew: Crew | None) -> None:
        if crew is not None:
            crew.give(task)
        else:
            carrier: Carries = SinkCarrier()
            self.answers.put(carry(task, carrier))

    def _claim(self, at_once: int) -> list[rows.Claimed]:
        """Take what there is room for."""
        room = min(at_once - len(self._in_hand), self.most - self._claimed, self._pace.room())
        self.tally.more = self._claimed >= self.most or time.monotonic() > self._until
        if room < 1 or self.tally.more or self.tally.away:
            self.tally.more = True
            return []
        resting = self._pace.resting()
        found = self._take(int(room), resting)
        self._claimed += len(found)
        self._pace.take(row.domain for row in found)
        self.tally.more = len(found) >= int(room) or self._again(found, resting)
        return found

    def _again(self, found: list[rows.Claimed], resting: list[str]) -> bool:
        """Return whether rows of resting domains were passed over; when the end is reached, begin from the first."""
        self._passed_over = self._passed_over or bool(resting)
        if found or not self._passed_over:
            return self._passed_over
        self._passed_over, self._after = False, dict.fromkeys(self._after, 0)
        return True

    def _take(self, room: int, resting: list[str]) -> list[rows.Claimed]:
        for which in ("waiting", "deferred"):
            found = _patiently(lambda which=which: self._claim_safely(which, room, resting))  # type: ignore[misc]
            if found:
                self._after[which] = found[-1].id
                return list(found)
        return []

    def _claim_safely(self, which: str, room: int, resting: list[str]) -> list[rows.Claimed]:
        """Claim; after an error the answer may have been lost, so what was claimed unseen is first let go of."""
        if connection.connection is None:
            rows.give_back(run=self.journal.name, but=self._in_hand)
        return rows.claim(
            self.issue.pk, run=self.journal.name, which=which, after=self._after[which], most=room, resting=resting
        )

    def _rest(self) -> bool:
        """Wait for the pace; return whether there is anything left of this job's share."""
        if self._claimed >= self.most or self.tally.away or time.monotonic() > self._until:
            return False
        time.sleep(self._pace.wait())
        return True

    def _collect(self) -> list[Outcome]:
        """Wait for an answer, and return it with all others that have come."""
        found = [self.answers.get()]
        while True:
            try:
                found.append(self.answers.get_nowait())
            except Empty:
                return found

    def _note(self, outcomes: list[Outcome]) -> None:
        pairs = [(outcome, self._in_hand[outcome.delivery]) for outcome in outcomes]
        _patiently(lambda: rows.note(pairs, run=self.journal.name))
        for outcome in outcomes:
            del self._in_hand[outcome.delivery]
            self.tally.done += 1
            self._refusals = self._refusals + 1 if outcome.answer == Answer.NOT_HANDED else 0
        self.tally.away = self.tally.away or self._refusals >= AWAY_AFTER


def _patiently(work: Callable[[], Any]) -> Any:
    """Do `work`, again and again while the database is away: what the mail server has said must not be lost."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except (DatabaseError, InterfaceError) as error:
            if connection.in_atomic_block or time.monotonic() > until:
                raise
            log.warning("sending.database_away", error=type(error).__name__)
            connection.close()
            time.sleep(0.5)


def pace() -> Pace:
    """Return this process's pace: it lasts from job to job."""
    key = (settings.SEND_PER_SECOND, settings.SEND_PER_DOMAIN)
    if key not in _paces:
        _paces[key] = Pace(overall=key[0], per_domain=key[1])
    return _paces[key]
