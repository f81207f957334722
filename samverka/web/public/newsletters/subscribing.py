"""Subscribing: the open page, and one's own page by the secret link. A GET only shows; every change is sent by POST."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import public
from samverka.kernel.idempotency import creates_once
from samverka.newsletters import links
from samverka.newsletters.actions import subscribing
from samverka.newsletters.enums import SubscriberState
from samverka.web.components.refusals import refusals_on

from .forms_subscribing import SubscribeForm, WishesForm, wishes_of

PAGES = "public/dispatches"


@public
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for mail; nothing is sent before the link in the first one has been answered."""
    form = SubscribeForm(
        request.POST if request.method == "POST" else None, initial={"language": get_language() or "sv"}
    )
    if form.is_valid():
        with refusals_on(form):
            subscribing.subscribe(by=None, email=form.cleaned_data["email"], wishes=form.wishes)
            return redirect("subscribe_asked")
    return render(request, f"{PAGES}/subscribe.html", {"form": form}, status=422 if form.is_bound else 200)


@public
@require_http_methods(["GET", "HEAD"])
def subscribe_asked(request: HttpRequest) -> HttpResponse:
    """What happens next: a mail is on its way."""
    return render(request, f"{PAGES}/subscribe_asked.html")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, key: str) -> HttpResponse:
    """One's own page: confirm, change what one gets, end."""
    row = links.subscriber_by_key(key)
    form = WishesForm(request.POST if request.method == "POST" else None, initial=wishes_of(row))
    if row.state == SubscriberState.CONFIRMED and form.is_valid():
        subscribing.change_wishes(by=None, key=key, wishes=form.wishes)
        messages.success(request, _("Sparat. Det gäller från nästa utskick."))
        return redirect("subscription", key)
    context = {"row": row, "form": form, "key": key}
    return render(request, f"{PAGES}/subscription.html", context, status=422 if form.is_bound else 200)


@public
@require_POST
def subscription_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the subscription."""
    subscribing.confirm(by=None, key=key)
    messages.success(request, _("Klart. Nu prenumererar du."))
    return redirect("subscription", key)


@public
@require_POST
def subscription_end(request: HttpRequest, key: str) -> HttpResponse:
    """End the subscription."""
    subscribing.end_subscription(by=None, key=key)
    messages.success(request, _("Prenumerationen är avslutad. Du får inget mer."))
    return redirect("subscription", key)
