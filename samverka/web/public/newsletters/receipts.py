"""What the registrar does from the mail, without an account: a receipt, passing it on, choosing the office."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.newsletters import links
from samverka.newsletters.actions import receipts, routing
from samverka.newsletters.enums import Audience
from samverka.newsletters.models import Delivery, Routing
from samverka.newsletters.progress import what_holds
from samverka.web.components.refusals import refusals_on

from .forms_routing import RoutingForm
from .forms_subscribing import PassOnForm, ReceiptForm

PAGES = "public/dispatches"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def receipt(request: HttpRequest, key: str) -> HttpResponse:
    """The receipt: an offer. Given again, the newest holds."""
    delivery = links.delivery_by_key(key)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            receipts.give_receipt(by=None, key=key, **form.cleaned_data)
            messages.success(request, _("Tack. Det är noterat hos avsändaren."))
            return redirect("receipt", key)
    context = _context(delivery, key) | {"form": form, "latest": what_holds(delivery)}
    return render(request, f"{PAGES}/receipt.html", context, status=422 if form.is_bound else 200)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def pass_on(request: HttpRequest, key: str) -> HttpResponse:
    """To colleagues by mail, or to the body's associations in its workspace."""
    delivery = links.delivery_by_key(key)
    form = PassOnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            receipts.pass_on(by=None, key=key, **form.cleaned_data)
            messages.success(request, _("Skickat till kollegorna."))
            return redirect("receipt", key)
    context = _context(delivery, key) | {"form": form, "associations_url": _associations_url(delivery)}
    return render(request, f"{PAGES}/pass_on.html", context, status=422 if form.is_bound else 200)


def _associations_url(delivery: Delivery) -> str:
    """Return where the body writes to its own associations, with the issue to pass on."""
    body = delivery.organisation
    if body is None or not body.is_public_body:
        return ""
    return f"{reverse('our_letter_new', args=[body.public_id])}?vidare={delivery.issue.public_id}"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def routing_by_mail(request: HttpRequest, key: str) -> HttpResponse:
    """Say who should have it: said once, and followed from then on."""
    delivery = links.delivery_by_key(key)
    body = delivery.organisation
    if delivery.audience != Audience.OFFICIAL or body is None:
        raise NotVisible
    form = RoutingForm(request.POST if request.method == "POST" else None, body=body)
    if form.is_valid():
        with refusals_on(form):
            data = form.cleaned_data
            routing.route_by_mail(by=None, key=key, wanted=form.wanted, copy=data["copy"], said_by=data["said_by"])
            messages.success(request, _("Sparat. Nästa utskick går dit ni har sagt."))
            return redirect("routing_by_mail", key)
    said = Routing.objects.filter(organisation=body).first()
    context = _context(delivery, key) | {"form": form, "said": said, "body": body}
    return render(request, f"{PAGES}/routing.html", context, status=422 if form.is_bound else 200)


def _context(delivery: Delivery, key: str) -> dict[str, object]:
    return {
        "delivery": delivery, "issue": delivery.issue, "key": key, "web_url": links.web_url(delivery.issue),
    }  # fmt: skip
