"""What a notice is about, read through the seat of the one who is told, when the mail leaves.

Each kind has a function that returns its Matter, or None when there is nothing to tell any more: struck, taken back,
not to be read by this person, or changed by the person since.
"""

from collections.abc import Callable

from ..enums import NoticeKind
from ..queries import Seat
from . import acts, meeting, outcomes, texts
from .shape import Matter, Said

__all__ = ["Matter", "Said", "matter_of"]

_KINDS: dict[NoticeKind, Callable[[int, Seat], Matter | None]] = {
    NoticeKind.ENTRY_SHARED: texts.shared,
    NoticeKind.ENTRY_CORRECTED: texts.corrected,
    NoticeKind.JOINT_CHANGED: texts.joint,
    NoticeKind.FILE_ATTACHED: texts.attached,
    NoticeKind.COMMENTS_ASKED: texts.comments,
    NoticeKind.OUTCOME_CHANGED: outcomes.changed,
    NoticeKind.PHASE_ANSWERED: acts.phase,
    NoticeKind.COMMITMENT_MADE: acts.made,
    NoticeKind.COMMITMENT_MOVED: acts.moved,
    NoticeKind.COMMITMENT_SETTLED: acts.settled,
    NoticeKind.COMMITMENT_DUE: acts.due,
    NoticeKind.DECISION_RECORDED: acts.decision,
    NoticeKind.PARTY_JOINED: acts.joined,
    NoticeKind.PARTY_DECLINED: acts.declined,
    NoticeKind.GUEST_READS: acts.guest,
    NoticeKind.MEETING_HELD: meeting.held,
}


def matter_of(kind: str, about: int, seat: Seat) -> Matter | None:
    """Return what there is to tell from this seat of the row `about`, of the table that the kind speaks of."""
    return _KINDS[NoticeKind(kind)](about, seat)
