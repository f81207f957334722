"""The mails: whether they have left, and how each looks. What one said to somebody is never shown here."""

from typing import Any

from django.conf import settings
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from samverka.accounts.rules import can_manage_installation
from samverka.kernel.access import requires
from samverka.kernel.health import outbox_counts
from samverka.kernel.mail import overview
from samverka.kernel.mail.emails import Email, registered
from samverka.kernel.models import OutboxState
from samverka.web.components.frames import framed_html, may_frame

PER_PAGE = 50


@requires(can_manage_installation)
def outbox(request: HttpRequest) -> HttpResponse:
    """The outbox, newest first; one state with `?lage=`."""
    state = request.GET.get("lage", "")
    page = Paginator(overview.messages(state), PER_PAGE).get_page(request.GET.get("sida"))
    counts = outbox_counts()
    states = [(value, label, counts[value]) for value, label in OutboxState.choices]
    context = {"page": page, "rows": overview.rows(list(page.object_list)), "states": states, "state": state}
    return render(request, "editorial/messages.html", context)


@requires(can_manage_installation)
@require_POST
def send_again(request: HttpRequest, message: str) -> HttpResponse:
    overview.send_again(message, by=request.user)
    flash.success(request, _("Meddelandet är på väg igen."))
    return redirect("editorial_messages")


@requires(can_manage_installation)
def previews(request: HttpRequest) -> HttpResponse:
    return render(request, "editorial/message_previews.html", {"emails": [_shown(email) for email in registered()]})


@requires(can_manage_installation)
@may_frame
def preview(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """One mail with invented content, as HTML and as text."""
    email = _email(code, language)
    context = {
        "email": _shown(email),
        "rendered": email.example(language),
        "language": language,
        "languages": settings.LANGUAGES,
    }
    return render(request, "editorial/message_preview.html", context)


@requires(can_manage_installation)
@xframe_options_sameorigin
def preview_html(request: HttpRequest, code: str, language: str) -> HttpResponse:
    return framed_html(_email(code, language).example(language).html)


def _email(code: str, language: str) -> type[Email]:
    email = next((email for email in registered() if email.code == code), None)
    if email is None or language not in dict(settings.LANGUAGES):
        raise Http404
    return email


def _shown(email: type[Email]) -> dict[str, Any]:
    """Return what the templates say of a mail; a class itself would be called by them."""
    return {"code": email.code, "title": email.title, "when": email.when}
