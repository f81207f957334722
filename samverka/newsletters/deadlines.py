"""The days that a reader must not miss, as a block "Sista dag" holds them: sorted, and without those that are past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .blocks import MOST_DEADLINES


@dataclass(frozen=True)
class Deadline:
    """A last day: of what, who decides, and where one reads on."""

    day: date
    what: str
    body: str
    url: str


def deadlines_in(content: Mapping[str, Any]) -> list[Deadline]:
    """Return the rows of a block that have a day and say of what, first day first."""
    found = []
    for number in range(1, MOST_DEADLINES + 1):
        day, what, body, url = (
            str(content.get(f"{name}_{number}") or "").strip() for name in ("day", "what", "body", "url")
        )
        if day and what:
            found.append(Deadline(date.fromisoformat(day), what, body, url))
    return sorted(found, key=lambda one: one.day)


def past(rows: list[Deadline], sent_on: date) -> list[Deadline]:
    """Return those that are over when the issue leaves: they are not shown."""
    return [one for one in rows if one.day < sent_on]
