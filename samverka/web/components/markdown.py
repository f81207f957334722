"""What an analyst writes in a report, as HTML: headings, paragraphs, lists, links, bold and italics, and nothing else.

HTML that somebody types is shown as text; a link leads to the web, a mail address or a place on the site.
"""

import re
from functools import cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_RULES = ["heading", "list", "emphasis", "link", "newline", "escape", "paragraph"]
_ADDRESS = re.compile(r"(?:https?://|mailto:|/|#)", re.IGNORECASE)
#: Headings of the text stand below the chapter's.
_LEVEL = "h3"


class _Renderer(MarkdownIt):
    """CommonMark with few rules, every heading on one level, and no address but those of `_ADDRESS`."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False, "linkify": False})
        self.enable(_RULES)

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the library's name)
        """Return whether a link may lead there."""
        return bool(_ADDRESS.match(url)) and not url.startswith("//")


@cache
def _renderer() -> _Renderer:
    return _Renderer()


def rendered(text: str) -> SafeString:
    """Return the text as HTML."""
    reader = _renderer()
    tokens = reader.parse(text)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = _LEVEL
    html: str = reader.renderer.render(tokens, reader.options, {})
    return mark_safe(html)  # noqa: S308  (only the tags of the rules above; all else is escaped by the library)
