"""What the parties write. Saving never widens a circle; sharing is an act of its own (users.md R1)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Conflict, NotAllowed, NotVisible, Refused

from ..enums import Circle
from ..models import Collaboration, Entry, EntryVersion
from ..queries import Seat
from ..rules import can_change_entry, can_widen, can_withdraw
from .trail import record_for_parties


def _entry_for(seat: Seat, entry_id: str) -> Entry:
    visible = seat.readable.values("pk")
    entry: Entry | None = Entry.objects.select_for_update().filter(public_id=entry_id, pk__in=visible).first()
    if entry is None:
        raise NotVisible
    return entry


@transaction.atomic
def write_entry(
    *, by: Seat, text: str, circle: Circle = Circle.AUTHOR, entry_id: str = "", version: int = 0, language: str = "sv"
) -> Entry:
    """Save a note for the party: a new one, or a later text of one's own that is not shared.

    A new note may be a draft or the party's; `share_entry` widens further. Raises NotAllowed, NotVisible, Refused for
    an empty text, Conflict (with both texts) when it was changed since `version`.
    """
    if not by.writes:
        raise NotAllowed
    if not text.strip():
        raise Refused(_("Det finns ingen text att spara. Skriv något först."))
    if entry_id:
        return _change_entry(by, entry_id, text, version)
    if circle == Circle.ALL:
        raise Refused(_("En anteckning sparas först. Sedan delar ni den med alla parter."))
    entry = Entry.objects.create(
        collaboration=by.collaboration,
        party=by.party,
        circle=circle,
        text=text,
        language=language,
        author=by.user,
        changed_by=by.user,
    )
    _keep_version(entry, by)
    _record_text("entry.written", by, entry)
    return entry


def _change_entry(by: Seat, entry_id: str, text: str, version: int) -> Entry:
    entry = _entry_for(by, entry_id)
    if not can_change_entry(by, entry) or entry.joint:
        raise NotAllowed
    if entry.text == text:
        return entry
    _refuse_overwriting(entry, text, version)
    return _new_text(entry, by, text)


@transaction.atomic
def write_joint_note(*, by: Seat, text: str, version: int) -> Entry:
    """Save the note that the parties write together; `version` 0 begins it. All parties read it at once.

    Raises NotAllowed, Refused for an empty text or before another party has joined, Conflict with both texts when
    somebody else has saved since `version`.
    """
    if not by.writes:
        raise NotAllowed
    if not text.strip():
        raise Refused(_("Den gemensamma anteckningen kan inte bli tom. Stryk det som inte gäller och skriv varför."))
    # Two who begin at once: the second waits here and then meets the first one's text as a conflict.
    Collaboration.objects.select_for_update().get(pk=by.collaboration.pk)
    if sum(party.state == "active" for party in by.parties) < 2:
        raise Refused(_("Den gemensamma anteckningen öppnas när en part till har tackat ja."))
    joint = Entry.objects.select_for_update().filter(collaboration=by.collaboration, joint=True)
    entry: Entry | None = joint.first()
    if entry is None:
        return _begin_joint_note(by, text)
    if entry.text == text:
        return entry
    _refuse_overwriting(entry, text, version)
    return _new_text(entry, by, text)


def _begin_joint_note(by: Seat, text: str) -> Entry:
    now = timezone.now()
    entry = Entry.objects.create(
        collaboration=by.collaboration,
        party=by.party,
        joint=True,
        circle=Circle.ALL,
        text=text,
        author=by.user,
        changed_by=by.user,
        shared_at=now,
        shared_by=by.user,
    )
    _keep_version(entry, by)
    _record_text("entry.joint_begun", by, entry)
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


def _new_text(entry: Entry, by: Seat, text: str) -> Entry:
    entry.text, entry.changed_by, entry.changed_at = text, by.user, timezone.now()
    entry.version += 1
    entry.save(update_fields=["text", "changed_by", "changed_at", "version"])
    _keep_version(entry, by)
    _record_text("entry.changed", by, entry)
    return entry


def _keep_version(entry: Entry, by: Seat) -> None:
    EntryVersion.objects.create(
        entry=entry, number=entry.version, circle=entry.circle, text=entry.text, author=by.user, party=by.party
    )


def _record_text(action: str, by: Seat, entry: Entry) -> None:
    # A draft is its author's own: no log that others read tells that it exists.
    if entry.circle == Circle.AUTHOR:
        return
    record_for_parties(
        action,
        by=by.user,
        collaboration=by.collaboration,
        only=None if entry.circle == Circle.ALL else by.party,
        changes={"entry": entry.public_id, "circle": entry.circle, "text": audit.hidden_text(entry.text)},
    )


@transaction.atomic
def share_entry(*, by: Seat, entry_id: str, circle: Circle, version: int) -> Entry:
    """Widen who reads a note: to the party, or to all parties, as it stands in `version`. It never narrows again.

    Raises NotVisible, NotAllowed (only the author), Refused when the circle would not widen, Conflict when the text is
    not the one that was shown when the person chose to share.
    """
    entry = _entry_for(by, entry_id)
    if not can_widen(by, entry):
        raise NotAllowed
    if circle.width <= Circle(entry.circle).width:
        raise Refused(_("Anteckningen kan redan läsas av dem."))
    if version != entry.version:
        said = _("Texten har ändrats sedan du öppnade sidan. Läs den igen innan du delar.")
        raise Conflict(said, version=entry.version)
    entry.circle = circle
    if circle == Circle.ALL:
        entry.shared_at, entry.shared_by = timezone.now(), by.user
    entry.save(update_fields=["circle", "shared_at", "shared_by"])
    EntryVersion.objects.filter(entry=entry, number=entry.version).update(circle=circle)
    _record_text("entry.shared", by, entry)
    return entry


@transaction.atomic
def withdraw_entry(*, by: Seat, entry_id: str, reason: str) -> Entry:
    """Strike a note: it stays readable to its circle, struck, with the reason.

    Raises NotVisible, NotAllowed, Refused without a reason.
    """
    entry = _entry_for(by, entry_id)
    if not can_withdraw(by, entry):
        raise NotAllowed
    if not reason.strip():
        raise Refused(_("Skriv varför anteckningen stryks."))
    entry.withdrawn_at, entry.withdrawn_reason = timezone.now(), reason.strip()
    entry.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _record_text("entry.withdrawn", by, entry)
    return entry
