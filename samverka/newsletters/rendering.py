"""An issue rendered once for a language: subject, HTML made from MJML, plain text, and the data of its web version."""

from typing import Any

import mrml
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from .letters import Letter
from .merging import mark, without_marks
from .models import Issue, IssueText
from .plain_text import made_text, whole_text
from .resolving import resolve
from .words import in_mail

#: No web fonts: they would be fetched from somebody else, who then sees who reads.
_OPTIONS = mrml.RenderOptions(fonts={})
#: The widest a picture stands in a mail, in pixels.
PICTURE_WIDTH = 552


def render_issue(issue: Issue, language: str = "sv") -> Letter:
    """Return the issue as a letter in `language`, with merge marks where recipients differ."""
    data = resolve(issue, language)
    with translation.override(language):
        html = render_html(data)
        text = whole_text(data, edited_text(issue, language) or made_text(data))
    return Letter(data["subject"], html, text, data["preview"], data)


def document_of(issue: Issue) -> dict[str, Any]:
    """Return what is frozen when an issue is sent: each of its languages with subject, preview, html, text and web."""
    found = {}
    for language in languages_of(issue):
        letter = render_issue(issue, language)
        found[language] = {
            "subject": letter.subject, "preview": letter.preview, "html": letter.html, "text": letter.text,
            "web": letter.web,
        }  # fmt: skip
    return found


def languages_of(issue: Issue) -> list[str]:
    """Return the languages that the issue is written in, Swedish first."""
    return sorted(issue.texts.values_list("language", flat=True), key=lambda code: code != settings.LANGUAGE_CODE)


def edited_text(issue: Issue, language: str) -> str:
    """Return the plain text that somebody has edited; "" when it is the one made from the blocks."""
    found: IssueText | None = issue.texts.filter(language=language).first()
    return without_marks(found.plain_text) if found else ""


def render_html(data: dict[str, Any]) -> str:
    """Return the mail's HTML in the language that is active. Raises ValueError when the MJML cannot be read."""
    mjml = render_to_string("mail/issue/issue.html", mail_context(data))
    return str(mrml.to_html(mjml, None, _OPTIONS).content)


def mail_context(data: dict[str, Any]) -> dict[str, Any]:
    """Return what the MJML templates see."""
    return {
        "letter": data, "parts": [_looking(part) for part in data["parts"]], "site_name": settings.SITE_NAME,
        "diary_lines": data["diary"].splitlines(), "marks": _marks(),
    }  # fmt: skip


def _looking(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part with what a mail needs besides: styles in its text, the width of its picture."""
    picture = part["picture"]
    if picture:
        picture = picture | {"width": min(picture["width"], PICTURE_WIDTH)}
    return part | {"html": in_mail(part["html"]), "picture": picture}


def _marks() -> dict[str, SafeString]:
    names = ("unsubscribe_url", "preferences_url", "receipt_url", "web_url", "merged_html", "why")
    return {name: mark_safe(mark(name)) for name in names}  # noqa: S308  (fixed names in brackets)
