"""A collaboration's first page: what a successor needs in a minute, from what the parties said and promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from samverka.accounts.models import User
from samverka.collaborations.enums import CollaborationState, InvitationState, PartyState
from samverka.collaborations.models import Invitation, Party
from samverka.collaborations.queries import (
    PhaseStanding,
    Progress,
    Promise,
    Seat,
    aims_of,
    open_commitments,
    open_invitations,
    people_on_both_sides,
    progress_of,
)
from samverka.collaborations.queries.news import newest
from samverka.collaborations.queries.standing import coming_days, newest_decisions
from samverka.collaborations.rules import can_change_step, can_invite, can_read
from samverka.collaborations.waiting import waiting_at
from samverka.kernel.access import requires
from samverka.kernel.waiting import Waiting
from samverka.knowledge.finding import examples_fitting
from samverka.organisations.shown import shown_phone
from samverka.processes.reading import StepView
from samverka.web.components.words import names_in_words
from samverka.web.context import address

from .happened import line_of
from .progress import phase_address, step_address
from .progress_words import phase_words
from .seats import seat_at

#: As many promises, days and decisions as one reads in a minute; the rest is a link away.
MOST_PROMISES, MOST_DAYS, MOST_DECISIONS, MOST_PARTIES = 5, 3, 3, 6


@requires(can_read, load=seat_at)
def collaboration(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The first page of one collaboration. One without a diary has only its facts."""
    if seat.model is None and (about := address("collaboration_about", *_ids(seat))):
        return redirect(about)
    return render(request, "workspace/collaborations/page.html", first_page_context(seat))


def first_page_context(seat: Seat) -> dict[str, Any]:
    """Return the context of the first page: as many queries for five parties as for forty."""
    progress = progress_of(seat) if seat.model else None
    promises = open_commitments(seat)
    aims, decisions = aims_of(seat), newest_decisions(seat)
    goal, days = aims.goal, coming_days(seat, promises, aims, decisions)
    return {
        "acting": seat.acting,
        "seat": seat,
        "purpose": aims.purpose,
        "goal": goal,
        "goal_url": step_address(seat, goal.outcome.step) if goal else "",
        "both_sides": people_on_both_sides(seat.collaboration, seat.active),
        "waiting": linked(waiting_at(seat, progress, promises), seat),
        **_promises(seat, promises),
        "days": [(day, address(*day.route)) for day in days[:MOST_DAYS]],
        "phases": _path(seat, progress),
        "here": _here(seat, progress),
        "begun": _begun(seat, progress),
        "following": _following(seat, progress),
        "decisions": decisions[:MOST_DECISIONS],
        "decisions_url": address("decisions", *_ids(seat)),
        "news": [line_of(seat, one) for one in newest(seat, progress=progress, decisions=decisions)],
        "people": people_of(seat),
        "unanswered": _unanswered(seat),
        "may_invite": can_invite(seat.user, seat),
        "fitting": examples_fitting(seat.collaboration),
        "example_url": address("collaboration_example", *_ids(seat)) if seat.takes_part and not seat.alone else "",
    }


def _ids(seat: Seat) -> tuple[str, str]:
    return seat.acting.organisation.public_id, seat.collaboration.public_id


def linked(waiting: Iterable[Waiting], seat: Seat) -> list[tuple[Waiting, str]]:
    """Return what waits with its address: the collaboration's own while a page is missing."""
    return [(one, address(*one.route) or address("collaboration", *_ids(seat))) for one in waiting]


def _promises(seat: Seat, promises: list[Promise]) -> dict[str, Any]:
    late = [promise for promise in promises if promise.days_late]
    following = [promise for promise in promises if not promise.days_late]
    room = max(MOST_PROMISES - len(late), 2)
    return {
        "late": [(promise, _promise_address(seat, promise)) for promise in late],
        "next_promises": [(promise, _promise_address(seat, promise)) for promise in following[:room]],
        "more_promises": max(len(following) - room, 0),
        "promises_url": address("commitments", *_ids(seat)),
    }


def _promise_address(seat: Seat, promise: Promise) -> str:
    return address("commitment", *_ids(seat), promise.commitment.public_id)


# Where we are


@dataclass(frozen=True)
class PhaseLine:
    """A phase on the path: where it stands in words, its page, whether the parties are there."""

    standing: PhaseStanding
    said: str
    url: str
    here: bool


def _path(seat: Seat, progress: Progress | None) -> list[PhaseLine]:
    if progress is None:
        return []
    here = _here(seat, progress)
    return [
        PhaseLine(standing, phase_words(standing), phase_address(seat, number), standing is here)
        for number, standing in progress.phases.items()
    ]


def _here(seat: Seat, progress: Progress | None) -> PhaseStanding | None:
    """The phase where the parties are, once anything has happened; they are nowhere when all is over."""
    over = seat.collaboration.state == CollaborationState.ENDED
    return progress.here if progress and progress.changes and not over else None


def _begun(seat: Seat, progress: Progress | None) -> str:
    """The numbers of the phases begun, in words, where there are several and none is finished; else ""."""
    begun = progress.begun_at_once if progress and _here(seat, progress) else []
    return names_in_words([str(standing.phase.number) for standing in begun])


def _following(seat: Seat, progress: Progress | None) -> tuple[StepView, str] | None:
    """The step to go on with, and its address; None where nobody can go on."""
    if progress is None or not can_change_step(seat.user, seat):
        return None
    step = progress.next_step(seat.collaboration.chosen_steps)
    return (step, step_address(seat, step.code)) if step else None


# People


@dataclass(frozen=True)
class PartyPeople:
    """A party with its contact and deputy; None where nobody is named or has said yes."""

    party: Party
    label: str
    contact: User | None
    deputy: User | None


@dataclass(frozen=True)
class SidePeople:
    """The parties of one side: those that show at once, and the rest."""

    side: str
    first: list[PartyPeople]
    rest: list[PartyPeople]


def people_of(seat: Seat) -> list[SidePeople]:
    """Return whom to turn to at each party that has joined, by side, our own party first. One query."""
    keys = {key for party in seat.active for key in (party.contact_id, party.deputy_id) if key}
    people = User.objects.only("name", "email", "phone").in_bulk(keys)
    found = [
        PartyPeople(party, _label(seat, party), people.get(party.contact_id), people.get(party.deputy_id))
        for party in sorted(seat.active, key=lambda party: party.pk != seat.party.pk)
    ]
    most = MOST_PARTIES // 2 if len(found) > MOST_PARTIES + 2 else len(found)
    sides = [(side, [one for one in found if one.party.side == side]) for side in ("public", "civil")]
    return [SidePeople(side, those[:most], those[most:]) for side, those in sides if those]


def _label(seat: Seat, party: Party) -> str:
    return gettext("{party} (ni)").format(party=party.name) if party.pk == seat.party.pk else party.name


@dataclass(frozen=True)
class Unanswered:
    """An invitation that waits: for how many days, and whom to ring ("" for the organisation itself) at what number,
    and whether they have asked us something.
    """

    invitation: Invitation
    ring: str
    phone: str
    days: int
    asks: bool = False


def _unanswered(seat: Seat) -> list[Unanswered]:
    """Return who has been asked and has not said yes or no."""
    if PartyState.INVITED not in {party.state for party in seat.parties}:
        return []
    return [_waits(seat, invitation) for invitation in open_invitations(seat)]


def _waits(seat: Seat, invitation: Invitation) -> Unanswered:
    """Who left a number to be rung at is told to the party that asked; else it is the organisation's own number."""
    days = (timezone.now() - invitation.created_at).days
    ours = invitation.inviting_party_id == seat.party.pk and seat.writes
    if ours and (invitation.answered_phone or invitation.state == InvitationState.ASKED):
        asks = invitation.state == InvitationState.ASKED
        return Unanswered(invitation, invitation.answered_name, invitation.answered_phone, days, asks)
    return Unanswered(invitation, "", shown_phone(invitation.party.organisation) if ours else "", days)
