"""Meetings: one person types for all, and what is saved is shared (users.md R6).

What is typed for the person's own party is that party's word at once. What is typed for another stands as not
confirmed until that party says so (`confirm_entry`) or changes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused
from samverka.kernel.mail import outbox

from ..emails import MeetingText
from ..enums import Circle, NoticeKind, Stance
from ..models import Attendee, Collaboration, Entry, Meeting, Party, StanceTaken
from ..notices import tell
from ..queries import Seat, agenda, is_sensitive, meeting_of, meeting_under_way
from ..rules import can_confirm_entry
from .entries import Place, write_joint_note
from .trail import keep_version, mark_confirmed, record_for_parties, record_text

#: The box for what the parties say together, beside those of the parties.
TOGETHER = "joint"
MOST_PRESENT = 100


@dataclass(frozen=True)
class Present:
    """Somebody who is at a meeting. `email` for who wants the text and does not sign in here."""

    name: str
    party: Party | None = None
    email: str = ""
    user: Any = None


@dataclass(frozen=True)
class Typed:
    """What stood in a box when it was saved, and the version of the text that it was begun from (0: none)."""

    text: str
    version: int = 0


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
    Collaboration.objects.select_for_update().get(pk=by.collaboration.pk)
    if meeting_under_way(by) is not None:
        raise Refused(_("Ett möte pågår redan i den här samverkan. Gå med i det, eller avsluta det först."))
    meeting = Meeting.objects.create(
        collaboration=by.collaboration, party=by.party, started_by=by.user, questions=[one.code for one in asked]
    )
    Attendee.objects.bulk_create(_attendee(meeting, person) for person in people)
    record_for_parties("meeting.started", by=by.user, collaboration=by.collaboration)
    return meeting


def _refuse_writing(by: Seat) -> None:
    """Refuse who may not write what all parties read: the one place that every writing at a meeting passes."""
    if not by.writes:
        raise NotAllowed
    if by.alone:
        raise Refused(_("Mötesläget öppnas när en part till har tackat ja. Till dess kan ni skriva ut arbetsboken."))


def _attendee(meeting: Meeting, person: Present) -> Attendee:
    return Attendee(
        meeting=meeting, name=person.name.strip(), party=person.party, user=person.user, email=person.email.lower()
    )


@transaction.atomic
def add_attendee(*, by: Seat, meeting_id: str, person: Present) -> Attendee:
    """Note that one more is there. Raises NotAllowed, NotVisible, Refused (ended, no name, too many)."""
    meeting = _open_meeting(by, meeting_id)
    if not person.name.strip():
        raise Refused(_("Skriv vem som är med."), field="name")
    if meeting.attendees.count() >= MOST_PRESENT:
        raise Refused(_("Skriv upp högst 100 personer. Skriv resten i mötets text."))
    attendee = _attendee(meeting, person)
    attendee.save()
    return attendee


def _open_meeting(by: Seat, meeting_id: str) -> Meeting:
    _refuse_writing(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_of(by, meeting_id).pk)
    if meeting.ended_at:
        raise Refused(_("Mötet är avslutat. Det som ska ändras ändrar ni på mötets sida."))
    return meeting


@transaction.atomic
def write_at_meeting(*, by: Seat, meeting_id: str, question: str, boxes: Mapping[str, Typed]) -> None:
    """Save what stands in the boxes of a question: a party's public id, or TOGETHER, to what was typed there.

    A box that the person left as it was is left alone, also when somebody else has changed it since; an emptied one is
    struck. Raises NotAllowed, NotVisible, Refused, and Conflict where both have changed the same box: then nothing is
    written, and `boxes` in its details holds {box: {theirs, version, changed_by, changed_at}}.
    """
    meeting = _open_meeting(by, meeting_id)
    if question not in meeting.questions:
        raise NotVisible
    clashes: dict[str, Mapping[str, Any]] = {}
    for party in by.active:
        if typed := boxes.get(party.public_id):
            _collect(clashes, party.public_id, _write_words, by, meeting, Place.of(question), party, typed)
    if typed := boxes.get(TOGETHER):
        _collect(clashes, TOGETHER, _write_together, by, Place.of(question), typed)
    if clashes:
        raise Conflict(_("Någon annan har sparat medan du skrev. Inget är förlorat."), boxes=clashes)


def _collect(clashes: dict[str, Mapping[str, Any]], box: str, write: Any, *arguments: Any) -> None:
    try:
        write(*arguments)
    except Conflict as conflict:
        clashes[box] = conflict.details


def _write_words(by: Seat, meeting: Meeting, place: Place, party: Party, typed: Typed) -> None:
    text = typed.text.strip()
    said = Entry.objects.select_for_update().filter(meeting=meeting, question=place.question, party=party, joint=False)
    entry = said.filter(withdrawn_at=None).first()
    if entry is None:
        # Struck by somebody else meanwhile, and left as it was here: it stays struck.
        if text and not (typed.version and said.filter(text=text).exists()):
            _begin_words(by, meeting, place, party, text)
    elif text != entry.text and not _is_untouched(entry, typed):
        _refuse_words_of_others(by, entry)
        _refuse_overwriting(entry, typed)
        _strike(by, entry) if not text else _change_words(by, entry, text)


def _is_untouched(entry: Entry, typed: Typed) -> bool:
    """Whether the box holds what the person was shown, while the text has been changed since."""
    if typed.version == entry.version:
        return False
    if not typed.version:
        return not typed.text.strip()
    return bool(entry.versions.filter(number=typed.version, text=typed.text.strip()).exists())


def _refuse_words_of_others(by: Seat, entry: Entry) -> None:
    if entry.confirmed_at and entry.party_id != by.party.pk:
        said = _("%(party)s har bekräftat det som står där. Bara de kan ändra det.")
        raise Refused(said % {"party": entry.party.name})


def _refuse_overwriting(entry: Entry, typed: Typed) -> None:
    if typed.version != entry.version:
        raise Conflict(
            theirs=entry.text,
            version=entry.version,
            changed_by=str(entry.changed_by or ""),
            changed_at=entry.changed_at,
        )


def _begin_words(by: Seat, meeting: Meeting, place: Place, party: Party, text: str) -> None:
    now = timezone.now()
    entry = Entry(
        collaboration=by.collaboration,
        party=party,
        step=place.step,
        question=place.question,
        circle=Circle.ALL,
        text=text,
        author=by.user,
        changed_by=by.user,
        shared_at=now,
        shared_by=by.user,
        meeting=meeting,
    )
    mark_confirmed(entry, by)
    entry.save()
    keep_version(entry, by)
    record_text("entry.said_at_meeting", by, entry)


def _change_words(by: Seat, entry: Entry, text: str) -> None:
    entry.text, entry.changed_by, entry.changed_at = text, by.user, timezone.now()
    entry.version += 1
    mark_confirmed(entry, by)
    entry.save()
    keep_version(entry, by)
    record_text("entry.changed", by, entry)


def _strike(by: Seat, entry: Entry) -> None:
    entry.withdrawn_at, entry.withdrawn_reason = timezone.now(), _("Togs bort under mötet")
    entry.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record_text("entry.withdrawn", by, entry)


def _write_together(by: Seat, place: Place, typed: Typed) -> None:
    found = by.readable.filter(joint=True, step=place.step, question=place.question).first()
    text = typed.text.strip()
    if (found is None and not text) or (found is not None and _is_untouched(found, typed)):
        return
    write_joint_note(by=by, text=text, version=typed.version, place=place, told_later=True)


@transaction.atomic
def take_stance(*, by: Seat, meeting_id: str, question: str, stance: Stance) -> None:
    """Note where the parties stand on a question. Raises NotAllowed, NotVisible, Refused."""
    meeting = _open_meeting(by, meeting_id)
    if question not in meeting.questions:
        raise NotVisible
    of_question = StanceTaken.objects.filter(collaboration=by.collaboration, question=question)
    newest = of_question.values_list("stance", "meeting").first()
    if newest == (stance, meeting.pk):
        return
    StanceTaken.objects.create(
        collaboration=by.collaboration, question=question, stance=stance, party=by.party, by=by.user, meeting=meeting
    )
    changes = {"stance": str(stance.label)}
    record_for_parties("stance.taken", by=by.user, collaboration=by.collaboration, changes=changes)


@transaction.atomic
def confirm_entry(*, by: Seat, entry_id: str) -> Entry:
    """Say for one's own party that what somebody typed for it at a meeting is so.

    Raises NotVisible, NotAllowed, Refused for a person on both sides (users.md R12).
    """
    readable = by.readable.values("pk")
    entry: Entry | None = Entry.objects.select_for_update().filter(public_id=entry_id, pk__in=readable).first()
    if entry is None:
        raise NotVisible
    if not can_confirm_entry(by, entry):
        raise NotAllowed
    if by.both_sides:
        raise Refused(_("Du handlar för mer än en part här. Någon annan hos er behöver bekräfta."))
    mark_confirmed(entry, by)
    entry.save(update_fields=["confirmed_at", "confirmed_by"])
    Attendee.objects.filter(meeting=entry.meeting_id, user=by.user, answered_at=None).update(answered_at=timezone.now())
    record_text("entry.confirmed", by, entry)
    return entry


@transaction.atomic
def end_meeting(*, by: Seat, meeting_id: str) -> Meeting:
    """End the meeting; its text goes to everybody there who has an address, and to the parties that were not there.

    Raises NotAllowed, NotVisible, Refused when it has ended already.
    """
    meeting = _open_meeting(by, meeting_id)
    meeting.ended_at = timezone.now()
    meeting.save(update_fields=["ended_at"])
    record_for_parties("meeting.ended", by=by.user, collaboration=by.collaboration)
    if _has_text(meeting):
        attendees = list(meeting.attendees.select_related("user", "party__organisation"))
        _mail_text(by, meeting, attendees)
        tell(NoticeKind.MEETING_HELD, by=by, about=meeting, but=[attendee.user_id for attendee in attendees])
    return meeting


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
    to_each = {attendee.email_address: attendee for attendee in reversed(attendees) if attendee.email_address}
    for address, attendee in to_each.items():
        outbox.send(
            MeetingText(attendee.pk, title, attendee.party.diary_number if attendee.party else ""),
            to=address,
            language=attendee.user.language if attendee.user else by.collaboration.language,
            organisation=by.party.organisation.public_id,
            reply_to=by.user.email,
            thread=f"collaboration.{by.collaboration.public_id}",
        )
