"""The template of an impact assessment: what the service knows is filled in, the rest is left to write in.

One description is made of it, which is written as DOCX here and as PDF by a template.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverka.kernel import health
from samverka.kernel.installation import subprocessors
from samverka.kernel.purge import Controller, declarations
from samverka.kernel.texts import content_texts
from samverka.kernel.word import WordDocument

FILE = "dpia.yaml"
#: Millimetres: what a page is wide, and the least height of a row that has something and one that is only for writing.
PAGE, ROW, EMPTY_ROW = 166, 9, 16
#: The columns' shares of the page, by how many there are.
SHARES = {2: (1, 2), 3: (4, 5, 4), 4: (5, 4, 4, 3), 5: (4, 6, 2, 2, 4)}


@dataclass(frozen=True)
class Part:
    """A part of the assessment: a text, and a table whose rows are as long as its headings."""

    number: int
    heading: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def widths(self) -> list[int]:
        """How wide the columns are, in mm."""
        shares = SHARES[len(self.columns)]
        return [PAGE * share // sum(shares) for share in shares]


@dataclass(frozen=True)
class Assessment:
    """The whole template."""

    title: str
    how: str
    parts: tuple[Part, ...]


def assessment() -> Assessment:
    """Return the template in the reader's language, with what is known of this installation."""
    content, known = content_texts(FILE), _known()
    parts = tuple(_part(number, part, known) for number, part in enumerate(content["parts"], start=1))
    return Assessment(_filled(content["title"], known), content["how"], parts)


def assessment_docx(made: Assessment) -> bytes:
    """Return the template as a Word document."""
    document = WordDocument(title=made.title, language=_language(), author=settings.SITE_NAME)
    document.footer(made.title)
    document.paragraph(made.how)
    for part in made.parts:
        document.heading(f"{part.number}. {part.heading}", 2)
        if part.text:
            document.paragraph(part.text)
        height = ROW if any(any(row[1:]) for row in part.rows) else EMPTY_ROW
        document.writing_table(part.columns, part.rows, widths=part.widths, height=height)
    return document.content()


def _language() -> str:
    return (get_language() or "sv").split("-")[0]


def _known() -> dict[str, str]:
    stated = subprocessors()
    if stated is None:
        named = _("Värden har inte angett några. Fråga.")
    else:
        named = "; ".join(f"{one.name} ({one.task}, {one.place})" for one in stated) or _("Inga")
    return {
        "service": settings.SITE_NAME,
        "version": _("version {number}").format(number=health.product_version()),
        "host": settings.HOST_ORGANISATION or _("Inte angivet. Fråga den som driver tjänsten."),
        "location": settings.DATA_LOCATION.strip() or _("Värden har inte angett det. Fråga."),
        "subprocessors": named,
    }


def _filled(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _part(number: int, stated: dict[str, Any], known: dict[str, str]) -> Part:
    columns, rows = _declared() if stated.get("table") == "declarations" else (stated["columns"], stated["rows"])
    filled = tuple(_row([_filled(cell, known) for cell in row], len(columns)) for row in rows)
    return Part(number, stated["heading"], stated.get("text", ""), tuple(columns), filled)


def _row(cells: Sequence[str], length: int) -> tuple[str, ...]:
    return (*cells, *[""] * (length - len(cells)))


def _declared() -> tuple[list[str], list[list[str]]]:
    """Return what the declarations of personal data say, as a table."""
    answers = {
        Controller.PROVIDER: _("Värden"),
        Controller.WRITER: _("Den part som skriver; värden är biträde"),
    }
    own_first = sorted(declarations(), key=lambda item: item.controller != Controller.WRITER)
    rows = [[str(item.what), str(item.purpose), str(item.kept), answers[item.controller]] for item in own_first]
    return [_("Uppgifter"), _("Varför"), _("Hur länge"), _("Ansvarig")], rows
