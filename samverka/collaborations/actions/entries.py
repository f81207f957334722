"""What the parties write. Saving never widens a circle; sharing is an act of its own (users.md R1)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused

from ..enums import Circle, NoticeKind
from ..models import Entry, EntryVersion
from ..notices import tell
from ..queries import Seat
from ..rules import can_change_entry, can_end_comments, can_widen, can_withdraw
from .checks import hold, needs_somebody_to_share_with, needs_terms, needs_writer
from .progress import note_activity
from .trail import keep_version, mark_confirmed, record_text


def _entry_for(seat: Seat, entry_id: str) -> Entry:
    visible = seat.readable.values("pk")
    entry: Entry | None = Entry.objects.select_for_update().filter(public_id=entry_id, pk__in=visible).first()
    if entry is None:
        raise NotVisible
    return entry


@dataclass(frozen=True)
class Place:
    """Where in the model a text stands: a step's code and a question's, or neither for what concerns the whole."""

    step: str = ""
    question: str = ""

    @classmethod
    def of(cls, code: str) -> "Place":
        """Return the place that a code names: "" the whole, "3.2" a step, "3.2.1" a question."""
        step = ".".join(code.split(".")[:2])
        return cls(step, code if code.count(".") > 1 else "")

    @property
    def code(self) -> str:
        """The place as one code."""
        return self.question or self.step

    def is_in(self, seat: Seat) -> bool:
        """Whether the model that the diary follows has the step and the question."""
        if not self.step:
            return True
        step = seat.model.step(self.step) if seat.model else None
        return step is not None and (not self.question or self.question in {one.code for one in step.questions})


WHOLE = Place()


@transaction.atomic
def write_entry(
    *,
    by: Seat,
    text: str,
    circle: Circle = Circle.AUTHOR,
    entry_id: str = "",
    version: int = 0,
    language: str = "sv",
    place: Place = WHOLE,
) -> Entry:
    """Save what the party says: a new text at `place`, or a later text of one that is there.

    A new one may be its author's or the party's; `share_entry` widens further. A shared one is corrected: the earlier
    text stays readable to all. Raises NotAllowed, NotVisible (no such place), Refused for an empty text, Conflict (with
    both texts) when it was changed since `version`.
    """
    needs_writer(by)
    if not text.strip():
        raise Refused(_("Det finns ingen text att spara. Skriv något först."))
    if entry_id:
        return _change_entry(by, entry_id, text, version)
    if circle == Circle.ALL:
        raise Refused(_("En anteckning sparas först. Sedan delar ni den med alla parter."))
    if not place.is_in(by):
        raise NotVisible
    entry = Entry.objects.create(
        collaboration=by.collaboration,
        party=by.party,
        step=place.step,
        question=place.question,
        circle=circle,
        text=text,
        language=language,
        author=by.user,
        changed_by=by.user,
    )
    keep_version(entry, by)
    record_text("entry.written", by, entry)
    return entry


def _change_entry(by: Seat, entry_id: str, text: str, version: int) -> Entry:
    entry = _entry_for(by, entry_id)
    if not can_change_entry(by, entry) or entry.joint:
        raise NotAllowed
    if entry.text == text:
        return entry
    if entry.circle == Circle.ALL:
        needs_terms(by)
    _refuse_overwriting(entry, text, version)
    mark_confirmed(entry, by)
    _new_text(entry, by, text)
    if entry.circle == Circle.ALL:
        tell(NoticeKind.ENTRY_CORRECTED, by=by, about=entry)
    return entry


@transaction.atomic
def write_joint_note(*, by: Seat, text: str, version: int, place: Place = WHOLE, told_later: bool = False) -> Entry:
    """Save what the parties write together at `place`; `version` 0 begins it. All parties read it at once.

    With `told_later` nobody is told now: it goes out with the text of a meeting.
    Raises NotAllowed, NotVisible (no such place), Refused for an empty text or before another party has joined,
    Conflict with both texts when somebody else has saved since `version`.
    """
    # Two who begin at once: the second waits here and then meets the first one's text as a conflict.
    needs_writer(by)
    if not place.is_in(by):
        raise NotVisible
    if not text.strip():
        raise Refused(_("Den gemensamma anteckningen kan inte bli tom. Stryk det som inte gäller och skriv varför."))
    needs_terms(by)
    if by.alone:
        raise Refused(_("Den gemensamma anteckningen öppnas när en part till har tackat ja."))
    joint = Entry.objects.select_for_update().filter(collaboration=by.collaboration, joint=True)
    entry: Entry | None = joint.filter(step=place.step, question=place.question).first()
    if entry is None:
        entry = _begin_joint_note(by, text, place)
    elif entry.text == text:
        return entry
    else:
        _refuse_overwriting(entry, text, version)
        _new_text(entry, by, text)
    if not told_later:
        tell(NoticeKind.JOINT_CHANGED, by=by, about=entry)
    return entry


def _begin_joint_note(by: Seat, text: str, place: Place) -> Entry:
    now = timezone.now()
    entry = Entry.objects.create(
        collaboration=by.collaboration,
        party=by.party,
        step=place.step,
        question=place.question,
        joint=True,
        circle=Circle.ALL,
        text=text,
        author=by.user,
        changed_by=by.user,
        shared_at=now,
        shared_by=by.user,
    )
    keep_version(entry, by)
    record_text("entry.joint_begun", by, entry)
    if entry.step:
        note_activity(by=by, step=entry.step)
    return entry


def _refuse_overwriting(entry: Entry, text: str, version: int) -> None:
    if version != entry.version:
        raise Conflict(
            _("Någon annan har sparat medan du skrev. Din text är kvar här nedanför, bredvid den andra."),
            theirs=entry.text,
            yours=text,
            version=entry.version,
            changed_by=str(entry.changed_by or ""),
            changed_at=entry.changed_at,
        )


def _new_text(entry: Entry, by: Seat, text: str) -> None:
    entry.text, entry.changed_by, entry.changed_at = text, by.user, timezone.now()
    entry.version += 1
    entry.save(update_fields=["text", "changed_by", "changed_at", "version", "confirmed_at", "confirmed_by"])
    keep_version(entry, by)
    record_text("entry.changed", by, entry)


@transaction.atomic
def share_entry(*, by: Seat, entry_id: str, circle: Circle, version: int, comments_until: date | None = None) -> Entry:
    """Widen who reads a text: to the party, or to all parties, as it stands in `version`. It never narrows again.

    With `comments_until` a public body sends its own draft out for comments (users.md R1). Raises NotVisible,
    NotAllowed, Refused when the circle would not widen or nobody is there to share with, Conflict when the text is not
    the one that was shown when the person chose to share.
    """
    hold(by)
    entry = _entry_for(by, entry_id)
    if not can_widen(by, entry):
        raise NotAllowed
    if circle == Circle.ALL:
        _refuse_sharing(by, comments_until)
    elif comments_until:
        raise Refused(_("Ett utkast skickas ut för synpunkter till alla parter."))
    if circle.width <= Circle(entry.circle).width:
        raise Refused(_("Anteckningen kan redan läsas av dem."))
    if version != entry.version:
        said = _("Texten har ändrats sedan du öppnade sidan. Läs den igen innan du delar.")
        raise Conflict(said, version=entry.version)
    entry.circle = circle
    if circle == Circle.ALL:
        entry.shared_at, entry.shared_by = timezone.now(), by.user
    if comments_until:
        entry.comments_until, entry.comments_marked_by = comments_until, by.user
    entry.save(update_fields=["circle", "shared_at", "shared_by", "comments_until", "comments_marked_by"])
    EntryVersion.objects.filter(entry=entry, number=entry.version).update(circle=circle)
    record_text("entry.shared", by, entry)
    if circle == Circle.ALL:
        note_activity(by=by, step=entry.step)
        tell(NoticeKind.COMMENTS_ASKED if comments_until else NoticeKind.ENTRY_SHARED, by=by, about=entry)
    return entry


def _refuse_sharing(by: Seat, comments_until: date | None) -> None:
    needs_somebody_to_share_with(by)
    if comments_until and not by.party.organisation.is_public_body:
        raise Refused(_("Bara en kommun, region eller myndighet kan skicka ut ett utkast för synpunkter."))
    if comments_until and comments_until < timezone.localdate():
        raise Refused(_("Sista dag för synpunkter har redan varit. Välj en dag som kommer."), field="comments_until")


@transaction.atomic
def end_comments(*, by: Seat, entry_id: str) -> Entry:
    """End the time for comments on the party's own draft now; the mark and both times stay. Raises NotAllowed."""
    hold(by)
    entry = _entry_for(by, entry_id)
    if not can_end_comments(by, entry):
        raise NotAllowed
    entry.comments_ended_at = timezone.now()
    entry.save(update_fields=["comments_ended_at"])
    record_text("entry.comments_ended", by, entry)
    return entry


@transaction.atomic
def withdraw_entry(*, by: Seat, entry_id: str, reason: str) -> Entry:
    """Strike a note: it stays readable to its circle, struck, with the reason.

    Raises NotVisible, NotAllowed, Refused without a reason.
    """
    hold(by)
    entry = _entry_for(by, entry_id)
    if not can_withdraw(by, entry):
        raise NotAllowed
    if not reason.strip():
        raise Refused(_("Skriv varför anteckningen stryks."))
    entry.withdrawn_at, entry.withdrawn_reason = timezone.now(), reason.strip()
    entry.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record_text("entry.withdrawn", by, entry)
    return entry
