"""Texts with form: which HTML is kept, and what it says without it.

Whatever comes from an editor or a file goes through `clean` before it is stored, and is shown as it is stored.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3
from django.utils.html import escape
from markdown_it import MarkdownIt

#: What a text may hold: the allow-list. Everything else is removed; of scripts and styles the words too.
TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "table", "thead", "tbody",
    "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto", "tel"}
#: Not shown, and no words either.
_GONE = {"script", "style", "title", "textarea", "template", "noscript", "iframe", "svg", "math", "xmp", "noembed"}
#: An address without a scheme leads to a page here or a place on this one.
_LOCAL = re.compile(r"(?:/(?![/\\])|#)[^\\\x00-\x20]*\Z")
_SCHEME = re.compile(r"(?:https?://[^\s\\]+|mailto:[^\s\\]+|tel:[+0-9() -]+)\Z", re.IGNORECASE)
_BLOCKS = {"p", "h2", "h3", "h4", "li", "blockquote", "hr", "br", "tr", "td", "th"}


def clean(html: str) -> str:
    """Return `html` with only TAGS, ATTRIBUTES, and addresses that lead to the web, a mail or a place here."""
    return nh3.clean(
        html.replace("\x00", ""), tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_attribute,
        url_schemes=SCHEMES, clean_content_tags=_GONE, link_rel=None,
    ).strip()  # fmt: skip


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _SCHEME.match(value) or _LOCAL.match(value) else None
    return value if (tag, name) == ("th", "scope") and value in {"row", "col"} else None


def from_plain(text: str) -> str:
    """Return a text typed without an editor as HTML: an empty line parts paragraphs."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return "".join(f"<p>{escape(part)}</p>".replace("\n", "<br>") for part in parts if part)


def from_markdown(text: str) -> str:
    """Return Markdown as clean HTML. HTML that stands in it is text; headings begin below the page's own."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{min(4, max(2, int(token.tag[1:])))}"
    return clean(str(reader.renderer.render(tokens, reader.options, {})))


def plain(html: str) -> str:
    """Return the words of clean HTML, a line a block."""
    return "\n".join(text for _tag, text in blocks(html))


def blocks(html: str) -> Iterator[tuple[str, str]]:
    """Yield (tag, words) of every block of clean HTML that has words."""
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    reader.end()
    yield from reader.found


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._tag, self._words = "p", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.end()
            self._tag = self._tag if tag == "br" else tag

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end()

    def handle_data(self, data: str) -> None:
        self._words += data

    def end(self) -> None:
        if words := " ".join(self._words.split()):
            self.found.append((self._tag, words))
        self._words = ""
