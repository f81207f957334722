"""An issue drawn for a page, from the data that it was sent with."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe


def draw_web(data: dict[str, Any]) -> SafeString:
    """Return the body of an issue, in its own language."""
    parts = [part | {"html": _checked(part["html"])} for part in data["parts"]]
    with translation.override(data["language"]):
        return render_to_string("public/issues/_body.html", {"letter": data, "parts": parts})


def _checked(html: str) -> SafeString:
    """HTML of a part was made by `newsletters.words.as_html`, which leaves no tag but its own."""
    return mark_safe(html)  # noqa: S308  (see above)
