"""A text of the diary as HTML: with who wrote it and when, who reads it, and what one may do with it.

Written out here and not by a template: forty of them took a third of a step's page there. What few texts have, files
and a time for comments, has a template.
"""

from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samverka.web.components.icons import icon
from samverka.web.components.words import day
from samverka.web.templatetags.samverka_ui import read_by, receipt

from .entry_views import EntryView


def draw_entry(view: EntryView, *, links: bool, messages: Any = (), csrf_token: Any = "") -> SafeString:
    """Return the text as an article. `links`: whether to offer what one may do with it; `messages` are those of the
    page, of which the text's own stands above it.
    """
    entry = view.entry
    struck = " entry--withdrawn" if entry.withdrawn_at else ""
    parts = (
        f'<article id="{entry.public_id}" class="entry{struck}">',
        receipt(messages, entry.public_id),
        *(f'<p class="entry__mark">{icon("readers")}{escape(mark)}</p>' for mark in view.marks),
        _words(view),
        _files(view, links=links) if view.files else "",
        f'<p class="voice__meta">{escape(view.meta)}</p>',
        read_by(view.readers),
        _links(view) if links and view.links else "",
        _end_of_comments(view, csrf_token) if links and view.may_end_comments else "",
        "</article>",
    )
    # Every part has been escaped, or was drawn by a template.
    return SafeString("".join(parts))


def _words(view: EntryView) -> str:
    entry = view.entry
    if not entry.withdrawn_at:
        return f'<p class="preserve-lines">{escape(entry.text)}</p>'
    said = gettext("Struken %(when)s: %(reason)s") % {"when": day(entry.withdrawn_at), "reason": entry.withdrawn_reason}
    return f'<p class="preserve-lines"><s>{escape(entry.text)}</s></p><p>{escape(said)}</p>'


def _files(view: EntryView, *, links: bool) -> str:
    return render_to_string("workspace/collaborations/diary/_files.html", {"view": view, "links": links})


def _links(view: EntryView) -> str:
    links = " ".join(f'<a href="{escape(url)}">{escape(label)}</a>' for url, label in view.links)
    return f'<p class="actions">{links}</p>'


def _end_of_comments(view: EntryView, csrf_token: Any) -> str:
    context = {"view": view, "csrf_token": csrf_token}
    return render_to_string("workspace/collaborations/diary/_end_comments.html", context)
