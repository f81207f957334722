"""Whether a decision outlives the mandate period: the days of elections are data in content/ (users.md R14)."""

from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Holds(TextChoices):
    """How what is valid until a day stands against the next election."""

    PAST = "past", _("har gått ut")
    NEEDS_NEW = "needs_new", _("går ut före nästa val")
    OUTLIVES = "outlives", _("gäller till efter nästa val")
    NO_END = "no_end", _("inget slutdatum")


@cache
def election_days() -> tuple[date, ...]:
    """Return the days of ordinary elections that the product knows, in order."""
    told: dict[str, Any] = yaml.safe_load((settings.CONTENT_DIR / "mandate_periods.yaml").read_text("utf-8"))
    return tuple(sorted(told["elections"]))


def next_election(on: date | None = None) -> date | None:
    """Return the day of the first election after `on` (today), or None when it is not known."""
    after = on or timezone.localdate()
    return next((day for day in election_days() if day > after), None)


def holds(valid_until: date | None, on: date | None = None) -> Holds:
    """Return how long something that is valid until a day holds, seen from `on` (today)."""
    today = on or timezone.localdate()
    if valid_until is None:
        return Holds.NO_END
    if valid_until < today:
        return Holds.PAST
    election = next_election(today)
    return Holds.OUTLIVES if election is not None and valid_until > election else Holds.NEEDS_NEW
