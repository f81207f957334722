"""Who may do what in a collaboration."""

from collections.abc import Iterable
from typing import Any

from samverka.accounts.roles import Permission

from .enums import Circle
from .models import Decision, Entry, Mandate, Outcome, Party
from .queries import Seat


def can_read(user: Any, seat: Seat) -> bool:
    """Has a seat at all: takes part, or follows as registrar."""
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


def can_share_outcome(seat: Seat, outcome: Outcome) -> bool:
    """Whoever writes for the party whose own it is, once."""
    return seat.writes and outcome.party_id == seat.party.pk and outcome.circle == Circle.PARTY


def can_promise_for(seat: Seat, owners: Iterable[Party]) -> bool:
    """Anyone at the table writes down and settles what the parties have promised; who acts for several of them does so
    for the party acted for only (users.md R12).
    """
    return seat.writes and (not seat.both_sides or {party.pk for party in owners} == {seat.party.pk})


def can_decide(user: Any, seat: Seat) -> bool:
    """Writes down a decision of the party: not somebody who acts for several of them (users.md R12)."""
    return seat.writes and not seat.both_sides


def can_change_mandate(seat: Seat, mandate: Mandate) -> bool:
    """Whoever writes for the party that the person speaks for."""
    return seat.writes and mandate.party_id == seat.party.pk and not mandate.withdrawn_at


def can_withdraw_decision(seat: Seat, decision: Decision) -> bool:
    """Whoever may write down the party's decisions."""
    return can_decide(seat.user, seat) and decision.party_id == seat.party.pk and not decision.withdrawn_at


def can_invite(user: Any, seat: Seat) -> bool:
    """Whoever may start collaborations for the party invites more."""
    return seat.writes and seat.acting.has_for(Permission.START_COLLABORATION, seat.party.unit_id)


def can_set_diary_number(user: Any, seat: Seat) -> bool:
    """The registrar, or whoever writes for the party."""
    return seat.acting.has_for(Permission.SET_DIARY_NUMBER, seat.party.unit_id)
