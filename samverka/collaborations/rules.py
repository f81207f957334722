"""Who may do what in a collaboration. Nobody writes in one that has ended."""

from collections.abc import Iterable
from typing import Any

from samverka.accounts.roles import Permission

from .enums import Circle, CollaborationState
from .models import Decision, Entry, Guest, Mandate, Outcome, Party
from .queries import GuestView, Seat


def can_read(user: Any, seat: Seat) -> bool:
    """Has a seat at all: takes part, or follows as registrar or reader."""
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


def can_share_outcome(seat: Seat, outcome: Outcome) -> bool:
    """Whoever writes for the party whose own it is, once, when somebody has been invited to read it."""
    preparing = seat.collaboration.state == CollaborationState.PREPARING
    return seat.writes and not preparing and outcome.party_id == seat.party.pk and outcome.circle == Circle.PARTY


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
    """The registrar, or whoever takes part for the party; also when all is over."""
    return seat.acting.has_for(Permission.SET_DIARY_NUMBER, seat.party.unit_id)


def can_read_as_guest(user: Any, guest: GuestView) -> bool:
    """Is a guest today; whoever is none does not find the page."""
    return bool(guest.guest.user_id == user.pk)


def can_invite_guest(user: Any, seat: Seat) -> bool:
    """As inviting a party: a guest reads what all of them share."""
    return can_invite(user, seat)


def can_end_guest(seat: Seat, guest: Guest) -> bool:
    """Whoever takes part for the party that invited the guest; also when all is over, since the guest still reads."""
    return seat.takes_part and guest.inviting_party_id == seat.party.pk


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


def can_change_step(user: Any, seat: Seat) -> bool:
    """Whoever writes for a party says how far a step has come, where a model is followed."""
    return seat.writes and seat.collaboration.model_version_id is not None


def can_answer_phase(user: Any, seat: Seat) -> bool:
    """Who may confirm for the party, with others at the table; never a person on both sides (users.md R12)."""
    return can_change_step(user, seat) and can_confirm(seat) and not seat.alone


def can_confirm(seat: Seat) -> bool:
    """Holds the permission to confirm for the very party, and acts for no other one here."""
    return seat.acting.has_for(Permission.CONFIRM, seat.party.unit_id) and not seat.both_sides
