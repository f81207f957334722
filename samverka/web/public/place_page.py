"""What a place's page shows, put together from places and the register."""

from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext

from samverka.collaborations.queries import count_active_of
from samverka.knowledge.finding import portrait_of, told_at
from samverka.organisations.enums import CIVIL_KINDS, PUBLIC_KINDS, Kind
from samverka.organisations.models import Organisation
from samverka.organisations.queries import body_of_municipality, body_of_region
from samverka.organisations.register import RegisterFilters, register_page
from samverka.organisations.shown import shown, shown_rows
from samverka.places.models import Municipality, Region
from samverka.surveys.own import newest_published_response
from samverka.web.components.locator import place_map
from samverka.web.components.words import language
from samverka.web.own_answers import place_answers
from samverka.web.public.knowledge.addresses import page_path

NEWEST = 10
FIELDS = 6
OTHER_BODIES = 20
ANSWERS_KEPT = 24 * 3600  # seconds
CIVIL = tuple(kind.value for kind in Kind if kind in CIVIL_KINDS)
SMALL_BODIES = tuple(kind.value for kind in PUBLIC_KINDS - {Kind.MUNICIPALITY, Kind.REGION})


def place_page(place: Municipality | Region) -> dict[str, Any]:
    """Return the context of a place's page. What shows of an organisation is what the public may see."""
    county, is_region = place.county, isinstance(place, Region)
    body = body_of_region(place.code) if is_region else body_of_municipality(place.code)
    counties, municipalities = ((place.code,), ()) if is_region else ((), (place.code,))
    filters = RegisterFilters(kinds=CIVIL, order="ny", counties=counties, municipalities=municipalities)
    civil = register_page(filters, page_size=NEWEST)
    fields = sorted(civil.facets.get("omrade", []), key=lambda choice: -choice.count)[:FIELDS]
    return {
        "place": place,
        "county": county,
        "region": None if is_region else getattr(county, "region", None),
        "body": shown(body) if body else None,
        "active": count_active_of(body) if body else 0,
        "answers": _answers(body) if body else None,
        **_told(place, body),
        "other_bodies": shown_rows(list(_other_bodies(place))),
        "count": civil.total,
        "fields": [(field, replace(filters, order="", fields=(field.value,)).query_string()) for field in fields],
        "newest": civil.rows,
        "list_query": replace(filters, order="").query_string(),
        "map": place_map(county.code, place.code, gettext("{place} på kartan").format(place=place.display_name)),
    }


def _told(place: Municipality | Region, body: Organisation | None) -> dict[str, Any]:
    """Return the newest examples from here, and the portrait of the body."""
    is_region = isinstance(place, Region)
    examples, count = told_at(county=place.code) if is_region else told_at(municipality=place.code)
    portrait = portrait_of(body) if body else None
    return {
        "examples": [(page, page_path(page)) for page in examples],
        "examples_count": count,
        "examples_url": f"{reverse('examples')}?{'lan' if is_region else 'kommun'}={place.code}",
        "portrait": portrait,
        "portrait_url": page_path(portrait) if portrait else "",
    }


def _answers(body: Organisation) -> dict[str, Any] | None:
    """Return what the body answered in the newest published round, beside others; kept until somebody answers anew."""
    response = newest_published_response(body)
    if response is None:
        return None
    found = response.round
    key = f"place-answers:1:{response.pk}:{found.revision}:{found.row_version}:{language()}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        kept = place_answers(response)
        cache.set(key, kept, ANSWERS_KEPT)
    return kept


def _other_bodies(place: Municipality | Region) -> Any:
    """Return companies, federations and agencies placed here."""
    visible = Organisation.objects.visible_to(None).filter(kind__in=SMALL_BODIES)
    at = (
        visible.filter(county=place.code, municipality=None)
        if isinstance(place, Region)
        else visible.in_municipality(place.code)
    )
    return at.order_by("sort_key")[:OTHER_BODIES]
