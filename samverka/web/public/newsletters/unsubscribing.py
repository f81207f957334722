"""Ending by the mail's own link: in one click from the mail program (RFC 8058), or from the page that the link opens.

A scanner follows links by GET and sends no form: nothing ends by that. A mail program posts exactly
`List-Unsubscribe=One-Click`, without cookies, so this one view is open to posts from elsewhere; the key in its address
is the proof that the mail has come to the one who posts.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import public
from samverka.newsletters import links
from samverka.newsletters.actions.subscribing import end_by_mail
from samverka.newsletters.enums import Audience, Ending, SubscriberState
from samverka.newsletters.models import Delivery, Subscriber, Suppression

PAGES = "public/dispatches"


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """A page with a button; a post of a mail program, or of the button, ends it."""
    delivery = links.delivery_by_key(key)
    if delivery.audience == Audience.OFFICIAL:
        return redirect("routing_by_mail", key)
    if request.method == "POST":
        if request.POST.get("List-Unsubscribe") == "One-Click":
            end_by_mail(by=None, key=key, how=Ending.ONE_CLICK)
            return HttpResponse(_("Avslutad."), content_type="text/plain; charset=utf-8")
        if request.POST.get("end") == "yes":
            end_by_mail(by=None, key=key, how=Ending.PAGE)
            return redirect("unsubscribe", key)
    context = {"delivery": delivery, "ended": _has_ended(delivery), "key": key}
    return render(request, f"{PAGES}/unsubscribe.html", context)


def _has_ended(delivery: Delivery) -> bool:
    if delivery.audience == Audience.ASSOCIATION:
        stopped = Suppression.objects.filter(address__iexact=delivery.address, lifted_at=None)
        return stopped.filter(sender=delivery.issue.sender_id).exists()
    there = Subscriber.objects.filter(email__iexact=delivery.address)
    return not there.exclude(state=SubscriberState.ENDED).exists()


@public
@never_cache
@require_http_methods(["GET", "HEAD"])
def preferences(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to what can be chosen: a subscriber's own page, an office's, or ending an association's letters."""
    delivery = links.delivery_by_key(key)
    if delivery.audience == Audience.OFFICIAL:
        return redirect("routing_by_mail", key)
    there = Subscriber.objects.filter(email__iexact=delivery.address).exclude(state=SubscriberState.ENDED)
    row = there.first() if delivery.audience == Audience.SUBSCRIBER else None
    return redirect("subscription", links.subscriber_key(row)) if row else redirect("unsubscribe", key)
