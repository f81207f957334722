"""Places: one page per municipality and region, which binds together what is known there."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from samverka.kernel.access import public
from samverka.kernel.text import swedish_sort_key
from samverka.places.models import County, Municipality, Region, place_path
from samverka.places.queries import by_path, counties_with_municipalities
from samverka.web.components.locator import counties_map

from .place_page import place_page

Group = tuple[County, Region | None, list[Municipality]]


@public
def places(request: HttpRequest) -> HttpResponse:
    """All places by county, or those whose name holds what was asked for (`q`)."""
    asked = request.GET.get("q", "").strip()[:100]
    groups = _groups(swedish_sort_key(asked))
    found = sum(len(municipalities) + (region is not None) for _county, region, municipalities in groups)
    shown_map = "" if asked else counties_map((county.code, county.display_name) for county, *_rest in groups)
    context = {"groups": groups, "asked": asked, "found": found, "map": shown_map}
    return render(request, "public/places.html", context)


def _groups(key: str) -> list[Group]:
    """Return (county, region, municipalities) of those whose name holds `key`; a county's own name takes all of it."""
    groups = []
    for county in counties_with_municipalities():
        region: Region | None = county.region
        municipalities = list(county.municipalities.all())
        if key and key not in county.sort_key:
            region = region if region and key in swedish_sort_key(region.display_name) else None
            municipalities = [m for m in municipalities if key in swedish_sort_key(m.display_name)]
        if region or municipalities:
            groups.append((county, region, municipalities))
    return groups


@public
def place(request: HttpRequest, path: str) -> HttpResponse:
    """One municipality's or region's page. A wrong name after the code leads to the right address."""
    found = by_path(path)
    if found is None:
        raise Http404
    if place_path(found) != path:
        return HttpResponsePermanentRedirect(reverse("place", args=[place_path(found)]))
    return render(request, "public/place.html", place_page(found))
