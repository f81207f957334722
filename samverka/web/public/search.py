"""One search over what the person may find."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.kernel import search as engine
from samverka.kernel.access import public
from samverka.places.queries import named_like
from samverka.web.addresses import hit_address

MOST = 30


@public
def search(request: HttpRequest) -> HttpResponse:
    """Best answers first; of one kind when it is named in the address."""
    text = request.GET.get("q", "").strip()[:200]
    kinds = {source.kind: str(source.label) for source in engine.sources()}
    kind = request.GET.get("slag", "")
    hits = engine.search(text, user=request.user, limit=MOST, kind=kind if kind in kinds else "")
    context = {
        "places": named_like(text) if not kind else [],
        "text": text,
        "kind": kind,
        "kinds": kinds.items(),
        "hits": [(hit, hit_address(hit)) for hit in hits],
        "full": len(hits) == MOST,
    }
    return render(request, "public/search.html", context)
