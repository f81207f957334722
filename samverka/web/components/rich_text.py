"""The form field for texts with headings, lists, links and emphasis (js/rich_text.js).

Without scripts it is a textarea: a text that has no form but paragraphs stands there as it reads, one that has stands
as the HTML it is stored as. Which of them was sent, `<name>_form` says: "html" or "plain".
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samverka.knowledge.html import clean, from_plain

_FORMED = re.compile(r"<(?!/?(?:p|br)\b)", re.IGNORECASE)


class RichTextInput(forms.Textarea):
    """The textarea, its form mark, and what the keys do."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 14, **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """Return the HTML that was sent, or that the typed text becomes."""
        sent = str(data.get(name) or "")
        return sent if data.get(f"{name}_form") == "html" else from_plain(sent)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the textarea with its text as one edits it without scripts."""
        html = clean(str(value or ""))
        formed = bool(_FORMED.search(html))
        told = {**(attrs or {}), "data-rich-text": "", "data-html": html, "data-labels": json.dumps(_labels())}
        area = super().render(name, html if formed else as_typed(html), told, renderer)
        source = _("Texten har rubriker, listor eller tabeller. Utan skript syns de som taggar: rör dem inte.")
        return format_html(
            '{}<input type="hidden" name="{}_form" value="{}"><p class="rich-text__keys" id="{}_keys">{}</p>',
            area, name, "html" if formed else "plain", told.get("id", name), source if formed else _labels()["keys"],
        )  # fmt: skip


class RichTextField(forms.CharField):
    """A text with form; what it cleans to is clean HTML, "" when it has no words."""

    widget = RichTextInput

    def clean(self, value: Any) -> str:
        """Return the text as clean HTML. Raises ValidationError when it is required and has no words."""
        html = clean(str(value or ""))
        return str(super().clean(html if as_typed(html).strip() else ""))


def as_typed(html: str) -> str:
    """Return clean HTML of paragraphs only as one types it: an empty line between."""
    text = re.sub(r"<br ?/?>", "\n", re.sub(r"</p>\s*<p>", "\n\n", html))
    bare = re.sub(r"<[^>]+>", "", text)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&").strip()


def _labels() -> dict[str, str]:
    return {
        "keys": _("Alt+F10 leder till knapparna, Escape tillbaka, Tabb ut. Ctrl+B fet, Ctrl+I kursiv, Ctrl+K länk."),
        "tools": _("Form på texten"), "h2": _("Rubrik"), "h3": _("Underrubrik"), "bold": _("Fet"),
        "italic": _("Kursiv"), "link": _("Länk"), "bullets": _("Punktlista"), "numbers": _("Numrerad lista"),
        "quote": _("Citat"), "undo": _("Ångra"), "redo": _("Gör om"), "address": _("Adress som länken leder till"),
        "put": _("Lägg in länken"), "drop": _("Ta bort länken"), "cancel": _("Avbryt"),
        "wrong": _("Skriv hela adressen, till exempel https://exempel.se eller namn@exempel.se."),
    }  # fmt: skip


def formed(html: str) -> SafeString:
    """Return a stored text to show on a page; cleaned once more, so that a page never trusts a row."""
    return mark_safe(clean(html))  # noqa: S308  (only the tags of knowledge.html's allow-list)
