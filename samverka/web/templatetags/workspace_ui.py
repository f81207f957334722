"""Parts of the workspace's pages that are drawn in Python, as template tags."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from samverka.web.workspace.entry_html import draw_entry
from samverka.web.workspace.entry_views import EntryView

register = template.Library()


@register.simple_tag(takes_context=True)
def entry(context: dict[str, Any], view: EntryView, links: bool = False) -> SafeString:
    """A text of the diary; `links`: with what one may do with it."""
    return draw_entry(view, links=links, messages=context.get("messages"), csrf_token=context.get("csrf_token"))
