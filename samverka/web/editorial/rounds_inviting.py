"""Inviting those in the panel: what the mail says, sending it to all, and how far the sending is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.kernel.models import JobProgress
from samverka.organisations.models import Organisation
from samverka.surveys.actions.inviting import SENDING, invite
from samverka.surveys.emails import SurveyEmail, SurveyInvitation, SurveyReminder
from samverka.surveys.letters import SAMPLE, said_to
from samverka.surveys.models import Asked, Round
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.frames import framed_html, may_frame
from samverka.web.components.words import language

from .rounds import round_called

#: htmx stops polling when it gets this status
STOP_POLLING = 286
MAILS: dict[str, type[SurveyEmail]] = {"inbjudan": SurveyInvitation, "paminnelse": SurveyReminder}


@requires(can_run_surveys)
@may_frame
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at the mail, and send it to all who have not had it."""
    found = round_called(slug)
    if request.method == "POST":
        progress = invite(by=request.user, slug=slug)
        messages.success(request, _("Inbjudningarna är på väg. Du kan lämna sidan."))
        return redirect("editorial_invite_state", slug, progress.public_id)
    which = request.GET.get("mejl") if request.GET.get("mejl") in MAILS else "inbjudan"
    there = Asked.objects.filter(round=found)
    context = {
        "round": found,
        "which": which,
        "rendered": _rendered(found, str(which), language()),
        "waiting": there.to_invite().count(),
        "without": there.filter(email="", state="waiting").count(),
        "invited": there.filter(invited_at__isnull=False).count(),
        "latest": JobProgress.objects.filter(kind=SENDING, label=slug).order_by("-id").first(),
    }
    return render(request, "editorial/rounds_invite.html", context)


@requires(can_run_surveys)
@xframe_options_sameorigin
def editorial_invite_html(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    """The mail as it looks, with the round's own words and an invented receiver."""
    if which not in MAILS:
        raise NotVisible
    return framed_html(_rendered(round_called(slug), which, language()).html)


def _rendered(found: Round, which: str, wanted: str) -> Any:
    """Return the mail of a round as somebody invented would get it: its link opens nothing."""
    with override(wanted):
        said = said_to(Asked(round=found, organisation=_nobody(), public_id="exempel"))
    said |= {"form_url": SAMPLE["form_url"]} if not found.is_anonymous else {}
    closes_on = found.closes_on.isoformat() if found.closes_on else ""
    mail = MAILS[which]("exempel", 1, str(found)[:300], closes_on, int(bool(found.provision)), found.diary_number)
    return mail.render(wanted, said)


def _nobody() -> Any:
    return Organisation(name=SAMPLE["name"], kind="municipality")


@requires(can_run_surveys)
def editorial_invite_state(request: HttpRequest, slug: str, progress: str) -> HttpResponse:
    """How far the sending is. The page can be left and found again."""
    row = JobProgress.objects.filter(public_id=progress, kind=SENDING, label=slug).first()
    if row is None:
        raise NotVisible
    running, htmx = row.state in {"waiting", "running"}, bool(request.headers.get("HX-Request"))
    context = {"round": round_called(slug), "progress": row, "running": running}
    template = "editorial/rounds_invite_part.html" if htmx else "editorial/rounds_invite_state.html"
    response = render(request, template, context, status=STOP_POLLING if htmx and not running else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response
