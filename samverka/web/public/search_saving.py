"""Saving a search, following it by feed, and ending its mails by the link in them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samverka.kernel import search as engine
from samverka.kernel.access import public, signed_in
from samverka.kernel.errors import Refused
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.actions import saved_searches as actions
from samverka.knowledge.models import Pace, SavedSearch
from samverka.web.addresses import hit_address

from .search_list import asked_text, chosen_in, kept_query

IN_FEED = 30


@signed_in
@require_POST
@creates_once
def search_save(request: HttpRequest) -> HttpResponse:
    """Save the search whose address the form holds, or change its pace; back to it."""
    query = kept_query(QueryDict(request.POST.get("query", "")[:2000]))
    words, pace = asked_text(QueryDict(query)), request.POST.get("pace", Pace.WEEKLY)
    try:
        actions.save_search(by=request.user, query=query, words=words, pace=pace)
        messages.success(request, _("Sökningen är sparad. Du hittar den på ditt konto."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("saved_searches" if "list" in request.POST else f"{reverse('search')}?{query}")


@signed_in
def saved_searches(request: HttpRequest) -> HttpResponse:
    """One's saved searches: how often one is told, and the way to remove them."""
    context = {"saved": SavedSearch.objects.filter(user=request.user.pk), "paces": Pace.choices}
    return render(request, "account/saved_searches.html", context)


@signed_in
@require_POST
def search_remove(request: HttpRequest, search: str) -> HttpResponse:
    """Remove one of them."""
    actions.remove_search(by=request.user, search_id=search)
    messages.success(request, _("Sökningen är borttagen."))
    return redirect("saved_searches")


@public
def search_feed(request: HttpRequest) -> HttpResponse:
    """The newest that anybody finds by these words, as Atom."""
    text = asked_text(request.GET)
    if not text:
        raise Http404
    chosen = chosen_in(request.GET, newest=True)
    answer = engine.ask(text, user=AnonymousUser(), chosen=chosen, size=IN_FEED)
    base, here = settings.BASE_URL, f"{reverse('search')}?{kept_query(request.GET)}"
    own = f"{base}{request.get_full_path()}"
    feed = Atom1Feed(
        title=_("Nytt om {words}").format(words=text),
        link=f"{base}{here}",
        description="",
        feed_url=own,
        language=get_language(),
    )
    for hit in answer.hits:
        address = f"{base}{hit_address(hit)}"
        feed.add_item(
            title=hit.title, link=address, description=hit.summary, unique_id=address,
            pubdate=hit.found_from, updateddate=hit.found_from,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
def search_end(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the mails shall end; only the form ends them."""
    found = SavedSearch.objects.filter(token=token).first()
    if request.method == "POST":
        actions.end_alerts(token=token)
    return render(request, "public/search_end.html", {"saved": found, "ended": request.method == "POST"})


@csrf_exempt
@public
@require_POST
def search_end_at_once(request: HttpRequest, token: str) -> HttpResponse:
    """End them as a mail program does (RFC 8058): it has no page of ours to take a form from."""
    actions.end_alerts(token=token)
    return HttpResponse(status=204)
