"""What has come back, and the addresses that get no more, with the rules as they are."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel.access import requires
from samverka.newsletters.actions.coming_back import lift_suppression
from samverka.newsletters.bouncing import RULES
from samverka.newsletters.models import Bounce, Suppression
from samverka.newsletters.rules import can_send_for_host

PAGE_SIZE = 50


@requires(can_send_for_host)
def editorial_bounces(request: HttpRequest) -> HttpResponse:
    """The rules, the stopped addresses, and the latest that came back."""
    stopped = Suppression.objects.filter(lifted_at=None).select_related("sender")
    context = {
        "rules": RULES,
        "page": Paginator(stopped, PAGE_SIZE).get_page(request.GET.get("sida")),
        "latest": Bounce.objects.select_related("delivery__issue")[:PAGE_SIZE],
    }
    return render(request, "editorial/issues/bounces.html", context)


@requires(can_send_for_host)
@require_POST
def editorial_suppression_lift(request: HttpRequest, pid: str) -> HttpResponse:
    """Let an address have mail again."""
    lift_suppression(by=request.user, pid=pid)
    messages.success(request, _("Adressen får utskick igen."))
    return redirect("editorial_bounces")
