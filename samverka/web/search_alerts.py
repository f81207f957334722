"""Telling those who have saved a search of what is new in it: only of what anybody may read, never the same twice."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from samverka.kernel import search as engine
from samverka.kernel.mail.outbox import send
from samverka.knowledge.actions.saved_searches import OVERLAP, held_search, note_told
from samverka.knowledge.emails_search import SearchFound
from samverka.knowledge.models import Pace, SavedSearch

from .addresses import hit_address
from .public.search_list import asked_text, chosen_in

#: As many as stand in one mail.
MOST = 10
WEEK = timedelta(days=7)
#: Looked at again after this: "at once" is within a few minutes.
BETWEEN = timedelta(minutes=5)


def send_alerts() -> int:
    """Look through the saved searches whose time has come and queue their mails; return how many."""
    now = timezone.now()
    at_once = SavedSearch.objects.filter(pace=Pace.AT_ONCE, checked_at__lte=now - BETWEEN)
    weekly = SavedSearch.objects.filter(pace=Pace.WEEKLY, checked_at__lte=now - WEEK)
    keys = [*at_once.values_list("pk", flat=True), *weekly.values_list("pk", flat=True)]
    return sum(_look(key) for key in keys)


@transaction.atomic
def _look(key: int) -> bool:
    """Tell of what is new in one search; the row is held, so that two workers never tell of the same."""
    saved = held_search(key)
    if saved is None or not saved.user.is_active:
        return False
    found = _new(saved)
    if found:
        with translation.override(saved.user.language):
            send(_mail(saved, found), to=saved.user.email, language=saved.user.language, headers=_headers(saved))
    note_told(saved, [hit.key for hit in found])
    return bool(found)


def _new(saved: SavedSearch) -> list[engine.Hit]:
    query = QueryDict(saved.query)
    chosen = chosen_in(query, since=saved.checked_at - OVERLAP)
    answer = engine.ask(asked_text(query), user=AnonymousUser(), chosen=chosen, size=100)
    return [hit for hit in answer.hits if hit.key not in saved.told]


def _mail(saved: SavedSearch, found: list[engine.Hit]) -> Any:
    base = settings.BASE_URL
    return SearchFound(
        words=saved.words,
        found=tuple((hit.title, hit.label, f"{base}{hit_address(hit)}") for hit in found[:MOST]),
        more=max(0, len(found) - MOST),
        search_url=f"{base}{reverse('search')}?{saved.query}",
        end_url=f"{base}{reverse('search_end', args=[saved.token])}",
    )


def _headers(saved: SavedSearch) -> dict[str, str]:
    """Let a mail program offer to end them (RFC 8058): it posts, and a scanner that opens the link ends nothing."""
    address = f"{settings.BASE_URL}{reverse('search_end_at_once', args=[saved.token])}"
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
