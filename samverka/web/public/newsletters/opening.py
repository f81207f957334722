"""A link of a magazine, opened: it leads on, and a line without a person goes to the day's file (ADR on clicks)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.kernel.logs import unlogged
from samverka.newsletters.clicks import note_opening, target_of


@public
@unlogged
@never_cache
@require_http_methods(["GET", "HEAD"])
def open_link(request: HttpRequest, issue: str, number: int) -> HttpResponse:
    """Lead to the address that stood in the issue when it was sent; to no other."""
    target = target_of(issue, number)
    if not target:
        raise NotVisible
    if request.method == "GET":
        note_opening(issue, number)
    return HttpResponseRedirect(target)
