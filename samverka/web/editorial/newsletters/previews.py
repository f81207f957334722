"""An issue looked at before anybody else does: as mail, text and web page; what is to be mended; sent to oneself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from samverka.kernel.errors import Refused
from samverka.newsletters.actions.checking import ask_for_checks, send_to_myself
from samverka.newsletters.checks import STOPS, TELLS, WARNS, findings
from samverka.newsletters.letters import Letter
from samverka.newsletters.merging import all_leading_to, merge
from samverka.newsletters.models import Issue, LinkCheck
from samverka.newsletters.place_lines import lines_for
from samverka.newsletters.queries import text_in
from samverka.newsletters.rendering import languages_of, render_issue
from samverka.web.components.frames import framed_html, may_frame
from samverka.web.public.newsletters.drawing import draw_web

from .desk import Desk
from .issues import label_of

#: How a mail is looked at: the frame's width in pixels, by the name that stands in the address.
WIDTHS = {"bred": 640, "mobil": 360}
_LOOKS = ("mejl", "text", "webb")


@require_http_methods(["GET", "HEAD", "POST"])
@may_frame
def issue_preview(request: HttpRequest, desk: Desk, issue: str, language: str) -> HttpResponse:
    """The issue as it stands: `?visa=` mejl, text or webb, `?bredd=` bred or mobil, `?farger=mork`. A POST sends it to
    oneself.
    """
    found = desk.issue(issue)
    text_in(found, language)
    if request.method == "POST":
        send_to_myself(by=request.user, issue_id=issue, language=language)
        messages.success(request, _("Utskicket är på väg till din egen adress."))
        return redirect(desk.url("issue_preview", issue, language))
    look = request.GET.get("visa", "mejl") if request.GET.get("visa") in _LOOKS else "mejl"
    width = request.GET.get("bredd", "bred") if request.GET.get("bredd") in WIDTHS else "bred"
    letter = _merged(found, language)
    context = desk.context(
        issue=found, language=language, languages=languages_of(found), letter=letter, look=look, width=width,
        pixels=WIDTHS[width], dark=request.GET.get("farger") == "mork",
        web=draw_web(letter.web) if look == "webb" else "",
    )  # fmt: skip
    return render(request, "editorial/issues/preview.html", context)


@xframe_options_sameorigin
def issue_preview_html(request: HttpRequest, desk: Desk, issue: str, language: str) -> HttpResponse:
    """The mail's own HTML for the frame. `?farger=mork` shows what a reader with dark colours sees."""
    found = desk.issue(issue)
    text_in(found, language)
    html = _merged(found, language).html
    if request.GET.get("farger") == "mork":
        html = html.replace("@media (prefers-color-scheme: dark)", "@media all")
    return framed_html(html)


def _merged(issue: Issue, language: str) -> Letter:
    """Return the letter as its own sender would get it."""
    letter = render_issue(issue, language)
    lines = lines_for(issue.sender)
    with translation.override(language):
        why = _("Här står varför just den mottagaren får utskicket.")
    own = lines.sv if language == "sv" else lines.en
    return merge(letter, all_leading_to(letter.web["web"], why=why, lines=own))


@require_http_methods(["GET", "HEAD", "POST"])
def issue_checks(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """What stops the issue, what its author should know, and what is right. A POST tries the links and the domain."""
    found = desk.issue(issue)
    if request.method == "POST":
        if request.POST.get("do") != "check":
            raise Refused(_("Välj vad du vill göra."))
        ask_for_checks(by=request.user, issue_id=issue)
        messages.success(request, _("Vi prövar länkarna och domänen. Det tar högst några minuter; ladda om sidan då."))
        return redirect(desk.url("issue_checks", issue))
    told = findings(found)
    context = desk.context(
        issue=found, stops=[_shown(desk, found, one) for one in told if one.level == STOPS],
        warns=[_shown(desk, found, one) for one in told if one.level == WARNS],
        tells=[_shown(desk, found, one) for one in told if one.level == TELLS],
        checked=LinkCheck.objects.filter(issue=found).order_by("-checked_at").first(),
    )  # fmt: skip
    return render(request, "editorial/issues/checks.html", context)


def _shown(desk: Desk, issue: Issue, found: Any) -> dict[str, Any]:
    """Return a finding with the address where it is mended."""
    if found.block is not None:
        url = desk.url("issue_part", issue.public_id, found.block.public_id)
        where = f"{found.block.get_kind_display()}: {label_of(found.block)}"
        return {"said": found.said, "url": url, "record": found.record, "where": where}
    pages = {
        "facts": ("issue_facts", issue.public_id), "number": ("issue_number", issue.public_id),
        "text": ("issue_text", issue.public_id, found.language), "blocks": ("issue", issue.public_id),
        "plain": ("issue_plain", issue.public_id, found.language),
    }  # fmt: skip
    url = desk.url(*pages[found.page]) if found.page else ""
    return {"said": found.said, "url": url, "record": found.record}
