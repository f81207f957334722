"""Which fields a block of each kind has, and which it must have before an issue is sent."""

from collections.abc import Mapping
from typing import Any

from .enums import BlockKind as B

CONTACT = ("contact_name", "contact_role", "contact_email", "contact_phone")
PICTURE = ("picture", "alt")
LINK = ("link_label", "link_url")
MOST_PASSED_ON = 400  # characters
#: Rows of a list of last days.
MOST_DEADLINES = 5
DEADLINES = tuple(f"{name}_{n}" for n in range(1, MOST_DEADLINES + 1) for name in ("day", "what", "body", "url"))

FIELDS: dict[str, tuple[str, ...]] = {
    B.LEAD: ("text",),
    B.ITEM: ("heading", "for_whom", "text", *PICTURE, "quote", "who", *LINK, *CONTACT),
    B.HEADING: ("heading",),
    B.TEXT: ("text",),
    B.QUOTE: ("text", "who", "link_url"),
    B.BUTTON: LINK,
    B.FIGURE: ("value", "heading", "base", "source", "link_url"),
    B.EVENT: ("heading", "for_whom", "day", "begins", "ends", "place", "text", *LINK, *CONTACT),
    B.EXAMPLE: ("page", "for_whom", "text", *CONTACT),
    B.PICTURE: (*PICTURE, "text"),
    B.ACTION: ("heading", "text", *LINK),
    B.PASS_ON: ("text", "link_url"),
    B.DEADLINES: DEADLINES,
}  # fmt: skip

NEEDED: dict[str, tuple[str, ...]] = {
    B.LEAD: ("text",), B.ITEM: ("heading", "text"), B.HEADING: ("heading",), B.TEXT: ("text",),
    B.QUOTE: ("text", "who"), B.BUTTON: LINK, B.FIGURE: ("value", "heading", "base", "source"),
    B.EVENT: ("heading", "day", "place"), B.EXAMPLE: ("page",), B.PICTURE: ("picture",), B.ACTION: ("heading", "text"),
    B.PASS_ON: ("text",), B.DEADLINES: ("day_1", "what_1"),
}  # fmt: skip

#: What belongs to one issue and never to a template: its days, its pictures, the page that it speaks of.
OF_ONE_ISSUE = frozenset({*PICTURE, *DEADLINES, "page", "day", "begins", "ends"})

#: What stands for itself in an issue: it says for whom it is, and whom one asks.
MATTERS = frozenset({B.ITEM, B.EVENT, B.EXAMPLE})
MOST_ITEMS = 5


def fixed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a block's content a template may hold."""
    return {name: value for name, value in content.items() if name not in OF_ONE_ISSUE}
