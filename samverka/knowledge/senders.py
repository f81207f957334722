"""What a sender was called when something was published, and is called now."""

import datetime
from typing import Any

from .models import FormerSender, Page


def former_names(organisation: Any) -> list[FormerSender]:
    """Return the names that an organisation had before, newest first."""
    return list(FormerSender.objects.filter(organisation=organisation)) if organisation else []


def name_when(page: Page) -> str:
    """Return what the page's owner was called when the text was made, if that was something else than now."""
    day = _made(page)
    if day is None or page.owner is None:
        return ""
    names = [former for former in former_names(page.owner) if former.until >= day]
    return str(min(names, key=lambda former: former.until)) if names else ""


def _made(page: Page) -> datetime.date | None:
    if page.year:
        # Of a text that only says its year, the name at the year's end.
        return datetime.date(page.year, 12, 31)
    return page.published_at.date() if page.published_at else None
