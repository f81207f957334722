"""Who may do what in a collaboration."""

from typing import Any

from samverka.accounts.roles import Permission

from .enums import Circle
from .models import Entry
from .queries import Seat


def can_read(user: Any, seat: Seat) -> bool:
    """Has a seat at all: takes part, or follows as registrar."""
    return True


def can_write(user: Any, seat: Seat) -> bool:
    """Takes part for an active party."""
    return seat.writes


def can_change_entry(seat: Seat, entry: Entry) -> bool:
    """A joint text: whoever writes for a party. A draft: its author. Otherwise whoever writes for the party that says
    it, also once it is shared: that is a correction, and the earlier text stays.
    """
    if entry.withdrawn_at or not seat.writes:
        return False
    return entry.joint or _is_ours(seat, entry)


def _is_ours(seat: Seat, entry: Entry) -> bool:
    """Whether the text is the person's own draft, or what their party says."""
    if entry.circle == Circle.AUTHOR:
        return bool(entry.author_id == seat.user.pk)
    return bool(entry.party_id == seat.party.pk)


def can_widen(seat: Seat, entry: Entry) -> bool:
    """A draft's author, or whoever writes for the party that says it, decides who may read more than before."""
    return seat.writes and _is_ours(seat, entry) and entry.circle != Circle.ALL and not entry.withdrawn_at


def can_withdraw(seat: Seat, entry: Entry) -> bool:
    """A draft's author, or whoever writes for the party, strikes what it says; a joint text is corrected instead."""
    return seat.writes and _is_ours(seat, entry) and not entry.joint and not entry.withdrawn_at


def can_confirm_entry(seat: Seat, entry: Entry) -> bool:
    """Whoever writes for the party that somebody else typed for at a meeting, until that has been done."""
    typed = entry.meeting_id is not None and entry.confirmed_at is None and not entry.withdrawn_at
    return seat.writes and typed and entry.party_id == seat.party.pk


def can_end_comments(seat: Seat, entry: Entry) -> bool:
    """Whoever writes for the party that sent its draft out for comments, while the time still runs."""
    return seat.writes and _is_ours(seat, entry) and entry.takes_comments


def can_invite(user: Any, seat: Seat) -> bool:
    """Whoever may start collaborations for the party invites more."""
    return seat.writes and seat.acting.has_for(Permission.START_COLLABORATION, seat.party.unit_id)


def can_set_diary_number(user: Any, seat: Seat) -> bool:
    """The registrar, or whoever writes for the party."""
    return seat.acting.has_for(Permission.SET_DIARY_NUMBER, seat.party.unit_id)
