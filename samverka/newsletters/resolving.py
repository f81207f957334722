"""An issue as data: every text, picture, page and address that stands in it, in one language.

The mail, the plain text and the web version are all drawn from this, and it is what is frozen when an issue is sent.
"""

import math
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samverka.kernel.readability import readability
from samverka.knowledge.models import Page

from . import addresses
from .blocks import FIELDS, LINK
from .deadlines import deadlines_in, past
from .diary_block import diary_block
from .enums import BlockKind, Format
from .merging import without_marks
from .models import Block, Issue, IssueText, Picture
from .subjects import long_day, matter_mark, matter_sentence, subject_line
from .words import as_html, as_text, whole

WORDS_A_MINUTE = 200
_TEXTS = {"text", "quote"}


def resolve(issue: Issue, language: str) -> dict[str, Any]:
    """Return the issue as data in `language`."""
    text = issue.texts.filter(language=language).first() or IssueText(issue=issue, language=language)
    blocks = list(issue.blocks.standing().filter(language=language))
    with translation.override(language):
        parts = _Parts(issue, blocks).all()
        found: dict[str, Any] = _unmarked({
            "language": language, "format": issue.format, "title": text.subject,
            "subject": subject_line(issue, text.subject), "preview": text.preview,
            "matter": matter_mark(issue), "matter_sentence": matter_sentence(issue), "dnr": issue.diary_number,
            "sender": _sender(issue), "date": long_day(sent_on(issue)), "parts": parts,
            "minutes": _minutes(issue, parts), "reply_to": issue.reply_to,
            "reply_until": long_day(issue.reply_read_until) if issue.reply_read_until else "",
            "web": addresses.web_address(issue, language), "diary": diary_block(issue, text.subject, parts),
            "measuring": _measuring(issue.format),
        })  # fmt: skip
        return found


def _measuring(format: str) -> str:
    """Return what is counted: clicks in the magazine only, so that a letter's links lead straight to where they say."""
    if format == Format.MAGAZINE:
        return _("Vi mäter inte vem som öppnar mejlet. Klick på länkar räknas utan att vi ser vem som klickar.")
    return _("Vi mäter varken vem som öppnar mejlet eller vem som klickar på länkarna.")


def _unmarked(value: Any) -> Any:
    """Return the data with nothing typed in it that could be taken for a merge mark."""
    if isinstance(value, dict):
        return {key: _unmarked(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_unmarked(one) for one in value]
    return without_marks(value) if isinstance(value, str) else value


def sent_on(issue: Issue) -> date:
    """Return the day the issue leaves, or left: today for one that has no day yet."""
    return timezone.localdate(issue.sending_began_at or issue.send_at or timezone.now())


def _sender(issue: Issue) -> dict[str, str]:
    """Return who sends, with what the sender has said of itself."""
    found = getattr(issue.sender, "sender", None)
    name = issue.from_name or (found.from_name if found else str(issue.sender))
    told = {"name": name, "organisation": str(issue.sender), "address": issue.from_address}
    for field in ("postal_address", "phone", "web_address", "privacy_url", "about"):
        told[field] = getattr(found, field) if found else ""
    return told


def _minutes(issue: Issue, parts: Sequence[dict[str, Any]]) -> int:
    """Return how long a magazine takes to read; 0 for what is one matter."""
    if issue.format != Format.MAGAZINE:
        return 0
    words = readability([as_text(part.get("html", "")) + " " + part.get("heading", "") for part in parts]).words
    return max(1, math.ceil(words / WORDS_A_MINUTE))


class _Parts:
    """The blocks of an issue as data, with pictures and pages read at once."""

    def __init__(self, issue: Issue, blocks: Sequence[Block]) -> None:
        self.issue, self.blocks = issue, blocks
        tokens = [block.content.get("picture", "") for block in blocks]
        self._pictures = {one.token: one for one in Picture.objects.filter(issue=issue, token__in=tokens)}
        ids = [block.content.get("page", "") for block in blocks if block.kind == BlockKind.EXAMPLE]
        found = Page.objects.published().filter(public_id__in=ids) if ids else Page.objects.none()
        self._pages = {one.public_id: one for one in found.select_related("municipality", "county", "owner")}

    def all(self) -> list[dict[str, Any]]:
        """Return the parts that have something to say, in order."""
        return [part for block in self.blocks if (part := self._part(block)) is not None]

    def _part(self, block: Block) -> dict[str, Any] | None:
        told = {name: _clean(block.content.get(name, "")) for name in FIELDS[block.kind]}
        if not any(told.values()):
            return None
        shown = self._deadlines(block) if block.kind == BlockKind.DEADLINES else {}
        if shown is None:
            return None
        told = {} if shown else told
        part: dict[str, Any] = {"kind": block.kind, "id": block.public_id, "heading": "", "for_whom": ""} | told
        part["html"] = as_html(told.get("text", ""))
        part["contact"] = _contact(told)
        part["link"] = {"label": told.get(LINK[0], ""), "url": whole(told.get(LINK[1], ""))}
        part["picture"] = self._picture(told)
        return part | self._of_kind(block, told) | shown

    def _deadlines(self, block: Block) -> dict[str, Any] | None:
        """Return the last days that are not past when the issue leaves; None when all are."""
        rows = deadlines_in(block.content)
        over = past(rows, sent_on(self.issue))
        shown = [
            {"day": long_day(one.day), "what": one.what, "body": one.body, "url": whole(one.url)}
            for one in rows
            if one not in over
        ]
        return {"heading": _("Sista dag"), "rows": shown} if shown else None

    def _picture(self, told: dict[str, str]) -> dict[str, Any] | None:
        picture = self._pictures.get(told.get("picture", ""))
        if picture is None:
            return None
        url = addresses.picture_address(picture)
        return {"url": url, "alt": told.get("alt", ""), "width": picture.width, "height": picture.height}

    def _of_kind(self, block: Block, told: dict[str, str]) -> dict[str, Any]:
        if block.kind == BlockKind.EVENT:
            return {"when": when_said(told), "ics": addresses.calendar_address(self.issue, block)}
        if block.kind == BlockKind.EXAMPLE:
            return self._page(told)
        return {}

    def _page(self, told: dict[str, str]) -> dict[str, Any]:
        page = self._pages.get(told["page"])
        if page is None:
            return {"page": None, "gone": bool(told["page"])}
        url = addresses.knowledge_address(page.kind, page.public_id, page.slug)
        where = page.municipality or page.county
        shown = {
            "title": page.title, "summary": page.summary, "url": url,
            "kind": page.get_kind_display(), "place": str(where) if where else "",
        }  # fmt: skip
        own = _contact({f"contact_{name}": getattr(page, f"contact_{name}") for name in _CONTACT})
        return {"page": shown, "heading": shown["title"], "contact": _contact(told) or own}


_CONTACT = ("name", "role", "email", "phone")


def _contact(told: dict[str, str]) -> dict[str, str] | None:
    found = {name: told.get(f"contact_{name}", "") for name in _CONTACT}
    return found if any(found.values()) else None


def _clean(value: Any) -> str:
    return str(value).strip()


def when_said(told: dict[str, str]) -> str:
    """Return the day and time of an event in words: "30 april 2027 kl. 18.00–20.00"."""
    if not told.get("day"):
        return ""
    said = long_day(date.fromisoformat(told["day"]))
    begins, ends = (_time(told.get(name, "")) for name in ("begins", "ends"))
    if not begins:
        return said
    hours = f"{begins}–{ends}" if ends else begins
    return _("{day} kl. {hours}").format(day=said, hours=hours)


def _time(text: str) -> str:
    if not text:
        return ""
    found = time.fromisoformat(text)
    return f"{found:%H.%M}" if translation.get_language() == "sv" else f"{found:%H:%M}"
