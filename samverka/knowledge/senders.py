"""What a sender was called when something was published, and is called now."""

import datetime
from typing import Any

from .models import FormerSender


def former_names(organisation: Any) -> list[FormerSender]:
    """Return the names that an organisation had before, newest first."""
    return list(FormerSender.objects.filter(organisation=organisation)) if organisation else []


def names_before(document: dict[str, Any], published: datetime.date) -> tuple[str, list[FormerSender]]:
    """Return what the sender of a published text was called when it was made ("" when as now), and every name it had
    before: as they are known today, so that a name added later shows on what is out already.
    """
    if not document["owner"]:
        return "", []
    names = list(FormerSender.objects.filter(organisation__public_id=document["owner"]["id"]))
    # Of a text that only says its year, the name at the year's end.
    day = datetime.date(document["year"], 12, 31) if document["year"] else published
    held = [former for former in names if former.until >= day]
    return (str(min(held, key=lambda former: former.until)) if held else ""), names
