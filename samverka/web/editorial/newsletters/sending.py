"""From a finished issue to a sent one: to whom, a last look, sending, and how it goes."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.idempotency import creates_once
from samverka.newsletters import audiences, progress
from samverka.newsletters.actions import audience as actions
from samverka.newsletters.actions import sending
from samverka.newsletters.checks import stops
from samverka.newsletters.enums import DeliveryState, Format, IssueState
from samverka.newsletters.models import Issue, IssueText
from samverka.newsletters.subjects import subject_line
from samverka.web.components.refusals import refusals_on

from .desk import Desk
from .forms_audience import FORMS, ScheduleForm

PAGES = "editorial/issues"
PAGE_SIZE, SAMPLE = 100, 10
#: htmx stops polling when it gets this status
STOP_POLLING = 286
ACTS: dict[str, Callable[..., Any]] = {
    "pause": sending.pause_sending,
    "resume": sending.resume_sending,
    "cancel": sending.cancel_rest,
    "again": sending.send_uncertain_again,
    "unschedule": sending.unschedule,
}


@require_http_methods(["GET", "HEAD", "POST"])
def issue_audience(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """Choose to whom."""
    found = desk.issue(issue)
    form = FORMS[Format(found.format)](request.POST if request.method == "POST" else None, issue=found)
    if form.is_valid():
        with refusals_on(form):
            actions.choose_audience(by=request.user, issue_id=issue, segment=form.segment)
            return redirect(desk.url("issue_send", issue))
    context = desk.context(issue=found, form=form)
    return render(request, f"{PAGES}/audience.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def issue_send(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """A last look: how many, some of them, what stands in the way. Then now, or at a time."""
    found = desk.issue(issue)
    if found.state not in {IssueState.DRAFT, IssueState.SCHEDULED}:
        return redirect(desk.url("issue_progress", issue))
    segment = audiences.Segment.of(found.audience)
    if not segment.kind:
        return redirect(desk.url("issue_audience", issue))
    later = request.method == "POST" and request.POST.get("do") == "later"
    form = ScheduleForm(request.POST if later else None)
    if request.method == "POST":
        answer = _later(request, desk, found, form) if later else _now(request, desk, found)
        if answer is not None:
            return answer
    return _last_look(request, desk, found, segment, form)


def _now(request: HttpRequest, desk: Desk, issue: Issue) -> HttpResponse:
    sending.begin_sending(by=request.user, issue_id=issue.public_id)
    messages.success(request, _("Utskicket är på väg. Du kan lämna sidan."))
    return redirect(desk.url("issue_progress", issue.public_id))


def _later(request: HttpRequest, desk: Desk, issue: Issue, form: ScheduleForm) -> HttpResponse | None:
    if form.is_valid():
        with refusals_on(form):
            sending.schedule_sending(by=request.user, issue_id=issue.public_id, at=form.cleaned_data["send_at"])
            messages.success(request, _("Klart. Det skickas av sig självt då."))
            return redirect(desk.url("issue_progress", issue.public_id))
    return None


def _last_look(
    request: HttpRequest, desk: Desk, issue: Issue, segment: audiences.Segment, form: ScheduleForm
) -> HttpResponse:  # fmt: skip
    letter, text = issue.format == Format.PLAIN and not issue.blocks.standing().exists(), issue.texts.first()
    context = desk.context(
        issue=issue, form=form, reach=audiences.reach(segment, issue.sender, SAMPLE),
        stops=[] if letter else stops(issue), letter=text if letter else None,
        subject=_subject(issue, text) if text and not letter else "", language=text and text.language,
    )  # fmt: skip
    return render(request, f"{PAGES}/send.html", context, status=422 if form.is_bound else 200)


def _subject(issue: Issue, text: IssueText) -> str:
    """Return the whole subject in the letter's own language."""
    with translation.override(text.language):
        return subject_line(issue, text.subject)


def issue_progress(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """How the sending goes. The page can be left and found again."""
    found = desk.issue(issue)
    if found.state == IssueState.DRAFT:
        return redirect(desk.url("issue_send", issue))
    told, htmx = progress.progress_of(found), bool(request.headers.get("HX-Request"))
    context = desk.context(issue=found, told=told)
    if not htmx:
        context |= {
            "passed_on": progress.passed_on_by(found), "receipts": progress.receipt_counts(found),
            "openings": progress.openings_of(found),
        }  # fmt: skip
    template = f"{PAGES}/_progress.html" if htmx else f"{PAGES}/progress.html"
    response = render(request, template, context, status=STOP_POLLING if htmx and not told.running else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@creates_once
def issue_sending_act(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """Pause, go on, stop the rest, or send to those who are uncertain: `do` says what."""
    found = desk.issue(issue)
    if request.POST.get("do") not in ACTS:
        raise Refused(_("Välj vad som ska hända."))
    ACTS[request.POST["do"]](by=request.user, issue_id=found.public_id)
    return redirect(desk.url("issue_progress", issue))


def issue_log(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """Each recipient: address, how it went, what the server said, and when the address is removed."""
    found = desk.issue(issue)
    state = request.GET.get("lage", "")
    page = Paginator(progress.log_of(found, state), PAGE_SIZE).get_page(request.GET.get("sida"))
    said = progress.receipts_for(page.object_list)
    rows = [(row, said.get(row.pk, "")) for row in page.object_list]
    context = desk.context(issue=found, page=page, rows=rows, state=state, states=DeliveryState.choices)
    return render(request, f"{PAGES}/log.html", context)


def issue_log_export(request: HttpRequest, desk: Desk, issue: str, format: str) -> HttpResponse:
    """The same as a file."""
    found = desk.issue(issue)
    if format not in progress.FORMATS:
        raise NotVisible
    file = BytesIO()
    progress.export_log(found, format=format, file=file)
    response = HttpResponse(file.getvalue(), content_type=progress.FORMATS[format])
    response["Content-Disposition"] = f'attachment; filename="utskick-{found.public_id}.{format}"'
    return response
