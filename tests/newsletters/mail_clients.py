"""What the big mail programs show: a table of elements and CSS that our mails may use, and a checker against it.

Programs: Outlook for Windows (2007 to 2021, drawn by Word), new Outlook and outlook.com, Gmail (web and app), Apple
Mail and iOS Mail, Samsung Mail, Thunderbird. Sources, and how the table was made: docs/reference/mail_html.md.
What stands in @media or in a rule for one program is an improvement that others pass over, and is checked apart.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements that every program shows.
ELEMENTS = {
    "html", "head", "title", "meta", "style", "body", "table", "tbody", "tr", "td", "div", "p", "h1", "h2", "h3", "a",
    "b", "strong", "em", "br", "img", "ul", "ol", "li", "span", "noscript", "xml",
}  # fmt: skip
#: Properties in style attributes that every program follows, or whose loss changes nothing that must be read.
PROPERTIES = {
    "background", "background-color", "border", "border-bottom", "border-collapse", "border-left", "border-radius",
    "border-spacing", "border-top", "color", "cursor", "direction", "display", "font-family", "font-size",
    "font-weight", "height", "line-height", "margin", "max-height", "max-width", "opacity", "outline", "overflow",
    "padding", "text-align", "text-decoration", "text-transform", "vertical-align", "width", "word-break",
    "word-spacing", "mso-padding-alt", "mso-line-height-rule", "mso-table-lspace", "mso-table-rspace",
}  # fmt: skip
#: Values that some of them lack, whatever the property.
BAD_VALUES = re.compile(
    r"\b(flex|grid|absolute|fixed|sticky|calc|var|url|linear-gradient|radial-gradient)\b|!important"
)
DISPLAY = {"none", "block", "inline-block"}
#: Only a colour: Word draws no picture behind text.
BACKGROUND = re.compile(r"#[0-9a-f]{3,6}|transparent|none", re.IGNORECASE)
HEAD_ELEMENTS = {"link", "script", "base", "form", "input", "button", "svg", "video", "iframe", "object", "embed"}


@dataclass
class _Reader(HTMLParser):
    """Gathers what a mail uses that not all programs have."""

    faults: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    pictures: int = 0
    tables: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}> is not shown by all")
        self._in_style = tag == "style"
        self.faults += [f"<{tag}> {name}: a mail runs no script" for name in told if name.startswith("on")]
        self.faults += style_faults(told.get("style", ""), f"<{tag}>")
        if tag == "img":
            self._picture(told)
        if tag == "table":
            self.tables += 1
            if told.get("role") != "presentation":
                self.faults.append("a table for the layout says so to those who listen: role=presentation")
        if tag == "a" and not re.match(r"https?://|mailto:|tel:|\[\[", told.get("href", "")):
            self.faults.append(f"a link that leads nowhere from a mail: {told.get('href')!r}")

    def _picture(self, told: dict[str, str]) -> None:
        self.pictures += 1
        if not told.get("width", "").isdecimal():
            self.faults.append("Word needs the width of a picture as an attribute, in pixels")
        if "alt" not in told:
            self.faults.append("a picture without alt")
        if not told.get("src", "").startswith(("http://", "https://")):
            self.faults.append("Gmail shows no picture that stands in the mail as data")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles.append(data)


def faults(html: str) -> list[str]:
    """Return everything in a mail that one of the big programs lacks."""
    reader = _Reader()
    reader.feed(html)
    found = list(reader.faults)
    for style in reader.styles:
        found += _sheet_faults(style)
    if "<!--[if mso" not in html:
        found.append("Word gets no table of its own (<!--[if mso]>): a column without width")
    if 'bgcolor="' not in html:
        found.append("no bgcolor: Word shows no ground behind a section")
    if len(html.encode()) > 102 * 1024:
        found.append("Gmail clips what is over 102 kB")
    return found


def style_faults(style: str, where: str) -> list[str]:
    """Return what of a style attribute some program lacks."""
    found = []
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _sign, value = (part.strip().lower() for part in declaration.partition(":"))
        if name not in PROPERTIES:
            found.append(f"{where} {name}: not in the table")
        if BAD_VALUES.search(value):
            found.append(f"{where} {declaration}: not followed by all")
        if name == "display" and value not in DISPLAY:
            found.append(f"{where} {declaration}: only {sorted(DISPLAY)}")
        if name == "background" and not BACKGROUND.fullmatch(value):
            found.append(f"{where} {declaration}: only a colour")
    return found


def _sheet_faults(sheet: str) -> list[str]:
    """A stylesheet may only improve: what stands in @media, and resets. Gmail drops a whole sheet for one bad rule."""
    found = []
    if re.search(r"@import|@font-face|url\(", sheet):
        found.append("a stylesheet that fetches something: it tells somebody else who reads")
    plain = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
        if not re.fullmatch(
            r"\s*(#outlook a|body|table, td|img|p|\.mj-outlook-group-fix|\.moz-text-html \S+)\s*", selector
        ):
            found.append(f"a rule outside @media that the mail would depend on: {selector.strip()}")
        found += [
            f"{selector.strip()} {part.strip()}: not followed by all"
            for part in body.split(";") if re.search(r"\b(flex|grid|absolute|fixed|calc|var)\b", part)
        ]  # fmt: skip
    return found
