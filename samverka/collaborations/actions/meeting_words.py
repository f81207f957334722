"""What is typed at a meeting: in each party's box and in the one for all, where they stand, what is confirmed.

What is typed for the person's own party is that party's word at once. What is typed for another stands as not
confirmed until that party says so (`confirm_entry`) or changes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused

from ..enums import Circle, Stance
from ..models import Attendee, Entry, Meeting, Party, StanceTaken
from ..queries import Seat
from ..rules import can_confirm_entry
from .checks import hold, needs_terms
from .entries import Place, write_joint_note
from .meetings import open_meeting
from .progress import note_activity
from .trail import keep_version, mark_confirmed, record_for_parties, record_text

#: The box for what the parties say together, beside those of the parties.
TOGETHER = "joint"


@dataclass(frozen=True)
class Typed:
    """What stood in a box when it was saved, and the version of the text that it was begun from (0: none)."""

    text: str
    version: int = 0

    @property
    def plain(self) -> str:
        """The text as it is stored and compared: with line ends of one kind, which browsers change."""
        return _plain(self.text)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


@transaction.atomic
def write_at_meeting(
    *, by: Seat, meeting_id: str, question: str, boxes: Mapping[str, Typed], stance: Stance | None = None
) -> None:
    """Save what stands in the boxes of a question: a party's public id, or TOGETHER, to what was typed there; and
    where the parties stand, if the button said so.

    A box that the person left as it was is left alone, also when somebody else has changed it since; a party's that
    was emptied is struck. Raises NotAllowed, NotVisible, Refused, and Conflict where both have changed the same box:
    then nothing is written, and `boxes` in its details holds {box: {theirs, version, changed_by, changed_at}}.
    """
    meeting = open_meeting(by=by, meeting_id=meeting_id)
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
    if stance is not None:
        _take_stance(by, meeting, question, stance)


def _collect(clashes: dict[str, Mapping[str, Any]], box: str, write: Any, *arguments: Any) -> None:
    try:
        write(*arguments)
    except Conflict as conflict:
        clashes[box] = conflict.details


def _write_words(by: Seat, meeting: Meeting, place: Place, party: Party, typed: Typed) -> None:
    text = typed.plain
    said = Entry.objects.select_for_update().filter(meeting=meeting, question=place.question, party=party, joint=False)
    entry = said.filter(withdrawn_at=None).first()
    if entry is None:
        # Struck by somebody else meanwhile, and left as it was here: it stays struck.
        if text and not (typed.version and said.filter(text=text).exists()):
            _begin_words(by, meeting, place, party, text)
    elif text != _plain(entry.text) and not _is_untouched(entry, typed):
        _refuse_words_of_others(by, entry)
        _refuse_overwriting(entry, typed)
        _strike(by, entry) if not text else _change_words(by, entry, text)


def _is_untouched(entry: Entry, typed: Typed) -> bool:
    """Whether the box holds what the person was shown, while the text has been changed since."""
    if typed.version == entry.version:
        return False
    if not typed.version:
        return not typed.plain
    shown = entry.versions.filter(number=typed.version).values_list("text", flat=True).first()
    return shown is not None and _plain(shown) == typed.plain


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
    note_activity(by=by, step=place.step)


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
    text = typed.plain
    if text == (_plain(found.text) if found else "") or (found and _is_untouched(found, typed)):
        return
    write_joint_note(by=by, text=text, version=typed.version, place=place, told_later=True)


def _take_stance(by: Seat, meeting: Meeting, question: str, stance: Stance) -> None:
    of_question = StanceTaken.objects.filter(collaboration=by.collaboration, question=question)
    newest = of_question.values_list("stance", "meeting").first()
    if newest == (stance, meeting.pk):
        return
    StanceTaken.objects.create(
        collaboration=by.collaboration, question=question, stance=stance, party=by.party, by=by.user, meeting=meeting
    )
    changes = {"question": question, "stance": [newest[0] if newest else "", stance.value]}
    record_for_parties("stance.taken", by=by.user, collaboration=by.collaboration, changes=changes)


@transaction.atomic
def confirm_entry(*, by: Seat, entry_id: str) -> Entry:
    """Say for one's own party that what somebody typed for it at a meeting is so.

    By that it becomes the party's own shared word: a public body has accepted the terms before it. Raises NotVisible,
    NotAllowed, Refused for a person on both sides (users.md R12), TermsMissing.
    """
    hold(by)
    readable = by.readable.values("pk")
    entry: Entry | None = Entry.objects.select_for_update().filter(public_id=entry_id, pk__in=readable).first()
    if entry is None:
        raise NotVisible
    if not can_confirm_entry(by, entry):
        raise NotAllowed
    if by.both_sides:
        raise Refused(_("Du handlar för mer än en part här. Någon annan hos er behöver bekräfta."))
    needs_terms(by)
    mark_confirmed(entry, by)
    entry.save(update_fields=["confirmed_at", "confirmed_by"])
    Attendee.objects.filter(meeting=entry.meeting_id, user=by.user, answered_at=None).update(answered_at=timezone.now())
    record_text("entry.confirmed", by, entry)
    return entry
