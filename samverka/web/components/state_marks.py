"""Marks of states: each has a shape of its own, so that colour never stands alone. The words stand beside them."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

#: state of a step or a phase -> what stands inside an svg of 20 by 20
MARKS: dict[str, str] = {
    "not_begun": '<circle cx="10" cy="10" r="7.5"/>',
    "under_way": '<circle cx="10" cy="10" r="7.5"/><path class="solid" d="M10 2.5a7.5 7.5 0 0 0 0 15z"/>',
    "done": '<circle class="solid" cx="10" cy="10" r="8.5"/><path class="cut" d="m5.8 10.4 2.9 2.9 5.6-6"/>',
    "reopened": '<path d="M5.4 15.2A7 7 0 1 0 4.2 6"/><path d="M3.7 2.4v4.1h4.1"/>',
    "asked": '<circle cx="10" cy="10" r="8" stroke-dasharray="3.1 1.9"/><path d="m6 10.3 2.7 2.7 5.3-5.7"/>',
    "not_yet": '<circle cx="10" cy="10" r="8"/><path d="M6 10h8"/>',
}
MARKS[""] = MARKS["not_begun"]
MARKS["confirmed"] = MARKS["done"]


@lru_cache(maxsize=len(MARKS))
def state_mark(state: str) -> SafeString:
    """Return the mark of a step's or a phase's state as decoration. Raises KeyError for another word."""
    return format_html(
        '<svg class="state-mark state-mark--{}" viewBox="0 0 20 20" aria-hidden="true">{}</svg>',
        state or "not_begun",
        SafeString(MARKS[state]),
    )
