"""An issue drawn for a page, from the data that it was sent with."""

from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe


def draw_web(data: dict[str, Any]) -> SafeString:
    """Return the body of an issue, in its own language."""
    parts = [part | {"html": _checked(part["html"]), "picture": _here(part["picture"])} for part in data["parts"]]
    with translation.override(data["language"]):
        return render_to_string("public/issues/_body.html", {"letter": data, "parts": parts})


def _here(picture: dict[str, Any] | None) -> dict[str, Any] | None:
    """The picture at its address on this site, whatever the site was called when the mail with it was made."""
    return picture and picture | {"url": urlsplit(picture["url"]).path}


def _checked(html: str) -> SafeString:
    """HTML of a part was made by `newsletters.words.as_html`, which leaves no tag but its own."""
    return mark_safe(html)  # noqa: S308  (see above)
