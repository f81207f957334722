"""The development mail sink: mails that were caught instead of sent. Only on the developer's own machine."""

import email
import email.policy
import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from samverka.kernel.access import public
from samverka.kernel.models import SinkMail
from samverka.web.components.frames import framed_html, may_frame


def _refuse_elsewhere(request: HttpRequest) -> None:
    """Raise Http404 unless the sink is on, the site's address is this machine and so is the reader.

    The mails hold codes that sign somebody in. A proxy in front would make every reader look like this machine.
    """
    host = urlsplit(settings.BASE_URL).hostname or ""
    here = host == "localhost" or _is_loopback(host)
    near = _is_loopback(request.META.get("REMOTE_ADDR", "")) and "X-Forwarded-For" not in request.headers
    if not (settings.MAIL_SINK and here and near):
        raise Http404


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


@public
def mails(request: HttpRequest) -> HttpResponse:
    _refuse_elsewhere(request)
    page = Paginator(SinkMail.objects.defer("text", "html", "raw"), 50).get_page(request.GET.get("sida"))
    return render(request, "public/sink/mails.html", {"page": page})


@public
@may_frame
def mail(request: HttpRequest, mail: str) -> HttpResponse:
    _refuse_elsewhere(request)
    found = get_object_or_404(SinkMail, public_id=mail)
    headers = email.message_from_bytes(bytes(found.raw), policy=email.policy.default).items()
    return render(request, "public/sink/mail.html", {"mail": found, "headers": list(headers)})


@public
@xframe_options_sameorigin
def html(request: HttpRequest, mail: str) -> HttpResponse:
    _refuse_elsewhere(request)
    return framed_html(get_object_or_404(SinkMail, public_id=mail).html)
