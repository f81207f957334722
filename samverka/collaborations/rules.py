"""Who may do what in a collaboration. Nobody writes in one that has ended."""

from typing import Any

from samverka.accounts.roles import Permission

from .enums import Circle, CollaborationState
from .models import Entry, Guest
from .queries import GuestView, Seat


def can_read(user: Any, seat: Seat) -> bool:
    """Has a seat at all: takes part, or follows as registrar or reader."""
    return True


def can_write(user: Any, seat: Seat) -> bool:
    """Takes part for an active party."""
    return seat.writes


def can_change_entry(seat: Seat, entry: Entry) -> bool:
    """A joint note: whoever writes for a party. Otherwise its author, as long as it is not shared or struck."""
    if entry.withdrawn_at:
        return False
    if entry.joint:
        return seat.writes
    return seat.writes and entry.author_id == seat.user.pk and entry.circle != Circle.ALL


def can_widen(seat: Seat, entry: Entry) -> bool:
    """The author decides who may read more than before."""
    return seat.writes and entry.author_id == seat.user.pk and entry.circle != Circle.ALL and not entry.withdrawn_at


def can_withdraw(seat: Seat, entry: Entry) -> bool:
    """The author strikes what they wrote; a joint note is corrected instead."""
    return seat.writes and entry.author_id == seat.user.pk and not entry.joint and not entry.withdrawn_at


def can_invite(user: Any, seat: Seat) -> bool:
    """Whoever may start collaborations for the party invites more."""
    return seat.writes and seat.acting.has_for(Permission.START_COLLABORATION, seat.party.unit_id)


def can_set_diary_number(user: Any, seat: Seat) -> bool:
    """The registrar, or whoever writes for the party."""
    return seat.acting.has_for(Permission.SET_DIARY_NUMBER, seat.party.unit_id)


def can_read_as_guest(user: Any, guest: GuestView) -> bool:
    """Is a guest today; whoever is none does not find the page."""
    return bool(guest.guest.user_id == user.pk)


def can_invite_guest(user: Any, seat: Seat) -> bool:
    """As inviting a party: a guest reads what all of them share."""
    return can_invite(user, seat)


def can_end_guest(seat: Seat, guest: Guest) -> bool:
    """Whoever writes for the party that invited the guest."""
    return seat.writes and guest.inviting_party_id == seat.party.pk


def can_end(user: Any, seat: Seat) -> bool:
    """Whoever may start collaborations for the party may say that this one is over."""
    return can_invite(user, seat)


def can_reopen(user: Any, seat: Seat) -> bool:
    """The same, for one that has ended."""
    ended = seat.collaboration.state == CollaborationState.ENDED
    return ended and seat.takes_part and seat.acting.has_for(Permission.START_COLLABORATION, seat.party.unit_id)


def can_name_parties(user: Any, seat: Seat) -> bool:
    """Whoever writes in a matter that was put in afterwards."""
    return seat.writes and seat.collaboration.recorded_later
