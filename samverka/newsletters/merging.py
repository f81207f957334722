"""What differs from one mail of an issue to the next: marks in a letter, and what stands in their place for each.

A mark is written [[name]]. An issue is rendered once for a language; only the marks are replaced for each recipient.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from .letters import Letter

#: The names that a letter may hold. `why`: why one gets it; `merged_…`: the lines about the receiver's own place.
MARKS = frozenset(
    {"unsubscribe_url", "preferences_url", "receipt_url", "web_url", "merged_html", "merged_text", "why"}
)  # fmt: skip
_LINKS = ("unsubscribe_url", "preferences_url", "receipt_url", "web_url")
_MARK = re.compile(r"\[\[([a-z_]+)\]\]")


def mark(name: str) -> str:
    """Return the mark as it stands in a letter. Raises KeyError for a name that nobody replaces."""
    if name not in MARKS:
        raise KeyError(name)
    return f"[[{name}]]"


def without_marks(text: str) -> str:
    """Return what somebody has typed with nothing in it that could be taken for a mark."""
    return text.replace("[[", "[ [")


def merge(letter: Letter, values: Mapping[str, Any]) -> Letter:
    """Return the letter for one recipient. A value is escaped in the HTML, unless it is marked as safe; a mark that has
    no value disappears.
    """
    plain = {name: str(value) for name, value in values.items()}
    escaped = {name: str(conditional_escape(value)) for name, value in values.items()}
    return replace(letter, html=_filled(letter.html, escaped), text=_filled(letter.text, plain))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _MARK.sub(lambda found: values.get(found[1], "") if found[1] in MARKS else found[0], text)


def all_leading_to(url: str, *, why: str, lines: Iterable[str] = ()) -> dict[str, Any]:
    """Return values for somebody who looks at a draft: every link of its own leads to `url`."""
    return dict.fromkeys(_LINKS, url) | {"why": why} | merged_lines(lines)


def merged_lines(lines: Iterable[str]) -> dict[str, Any]:
    """Return the values merged_html and merged_text of lines about the receiver's own place; empty for none."""
    found = [line for line in lines if line]
    if not found:
        return {"merged_html": SafeString(""), "merged_text": ""}
    text = "\n".join(found) + "\n\n"
    style = SafeString("margin:0 0 8px;padding:0 0 0 12px;border-left:4px solid #23407a;")
    return {
        "merged_html": format_html_join("", '<p class="rule" style="{}">{}</p>', ((style, line) for line in found)),
        "merged_text": text,
    }
