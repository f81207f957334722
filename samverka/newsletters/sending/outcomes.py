"""What the mail server answered, and what becomes of the row."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from ..enums import DeliveryState

#: Waits before the second, third … attempt; after the last the mail has failed. Two days in all.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360, 720, 1440))


class Answer(Enum):
    """`UNKNOWN`: the whole mail had been handed over when the connection broke, so it may have been taken.
    `NOT_HANDED`: the connection broke before that. `UNUSABLE`: the address cannot be written to.
    """

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_HANDED = "not_handed"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one mail; `text` is what the server said, or what happened to the connection."""

    delivery: int
    answer: Answer
    text: str = ""


_STATES = {
    Answer.TAKEN: DeliveryState.SENT,
    Answer.REFUSED: DeliveryState.FAILED,
    Answer.UNUSABLE: DeliveryState.FAILED,
    Answer.UNKNOWN: DeliveryState.UNCERTAIN,
}


def state_after(answer: Answer, attempts: int) -> tuple[DeliveryState, timedelta | None]:
    """Return the state after so many attempts, and how long to wait before the next, if there is one."""
    if answer in _STATES:
        return _STATES[answer], None
    if answer == Answer.LATER and attempts > len(BACK_OFF):
        return DeliveryState.FAILED, None
    return DeliveryState.DEFERRED, BACK_OFF[min(attempts, len(BACK_OFF)) - 1] if answer == Answer.LATER else BACK_OFF[0]
