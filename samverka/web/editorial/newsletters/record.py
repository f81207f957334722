"""What was sent and to whom, as a record that can be shown to anyone who asks (5 kap. OSL)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from samverka.kernel.errors import NotVisible
from samverka.kernel.pdf import CONTENT_TYPE, render_pdf
from samverka.newsletters.actions.records import take_out
from samverka.newsletters.enums import Audience
from samverka.newsletters.models import Issue
from samverka.newsletters.queries import counts_of, official_receivers
from samverka.web.public.newsletters.drawing import draw_web

from .desk import Desk


@require_http_methods(["GET", "HEAD", "POST"])
def issue_record(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """The record of a sent issue; a POST gives it out as PDF and writes that in the log."""
    found = desk.issue(issue)
    if not found.is_sent:
        raise NotVisible
    context = record_of(found)
    if request.method == "POST":
        take_out(by=request.user, issue_id=issue)
        paper = render_pdf("pdf/issue_record.html", context, title=found.title, language="sv")
        response = HttpResponse(paper, content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="utskick-{found.public_id}.pdf"'
        return response
    return render(request, "editorial/issues/record.html", desk.context(**context))


def record_of(issue: Issue) -> dict[str, Any]:
    """Return the record: head, receivers by organisation and function, counts, and what was sent in each language."""
    counts = counts_of(issue)
    letters = [
        {"language": language, "subject": told.get("subject", ""), "body": _body(told), "text": told.get("text", "")}
        for language, told in issue.document.items()
    ]
    return {
        "issue": issue, "receivers": official_receivers(issue), "letters": letters,
        "subscribers": counts[Audience.SUBSCRIBER], "associations": counts[Audience.ASSOCIATION],
    }  # fmt: skip


def _body(told: dict[str, Any]) -> Any:
    if not told.get("web"):
        return ""
    with translation.override(told["web"]["language"]):
        return draw_web(told["web"])
