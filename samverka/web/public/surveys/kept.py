"""Pages of results are put together once and kept until an answer or a round changes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

from samverka.organisations.revision import register_revision
from samverka.surveys.models import Round
from samverka.surveys.named import organisation_questions
from samverka.web.components.words import language

_KEPT = 24 * 3600


@dataclass(frozen=True)
class Page:
    """A page's heading and everything below it, drawn."""

    round: str
    address: str
    label: str
    lead: str
    kicker: Any
    body: SafeString


def kept_page(found: Round, name: str, make: Callable[[], Page]) -> Page:
    """Return the page of that name about a round; made anew when something that could be on it has changed."""
    # Who may be named follows the register.
    names = register_revision() if organisation_questions(found) else ""
    told = (name, language(), names, found.pk, found.row_version, found.title, *_published(found))
    key = "results-page:1:" + hashlib.sha256(repr(told).encode()).hexdigest()
    kept: Page | None = cache.get(key)
    if kept is None:
        kept = make()
        cache.set(key, kept, _KEPT)
    return kept


def _published(found: Round) -> list[Any]:
    """Return what tells of every round of the side: one that is published or counted anew changes the series."""
    rounds = Round.objects.filter(side=found.side, published_at__isnull=False).order_by("pk")
    return list(rounds.values_list("pk", "opened_at", "published_at", "revision", "closes_on", "title", "mode"))


def drawn(text: str) -> SafeString:
    """Return what one of our own templates has drawn as text that needs no escaping."""
    return mark_safe(text)  # noqa: S308  (drawn by our own templates)
