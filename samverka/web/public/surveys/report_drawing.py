"""A report's document drawn: chapters for a page, and what the paper needs."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samverka.kernel.pdf import render_pdf
from samverka.places.shapes import credit, shapes, view_box
from samverka.web.components import charts
from samverka.web.components.charts import Bar, Table
from samverka.web.components.markdown import rendered
from samverka.web.components.words import number

from .results_map import Entry, land_of

#: Among what is said of how to read charts: what the thin lines are.
_BOUNDS = "bounds"
#: The fills of a map on paper, which knows no colours of ours by name; from the palest to the deepest.
_PAPER = ("#ffffff", "#bdc6d7", "#8d9cb9", "#5c7199", "#23407a")

#: So many different answers stand on paper with those who gave each; with more, a row a body.
_MOST_ANSWERS = 12


@dataclass(frozen=True)
class Drawn:
    """A chapter of the document with its parts drawn."""

    told: dict[str, Any]
    text: SafeString
    parts: list[SafeString]


def drawn_chapters(document: dict[str, Any]) -> list[Drawn]:
    """Return the chapters for a page, in the document's own language."""
    with translation.override(document["language"]):
        return [Drawn(chapter, rendered(chapter["text"]), _parts(chapter["parts"])) for chapter in document["chapters"]]


def _parts(parts: list[dict[str, Any]]) -> list[SafeString]:
    """Return the parts of a chapter; what is said of how to read its charts is said at the first that needs it."""
    said: set[str] = set()
    return [draw_part(part, said) for part in parts]


def draw_part(part: dict[str, Any], said: set[str] | None = None) -> SafeString:
    """Return one part for a page, in the language that is active. What is `said` above is not said again."""
    context: dict[str, Any] = {"part": part, "text": rendered(part["text"])}
    if part["kind"] == "figure":
        context["chart"] = _chart(part, said if said is not None else set())
    if part["kind"] == "map":
        context |= {"land": land_of(part["fills"], part["id"]), "view_box": view_box(), "credit": credit()}
        context["legend"] = [Entry(*entry) for entry in part["legend"]]
    return render_to_string(f"public/surveys/report/_{part['kind']}.html", context)


def figure_title(part: dict[str, Any]) -> str:
    """Return the title of a figure with its number before it."""
    return _("Figur {number}. {title}").format(number=part["number"], title=part["title"])


def _chart(part: dict[str, Any], said: set[str]) -> SafeString:
    """Return the bars with their table; "" for a figure that is only a table. Note in `said` what it explains."""
    if part["shape"] == "table" or not part["bars"] or all(bar["share"] is None for bar in part["bars"]):
        return SafeString("")
    rows = [Bar(**bar) for bar in part["bars"]]
    table = Table(part["headings"], part["rows"])
    note, explains = "" if part["note"] in said else part["note"], _BOUNDS not in said
    said |= {part["note"], *([_BOUNDS] if charts.has_bounds(rows) else [])}
    return charts.bars(
        rows, name=part["id"], title=figure_title(part), description=part["description"], table=table,
        note=note, explains=explains,
    )  # fmt: skip


def figures_in(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every figure and map of a document, in order."""
    for chapter in document["chapters"]:
        yield from (part for part in chapter["parts"] if part["kind"] in {"figure", "map"})


# Paper


def report_pdf(document: dict[str, Any], about: dict[str, Any]) -> bytes:
    """Return the document as a tagged PDF. `about`: edition (None for a draft), cite, withdrawn."""
    with translation.override(document["language"]):
        chapters = [
            {"told": chapter, "text": rendered(chapter["text"]), "parts": [_on_paper(one) for one in chapter["parts"]]}
            for chapter in document["chapters"]
        ]
        context = {"document": document, "chapters": chapters, **about}
        title = document["title"]
        return render_pdf("pdf/report.html", context, title=title, language=document["language"])


def _on_paper(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"told": part, "text": rendered(part["text"]), "words": False, "picture": ""}
    if part["kind"] in {"figure", "map"}:
        found |= {"title": figure_title(part), "headings": part["headings"], "rows": part["rows"]}
    if part["kind"] == "figure":
        found["bars"] = _paper_bars(part)
    if part["kind"] == "map":
        found |= {"picture": _picture(part["fills"]), "credit": credit()}
        found |= {"legend": [(_paper_fill(fill), label, count) for fill, label, count in part["legend"]]}
        found |= _by_answer(part)
    return found


def _paper_bars(part: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Return (label, words, width, whether it is drawn) of each bar; nothing of a figure that is only a table."""
    return [
        (bar["label"], bar["said"], f"{100 * (bar['share'] or 0):.1f}%", bar["share"] is not None)
        for bar in part["bars"] if part["shape"] != "table"
    ]  # fmt: skip


def _by_answer(part: dict[str, Any]) -> dict[str, Any]:
    """Return the answers of a map with who gave each: ten pages shorter than a row a body. Nothing where there are too
    many different ones for that.
    """
    who: dict[str, list[str]] = {}
    for name, said in part["rows"]:
        who.setdefault(said, []).append(name)
    if len(who) > _MOST_ANSWERS:
        return {}
    rows = [[said, number(len(names)), ", ".join(names)] for said, names in sorted(who.items())]
    return {"headings": [_("Svar"), _("Antal"), _("Vilka, i bokstavsordning")], "rows": rows, "words": True}


def _paper_fill(fill: str) -> str:
    return _PAPER[int(fill)] if fill else ""


def _picture(fills: dict[str, str]) -> str:
    """Return the map as a picture to put in an address: SVG whose colours stand in it."""
    hatch = (
        '<defs><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="5" height="5" fill="#f4f3ef"/><path d="M0 0v5" stroke="#6f756f" stroke-width="1"/>'
        "</pattern></defs>"
    )
    paths = "".join(
        f'<path d="{shape.path}" fill="{_PAPER[int(fills[code])] if code in fills else "url(#h)"}"/>'
        for code, shape in shapes("municipalities").items()
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box()}">{hatch}'
        f'<g stroke="#6f756f" stroke-width="0.8">{paths}</g></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
