"""An inspiration report drawn: contents, and each example or portrait with its words, quotes and contact.

What a part holds its kind decides. `TEXTS` names the texts that are shown, in order; what is not there is passed over,
so that a report made of an older edition is drawn as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from samverka.kernel.pdf import render_pdf
from samverka.knowledge.documents import still_shown
from samverka.knowledge.models import Page, PageEdition
from samverka.web.components.markdown import rendered
from samverka.web.components.rich_text import formed

#: Names of texts in the body of an example or a portrait -> their heading.
TEXTS = {
    "target_group": gettext_lazy("För vem"),
    "done": gettext_lazy("Vad vi gjorde"),
    "led_to": gettext_lazy("Vad det ledde till"),
    "cost": gettext_lazy("Vad det kostade"),
    "went_wrong": gettext_lazy("Det som inte gick bra"),
    "lessons": gettext_lazy("Det här lärde vi oss"),
    "structure": gettext_lazy("Så är det ordnat"),
    "agreements": gettext_lazy("Överenskommelser"),
    "grants": gettext_lazy("Stöd till föreningar"),
    "forums": gettext_lazy("Där vi möts"),
    "proud_of": gettext_lazy("Det vi är stolta över"),
    "struggles": gettext_lazy("Det vi kämpar med"),
    "html": "",
}


@dataclass(frozen=True)
class Part:
    """An example or a portrait in a report."""

    id: str
    title: str
    summary: str
    place: str
    owner: str
    texts: list[tuple[str, SafeString]]
    quotes: list[tuple[str, str]]
    contact: list[str]
    address: str = field(default="")


def drawn_parts(parts: list[dict[str, Any]]) -> list[Part]:
    """Return the parts of a report's edition, in order, without what somebody has taken back since (a quote)."""
    pages = {page.public_id: page for page in Page.objects.filter(public_id__in=[part["id"] for part in parts])}
    return [_part(part, pages.get(part["id"])) for part in parts if part["document"]]


def _part(part: dict[str, Any], page: Page | None) -> Part:
    document = part["document"]
    body = still_shown(page, document["body"]) if page else document["body"]
    return Part(
        id=f"del-{part['id']}",
        title=document["title"],
        summary=document["summary"],
        place=(document["place"] or {}).get("name", ""),
        owner=_owner(document),
        texts=list(_texts(body)),
        quotes=list(_quotes(body)),
        contact=[value for value in document["contact"].values() if value],
        address=reverse("page_by_id", args=[part["id"]]),
    )


def _owner(document: dict[str, Any]) -> str:
    """Return who tells it; "" where the heading already says so, as in most portraits."""
    name: str = (document["owner"] or {}).get("name", "")
    return "" if name == document["title"] else name


def _texts(body: dict[str, Any]) -> Iterator[tuple[str, SafeString]]:
    """Yield heading and HTML of each text, drawn as on the page of the example."""
    for name, heading in TEXTS.items():
        text = body.get(name)
        if isinstance(text, str) and text.strip():
            yield str(heading), formed(text) if name == "html" else rendered(text)


def _quotes(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield text and who says it, of each quote."""
    for quote in body.get("quotes", []):
        text = quote.get("text", "")
        who = ", ".join(quote[key] for key in ("name", "role", "from") if quote.get(key))
        if text:
            yield text, who


def report_paper(page: Page, edition: PageEdition, *, cite: str) -> bytes:
    """Return the report as a tagged PDF, with contents, quotes and contacts."""
    document = edition.document
    with translation.override(document["language"]):
        context = {
            "document": document,
            "foreword": formed(document["body"]["html"]),
            "parts": drawn_parts(document["body"]["parts"]),
            "edition": edition,
            "cite": cite,
            "base_url": settings.BASE_URL,
        }
        return render_pdf("pdf/inspiration.html", context, title=document["title"], language=document["language"])
