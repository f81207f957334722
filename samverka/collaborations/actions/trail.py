"""Audit rows of collaborations, one for each organisation that takes part and may know of it, and kept versions."""

from typing import Any

from django.utils import timezone

from samverka.kernel import audit

from ..enums import Circle
from ..models import Collaboration, Entry, EntryVersion, Party
from ..queries import Seat


def record_for_parties(
    action: str,
    *,
    by: Any,
    collaboration: Collaboration,
    only: Party | None = None,
    changes: dict[str, Any] | None = None,
    moves: bool = True,
) -> None:
    """Write the act in the log of every active party, or of `only` one when the others may not know of it.

    What all may know of moves the collaboration up among those that changed last; not (`moves`) what the product does
    by itself.
    """
    if moves and only is None:
        Collaboration.objects.filter(pk=collaboration.pk).update(changed_at=timezone.now())
    parties = [only] if only else list(collaboration.parties.filter(state="active").select_related("organisation"))
    for organisation in {party.organisation for party in parties}:
        audit.record(
            action,
            by=by,
            kind="collaboration",
            object_id=collaboration.public_id,
            label=collaboration.title,
            organisation=organisation.public_id,
            changes=changes,
        )


def keep_version(entry: Entry, by: Seat) -> None:
    """Keep the entry's text as it stands as a version of its own."""
    EntryVersion.objects.create(
        entry=entry, number=entry.version, circle=entry.circle, text=entry.text, author=by.user, party=by.party
    )


def mark_confirmed(entry: Entry, by: Seat) -> None:
    """Note on what was typed at a meeting that its own party says so; not by who sits on both sides (users.md R12).

    The caller saves. What another party says stays as it is.
    """
    if entry.meeting_id and entry.confirmed_at is None and entry.party_id == by.party.pk and not by.both_sides:
        entry.confirmed_at, entry.confirmed_by = timezone.now(), by.user


def record_text(action: str, by: Seat, entry: Entry) -> None:
    """Write what was done to a text in the logs of those who read it: its length and hash, never the text."""
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
