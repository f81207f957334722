"""What waits for a person at an organisation: a list that each app fills in its `apps.ready()`."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what to do, what it is about, the named page where it is done, by or since when.

    `route` is the page's name and its arguments. `when` is the day it came, or with `due` the day it is to be done by;
    `late` when that day is past.
    """

    text: str
    about: str
    route: tuple[str, ...]
    when: datetime.date | None = None
    due: bool = False
    late: bool = False


#: Takes whom the person acts for; returns what waits there, in as many queries for one thing as for fifty.
WaitingSource = Callable[[Any], list[Waiting]]
_sources: list[WaitingSource] = []


def register_waiting(source: WaitingSource) -> WaitingSource:
    """Put `source` on the list; also as a decorator."""
    _sources.append(source)
    return source


def waiting_for(acting: Any) -> list[Waiting]:
    """Return what waits for the person acting: what is late first, then by day, then what has none."""
    found = [waiting for source in _sources for waiting in source(acting)]
    return sorted(found, key=lambda one: (not one.late, one.when is None, one.when or datetime.date.max))
