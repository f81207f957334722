"""Addresses of the pages where issues are written: the same page stands at the host's desk and at a public body's."""

from typing import Any

from django import template
from django.utils.translation import gettext

from samverka.newsletters.models import Issue
from samverka.web.components.words import day
from samverka.web.editorial.newsletters.desk import Desk

register = template.Library()


@register.simple_tag
def desk_url(desk: Desk, name: str, *args: Any) -> str:
    """The address of a page of the desk: {% desk_url desk "issue_part" issue.public_id block.public_id %}."""
    return desk.url(name, *args)


@register.simple_tag
def facts_of_issue(issue: Issue) -> list[tuple[str, Any]]:
    """What is decided about an issue, as pairs for {% facts %}."""
    matter = issue.get_matter_display() if issue.matter else ""
    return [
        (gettext("Läge"), issue.get_state_display()), (gettext("Ärende"), matter),
        (gettext("Svar senast"), day(issue.answer_by)), (gettext("Diarienummer"), issue.diary_number),
        (gettext("Svar till"), issue.reply_to),
    ]  # fmt: skip
