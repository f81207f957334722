"""What somebody writes in a block: as plain HTML, as a mail has it, and as plain text.

Paragraphs, lists, links, bold and italics, and nothing else; HTML that is typed is shown as text.
"""

import re
from functools import cache
from html.parser import HTMLParser

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from .merging import without_marks

_RULES = ["list", "emphasis", "link", "newline", "escape", "paragraph"]
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/)", re.IGNORECASE)
#: Mail programs read no stylesheet for certain: each element says how it looks.
_STYLES = {
    "p": "margin:0 0 14px;", "ul": "margin:0 0 14px;padding:0 0 0 22px;", "ol": "margin:0 0 14px;padding:0 0 0 22px;",
    "li": "margin:0 0 6px;", "a": "color:#23407a;text-decoration:underline;",
}  # fmt: skip
_OPENING = re.compile(r"<(p|ul|ol|li|a)\b")


class _Reader(MarkdownIt):
    """CommonMark with few rules, and no address but those of `_ADDRESS`."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False, "linkify": False, "xhtmlOut": True, "breaks": False})
        self.enable(_RULES)

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the library's name)
        """Return whether a link may lead there."""
        return bool(_ADDRESS.match(url)) and not url.startswith("//")


@cache
def _reader() -> _Reader:
    return _Reader()


def as_html(text: str) -> str:
    """Return the text as HTML without looks, its links whole."""
    html: str = _reader().render(without_marks(text))
    return html.replace('href="/', f'href="{settings.BASE_URL}/').strip()


def in_mail(html: str) -> SafeString:
    """Return HTML of `as_html` with the looks of a mail in each element."""
    looks = _OPENING.sub(lambda found: f'{found[0]} style="{_STYLES[found[1]]}"', html)
    links = looks.replace("<a ", '<a class="link" ')
    return mark_safe(links)  # noqa: S308  (only the tags of the rules above; all else is escaped by the library)


def whole(url: str) -> str:
    """Return an address as it stands in a mail: one on this site with the site before it."""
    return f"{settings.BASE_URL}{url}" if url.startswith("/") else url


def as_text(html: str) -> str:
    """Return HTML of `as_html` as plain text: a link's address in brackets behind its words."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(parser.parts)).strip()


class _Plain(HTMLParser):
    """Gathers the text of HTML, with lines and list marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[str] = []
        self._numbers: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a list or a link."""
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        if tag in {"ul", "ol"}:
            self._numbers.append(0 if tag == "ol" else -1)
        if tag == "li":
            self.parts.append(self._list_mark())
        if tag == "br":
            self.parts.append("\n")

    def _list_mark(self) -> str:
        if not self._numbers or self._numbers[-1] < 0:
            return "- "
        self._numbers[-1] += 1
        return f"{self._numbers[-1]}. "

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag == "a" and self._links and (url := self._links.pop()):
            self._say_address(url)
        if tag in {"ul", "ol"} and self._numbers:
            self._numbers.pop()
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("\n")
        if tag == "p":
            self.parts.append("\n" if self._numbers else "\n\n")

    def _say_address(self, url: str) -> None:
        plain = url.removeprefix("mailto:").removeprefix("tel:")
        if not self.parts or self.parts[-1].strip() != plain:
            self.parts.append(f" ({plain})")

    def handle_data(self, data: str) -> None:
        """Take the words; a line's break in the source is a space."""
        if data.strip() or (data == " "):
            self.parts.append(data.replace("\n", " "))
