"""The threads that speak to the mail server, each over a connection of its own. They never touch the database."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol

from .carrier import Carrier
from .dkim import Signer
from .journal import Journal
from .letters import Envelope, ReadyLetter, Recipient
from .outcomes import Answer, Outcome

#: A connection without work is hung up after so many seconds, before the server does.
IDLE = 15.0


class Carries(Protocol):
    """What hands a mail over: a connection, or what stands for one."""

    def hand_over(self, envelope: Envelope, before: Callable[[int], None]) -> Outcome:
        """Hand a mail over."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """A mail to make and hand over, and where the answer goes."""

    letter: ReadyLetter
    recipient: Recipient
    signer: Signer | None
    journal: Journal
    answers: "SimpleQueue[Outcome]"


def carry(task: Task, carrier: Carries) -> Outcome:
    """Make the mail, hand it over and return the answer, noted in the journal."""
    number = task.recipient.delivery
    try:
        envelope = task.letter.envelope(task.recipient)
    except ValueError as error:
        return Outcome(number, Answer.UNUSABLE, str(error)[:300])
    if task.signer is not None:
        signed = task.signer.sign(envelope.content)
        envelope = Envelope(number, envelope.sender, envelope.recipient, signed)
    outcome = carrier.hand_over(envelope, task.journal.handing_over)
    if outcome.answer == Answer.TAKEN:
        task.journal.taken(number)
    elif outcome.answer != Answer.UNKNOWN:
        task.journal.back(number)
    return outcome


class Crew:
    """A number of threads that wait for tasks as long as the process lives."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"sending-{n}", daemon=True) for n in range(size)]
        for thread in self._threads:
            thread.start()

    def give(self, task: Task) -> None:
        """Let the first free thread do `task`."""
        self._tasks.put(task)

    def end(self) -> None:
        """Let every thread hang up and end when it has done what it was given."""
        for _thread in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        carrier = Carrier()
        while True:
            with suppress(Empty):
                task = self._tasks.get(timeout=IDLE)
                if task is None:
                    break
                task.answers.put(_safely(task, carrier))
                continue
            carrier.close()
        carrier.close()


def _safely(task: Task, carrier: Carries) -> Outcome:
    """Return an answer whatever happens: a thread that dies would leave its mail without one."""
    try:
        return carry(task, carrier)
    except Exception as error:
        carrier.close()
        return Outcome(task.recipient.delivery, Answer.UNKNOWN, f"{type(error).__name__}: {error}"[:300])


_crews: dict[int, Crew] = {}


def crew_of(size: int) -> Crew:
    """Return this process's crew of that size."""
    if size not in _crews:
        _crews[size] = Crew(size)
    return _crews[size]


def hang_up() -> None:
    """End this process's crews, and with them their connections."""
    while _crews:
        _size, crew = _crews.popitem()
        crew.end()
