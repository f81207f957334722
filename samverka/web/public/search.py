"""One search over everything that the person may find, with what narrows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from samverka.kernel import search as engine
from samverka.kernel.access import public
from samverka.kernel.search import missed
from samverka.knowledge.models import Pace
from samverka.places.queries import named_like
from samverka.web.client import client_address

from .search_list import SearchList, asked_text, chosen_in, page_in

MOST_PAGES = 50


@public
def search(request: HttpRequest) -> HttpResponse:
    """Best answers first, narrowed by what is chosen in the address."""
    text, chosen = asked_text(request.GET), chosen_in(request.GET)
    page = min(page_in(request.GET), MOST_PAGES)
    answer = engine.ask(text, user=request.user, chosen=chosen, page=page)
    listing = SearchList(request.GET, answer, page)
    places = named_like(text) if text and not listing.chips and page == 1 else []
    if text and not answer.total and not listing.chips and not places and _from_our_form(request):
        missed.note(text, _visitor(request))
    context = {"text": text, "answer": answer, "listing": listing, "places": places, "paces": Pace.choices}
    response = render(request, "public/search.html", context)
    patch_vary_headers(response, ["Referer"])
    return response


def _visitor(request: HttpRequest) -> str:
    """Return what tells one visitor from another; only a mark of it that many share is kept, and not for long."""
    user = request.user
    return f"account {user.pk}" if user.is_authenticated else client_address(request)


def _from_our_form(request: HttpRequest) -> bool:
    """Whether somebody searched on a page of ours. A link in a mail, followed by a scanner or not, counts nothing."""
    return request.method == "GET" and request.headers.get("Referer", "").startswith(
        f"{request.scheme}://{request.get_host()}/"
    )
