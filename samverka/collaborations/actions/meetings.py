"""Meetings: begun with questions and people, and ended with the text to everybody (users.md R6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow

from ..emails import MeetingText
from ..enums import NoticeKind
from ..letters import writers_of
from ..models import Attendee, Collaboration, Entry, Meeting, Party, StanceTaken
from ..notices import tell
from ..queries import Seat, agenda, is_sensitive, meeting_of, meeting_under_way
from .checks import needs_terms, needs_writer
from .trail import record_for_parties

MOST_PRESENT = 100
#: Addresses that one person may write up in a day: each gets the text of a meeting.
ADDRESSES_A_DAY = 200
#: A meeting that nobody has ended by then was forgotten.
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Present:
    """Somebody who is at a meeting. `email` for who wants the text and does not sign in here."""

    name: str
    party: Party | None = None
    email: str = ""
    user: Any = None


@transaction.atomic
def start_meeting(*, by: Seat, questions: Sequence[str], people: Sequence[Present]) -> Meeting:
    """Begin a meeting about the questions with those codes. Raises NotAllowed, Refused (alone, none chosen, one is
    under way already, too many people).
    """
    _refuse_writing(by)
    asked = agenda(by.model, questions)
    if not asked:
        raise Refused(_("Välj minst en fråga."), field="questions")
    if len(people) > MOST_PRESENT:
        raise Refused(_("Skriv upp högst 100 personer. Skriv resten i mötets text."))
    if meeting_under_way(by) is not None:
        raise Refused(_("Ett möte pågår redan i den här samverkan. Gå med i det, eller avsluta det först."))
    meeting = Meeting.objects.create(
        collaboration=by.collaboration, party=by.party, started_by=by.user, questions=[one.code for one in asked]
    )
    Attendee.objects.bulk_create(_attendee(by, meeting, person) for person in people)
    record_for_parties("meeting.started", by=by.user, collaboration=by.collaboration)
    return meeting


def _refuse_writing(by: Seat) -> None:
    """Refuse who may not write what all parties read: the one place that every writing at a meeting passes."""
    needs_writer(by)
    if by.alone:
        raise Refused(_("Mötesläget öppnas när en part till har tackat ja. Till dess kan ni skriva ut arbetsboken."))
    needs_terms(by)


def _attendee(by: Seat, meeting: Meeting, person: Present) -> Attendee:
    if person.email:
        allow(f"attendee:{by.user.pk}", most=ADDRESSES_A_DAY, within=timedelta(days=1))
    return Attendee(
        meeting=meeting, name=person.name.strip(), party=person.party, user=person.user, email=person.email.lower()
    )


@transaction.atomic
def add_attendee(*, by: Seat, meeting_id: str, person: Present) -> Attendee:
    """Note that one more is there. Raises NotAllowed, NotVisible, Refused (ended, no name, too many)."""
    meeting = open_meeting(by=by, meeting_id=meeting_id)
    if not person.name.strip():
        raise Refused(_("Skriv vem som är med."), field="name")
    if meeting.attendees.count() >= MOST_PRESENT:
        raise Refused(_("Skriv upp högst 100 personer. Skriv resten i mötets text."))
    attendee = _attendee(by, meeting, person)
    attendee.save()
    changes = {"name": attendee.name}
    record_for_parties("meeting.attendee_added", by=by.user, collaboration=by.collaboration, changes=changes)
    return attendee


def open_meeting(*, by: Seat, meeting_id: str) -> Meeting:
    """Return the meeting, locked. Raises NotAllowed, NotVisible, Refused when it has ended."""
    _refuse_writing(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_of(by, meeting_id).pk)
    if meeting.ended_at:
        raise Refused(_("Mötet är avslutat. Det som ska ändras ändrar ni på mötets sida."))
    return meeting


@transaction.atomic
def end_meeting(*, by: Seat, meeting_id: str) -> Meeting:
    """End the meeting; its text goes to everybody there who has an address, and to the parties that were not there.

    Raises NotAllowed, NotVisible, Refused when it has ended already.
    """
    meeting = open_meeting(by=by, meeting_id=meeting_id)
    meeting.ended_at = timezone.now()
    meeting.save(update_fields=["ended_at"])
    record_for_parties("meeting.ended", by=by.user, collaboration=by.collaboration)
    if _has_text(meeting):
        attendees = list(meeting.attendees.select_related("user", "party__organisation"))
        _mail_text(by, meeting, attendees)
        tell(NoticeKind.MEETING_HELD, by=by, about=meeting, but=[attendee.user_id for attendee in attendees])
    return meeting


def end_forgotten_meetings(*, by: None = None) -> int:
    """End the meetings that nobody has ended within a day, so that the next can begin; return how many.

    Nobody is mailed: no one has said that the text is whole. All parties can read what was written, and what was
    written for a party waits for it until it is confirmed.
    """
    begun = Meeting.objects.filter(ended_at=None, started_at__lte=timezone.now() - FORGOTTEN_AFTER)
    return sum(_end_forgotten(meeting) for meeting in begun.select_related("collaboration"))


@transaction.atomic
def _end_forgotten(meeting: Meeting) -> int:
    collaboration = Collaboration.objects.locked().get(pk=meeting.collaboration_id)
    ended = Meeting.objects.filter(pk=meeting.pk, ended_at=None).update(ended_at=timezone.now())
    if ended:
        record_for_parties("meeting.ended", by=None, collaboration=collaboration, moves=False)
    return ended


def _has_text(meeting: Meeting) -> bool:
    during = (meeting.started_at, meeting.ended_at)
    shown = Entry.objects.shown_at(meeting)
    return (
        shown.filter(meeting=meeting).exists()
        or shown.filter(joint=True, changed_at__range=during).exists()
        or StanceTaken.objects.filter(meeting=meeting).exists()
    )


def _mail_text(by: Seat, meeting: Meeting, attendees: Sequence[Attendee]) -> None:
    title = "" if is_sensitive(by.collaboration) else by.collaboration.title
    answers = [person.email for person in writers_of(meeting)]
    to_each = {attendee.email_address: attendee for attendee in reversed(attendees) if attendee.email_address}
    for address, attendee in to_each.items():
        outbox.send(
            MeetingText(attendee.pk, title, attendee.party.diary_number if attendee.party else ""),
            to=address,
            language=attendee.user.language if attendee.user else by.collaboration.language,
            organisation=by.party.organisation.public_id,
            reply_to=answers,
            thread=f"collaboration.{by.collaboration.public_id}",
        )
