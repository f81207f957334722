"""Who is told of what, and when (users.md R4). Actions call `tell`; the mails are made by `sending`.

Told are the contact and the deputy of every other party that the matter concerns, as long as they may still write for
it. A registrar or a reader is not told, nor is whoever did it.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from samverka.organisations.models import Membership

from .circles import all_parties
from .enums import NoticeKind, NoticePace, PartyState, PhaseAnswer
from .models import Collaboration, Notice, NoticeChoice, Party
from .queries import Seat
from .querysets import TAKING_PART

#: Texts that all parties read: told at once unless the person wants otherwise.
TEXTS = frozenset(
    {
        NoticeKind.ENTRY_SHARED,
        NoticeKind.ENTRY_CORRECTED,
        NoticeKind.JOINT_CHANGED,
        NoticeKind.FILE_ATTACHED,
        NoticeKind.COMMENTS_ASKED,
        NoticeKind.OUTCOME_CHANGED,
        NoticeKind.MEETING_HELD,
    }
)
#: What asks something of the one who is told. A phase does when another party has said that it is done.
ASKING = frozenset(
    {NoticeKind.COMMENTS_ASKED, NoticeKind.COMMITMENT_MADE, NoticeKind.COMMITMENT_DUE, NoticeKind.MEETING_HELD}
)
#: What concerns only those who promised.
TO_OWNERS = frozenset({NoticeKind.COMMITMENT_MADE, NoticeKind.COMMITMENT_DUE})
#: A text that is changed several times in a while is told of once in that while.
CHANGES = frozenset({NoticeKind.ENTRY_CORRECTED, NoticeKind.JOINT_CHANGED, NoticeKind.OUTCOME_CHANGED})
A_WHILE = timedelta(hours=1)
#: When the day's mail leaves, local time.
MORNING = datetime.time(6)


def tell(kind: NoticeKind, *, by: Seat | None, about: Any, but: Collection[int | None] = ()) -> None:
    """Let the others know of `about`, the row that the kind speaks of. Called inside the action's transaction.

    `by` is the seat of whoever did it; None for what comes by itself or was done without a seat. `but` are keys of
    persons who are told in another way. Nothing that `about` says is stored; it is read when the mail leaves.
    """
    collaboration: Collaboration = by.collaboration if by else about.collaboration
    own = by.party if by else about if isinstance(about, Party) else None
    people = answering(concerned(kind, about, all_parties(collaboration), own))
    people = {user: party for user, party in people.items() if user not in {by.user.pk if by else None, *but}}
    dues = _dues(kind, about, people, collaboration)
    Notice.objects.bulk_create(
        Notice(
            user_id=user,
            party=people[user],
            collaboration=collaboration,
            kind=kind,
            about=about.pk,
            by=by.user if by else None,
            by_party=own,
            due_at=due,
        )
        for user, due in dues.items()
    )
    if any(due <= timezone.now() for due in dues.values()):
        from .tasks import send_notices

        send_notices.defer()


def concerned(kind: NoticeKind, about: Any, parties: Iterable[Party], own: Party | None) -> list[Party]:
    """Return the parties that are told: all who have joined but `own`, or of a promise those who made it."""
    others = [p for p in parties if p.state == PartyState.ACTIVE and (own is None or p.pk != own.pk)]
    if kind not in TO_OWNERS:
        return others
    owners = set(about.owners.values_list("pk", flat=True))
    return [party for party in others if party.pk in owners]


def answering(parties: Iterable[Party]) -> dict[int, Party]:
    """Return {person: party} of the contacts and deputies who may still write for their party; each person once."""
    named = {(user, party) for party in parties for user in (party.contact_id, party.deputy_id) if user}
    held = (
        Membership.objects.filter(user__in={user for user, _party in named}, user__is_active=True)
        .filter(Q(until=None) | Q(until__gt=timezone.now()), role__in=TAKING_PART)
        .exclude(organisation__state="withdrawn")
    )
    reach = set(held.values_list("user", "organisation", "unit")) if named else set()
    found: dict[int, Party] = {}
    for user, party in sorted(named, key=lambda pair: (pair[1].pk, pair[0])):
        if {(user, party.organisation_id, None), (user, party.organisation_id, party.unit_id)} & reach:
            found.setdefault(user, party)
    return found


def asks_something(kind: NoticeKind, about: Any) -> bool:
    """Whether the one who is told is asked for something."""
    return kind in ASKING or (kind == NoticeKind.PHASE_ANSWERED and about.answer == PhaseAnswer.CONFIRMED)


def due(
    kind: NoticeKind, pace: NoticePace, *, asks: bool, now: datetime.datetime, last: datetime.datetime | None = None
) -> datetime.datetime | None:
    """Return when to tell somebody who wants it at `pace`: now, in a while, tomorrow morning; None for never.

    `last` is when the person was last told of a change in the same text.
    """
    if pace == NoticePace.ASKS and not asks:
        return None
    if pace == NoticePace.DAILY or (pace == NoticePace.USUAL and kind not in TEXTS):
        return next_morning(now)
    return max(now, last + A_WHILE) if last and kind in CHANGES else now


def next_morning(now: datetime.datetime) -> datetime.datetime:
    """Return the next time that the day's mail leaves."""
    local = timezone.localtime(now)
    today = timezone.make_aware(datetime.datetime.combine(local.date(), MORNING))
    tomorrow = timezone.make_aware(datetime.datetime.combine(local.date() + timedelta(days=1), MORNING))
    return today if now < today else tomorrow


def paces_of(users: Collection[int], collaboration: Collaboration) -> Mapping[int, NoticePace]:
    """Return at what pace each wants to be told: as chosen for the collaboration, else for all, else as usual."""
    chosen = (
        NoticeChoice.objects.exclude(pace="")
        .filter(user__in=users)
        .filter(Q(collaboration=collaboration) | Q(collaboration=None))
    )
    rows = sorted(chosen.values_list("user", "pace", "collaboration"), key=lambda row: row[2] is not None)
    return dict.fromkeys(users, NoticePace.USUAL) | {user: NoticePace(pace) for user, pace, _where in rows}


def _dues(
    kind: NoticeKind, about: Any, people: Collection[int], collaboration: Collaboration
) -> dict[int, datetime.datetime]:
    """Return {person: when to tell them}, without those who are told of the same thing already, or never."""
    now = timezone.now()
    told = Notice.objects.filter(kind=kind, about=about.pk, user__in=people)
    recent = list(told.filter(Q(batch="") | Q(due_at__gt=now - A_WHILE)).values_list("user", "batch", "due_at"))
    waiting = {user for user, batch, _at in recent if not batch}
    last = {user: at for user, batch, at in recent if batch}
    paces, asks = paces_of(people, collaboration), asks_something(kind, about)
    dues = {
        user: due(kind, paces[user], asks=asks, now=now, last=last.get(user)) for user in people if user not in waiting
    }
    return {user: at for user, at in dues.items() if at is not None}
