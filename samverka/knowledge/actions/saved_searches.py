"""Saving a search, being told of what is new in it, and ending that."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotAllowed, Refused

from ..models import Pace, SavedSearch

#: More than this is a list of one's own to keep in order.
MOST = 30


@transaction.atomic
def save_search(*, by: Any, query: str, words: str, pace: str) -> SavedSearch:
    """Save a search, or change how often one is told of one that is saved. Raises NotAllowed, Refused."""
    if not getattr(by, "is_authenticated", False):
        raise NotAllowed
    if not words.strip():
        raise Refused(_("Skriv något att söka på först."))
    if pace not in Pace.values:
        raise Refused(_("Välj hur ofta du vill få mejl."), field="pace")
    there = SavedSearch.objects.filter(user=by)
    if there.exclude(query=query).count() >= MOST:
        raise Refused(_("Du har redan {n} sparade sökningar. Ta bort någon först.").format(n=MOST))
    found, _new = SavedSearch.objects.update_or_create(
        user=by, query=query[:600], defaults={"words": words[:200], "pace": pace}
    )
    return found


@transaction.atomic
def remove_search(*, by: Any, search_id: str) -> None:
    """Remove one of one's own saved searches; one that is not there is as good as removed."""
    SavedSearch.objects.filter(user=by, public_id=search_id).delete()


@transaction.atomic
def end_alerts(*, token: str) -> bool:
    """End the alerts of the search whose mailed link holds `token`; return whether there was one.

    Whoever holds the link has the mail. The search stays on the person's list, without mail.
    """
    return bool(SavedSearch.objects.filter(token=token).update(pace=Pace.NEVER))


def held_search(key: int) -> SavedSearch | None:
    """Return a saved search with mails, held until the transaction ends; None if another worker has it."""
    held = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    found: SavedSearch | None = held.filter(pk=key).exclude(pace=Pace.NEVER).first()
    return found


def note_told(search: SavedSearch, keys: list[str]) -> None:
    """Write down what was told of, in the transaction that queues the mail."""
    search.told = [*keys, *search.told][:MOST_TOLD]
    search.checked_at = timezone.now()
    if keys:
        search.told_at = search.checked_at
    search.save(update_fields=["told", "checked_at", "told_at"])


#: As many as are remembered, and how far back each look reaches: what was written meanwhile is found the next time.
MOST_TOLD = 200
OVERLAP = timedelta(hours=1)
