"""What people search for and do not find."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.kernel.access import requires
from samverka.kernel.search.missed import DAYS, KEPT, VISITORS, WAITS, most_missed
from samverka.knowledge.search_rules import can_see_searches

PAGE_SIZE = 50


@requires(can_see_searches)
def editorial_searches(request: HttpRequest) -> HttpResponse:
    """The words, how often, and when last; never who."""
    page = Paginator(most_missed(), PAGE_SIZE).get_page(request.GET.get("sida"))
    rule = {"visitors": VISITORS, "days": DAYS, "kept": KEPT.days, "waits": WAITS.days}
    return render(request, "editorial/searches.html", {"page": page, **rule})
