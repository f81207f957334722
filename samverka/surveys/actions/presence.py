"""Who is where in a form just now."""

from datetime import timedelta

from django.utils import timezone

from ..holders import Holder
from ..models import Presence

#: Whoever has not been heard of for longer is not there any more.
THERE = timedelta(seconds=70)
KEPT = timedelta(days=1)


def note_presence(*, by: Holder, key: str, block: str) -> list[Presence]:
    """Note that somebody has a block open, and return the others who are there, in the blocks that `by` may open."""
    now = timezone.now()
    row = Presence(asked=by.asked, key=key[:32], name=by.name, block=block, seen_at=now)
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["asked", "key"], update_fields=["name", "block", "seen_at"]
    )
    there = (
        Presence.objects.filter(asked=by.asked, seen_at__gt=now - THERE).exclude(key=key[:32]).order_by("name", "id")
    )
    return [other for other in there if by.may_answer(other.block)]


def leave(*, by: Holder, key: str) -> None:
    """Note that somebody is done: they are nowhere in the form."""
    Presence.objects.filter(asked=by.asked, key=key[:32]).delete()
