"""Atom feeds of the knowledge bank: of all, of a field, of a form, of a place."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from samverka.collaborations.enums import Form
from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.knowledge.models import Page
from samverka.organisations.models import ActivityField
from samverka.places.models import County, Municipality
from samverka.web.components.words import language

from .addresses import lasting_address

MOST = 50
_KEPT = 300


@dataclass(frozen=True)
class FeedLink:
    """A feed as a page points at it."""

    title: str
    url: str


def feeds_of(document: dict[str, Any] | None = None) -> list[FeedLink]:
    """Return the feed of all, and with a document those of its place, fields and forms."""
    found = [FeedLink(_("Allt nytt"), reverse("feed_all"))]
    if document is None:
        return found
    if place := document["place"]:
        found.append(FeedLink(place["name"], reverse("feed_place", args=[place["code"]])))
    english = language() == "en"
    for code, swedish, in_english in document["fields"]:
        found.append(FeedLink(in_english if english else swedish, reverse("feed_field", args=[code])))
    found += [FeedLink(str(Form(code).label), reverse("feed_form", args=[code])) for code in document["forms"]]
    return found


@public
def feed_all(request: HttpRequest) -> HttpResponse:
    """Everything that is published."""
    return _feed(request, _("Allt nytt"), Page.objects.published())


@public
def feed_field(request: HttpRequest, code: str) -> HttpResponse:
    """What is published in a field."""
    fields = list(ActivityField.objects.filter(code=code))
    if not fields:
        raise NotVisible
    name = fields[0].name_en if language() == "en" else fields[0].name_sv
    return _feed(request, name, Page.objects.published().filter(fields__in=fields).distinct())


@public
def feed_form(request: HttpRequest, code: str) -> HttpResponse:
    """What is published of a form of collaboration."""
    if code not in Form.values:
        raise NotVisible
    return _feed(request, str(Form(code).label), Page.objects.published().filter(forms__contains=[code]))


@public
def feed_place(request: HttpRequest, code: str) -> HttpResponse:
    """What is published about a municipality (four digits) or a county (two), with its municipalities."""
    rows = Page.objects.published()
    place: Municipality | County | None = Municipality.objects.filter(pk=code).first()
    if place is not None:
        return _feed(request, place.display_name, rows.filter(municipality=place))
    place = County.objects.filter(pk=code).first()
    if place is None:
        raise NotVisible
    within = Q(municipality__code__startswith=code) | Q(county=place)
    return _feed(request, place.display_name, rows.filter(within))


def _feed(request: HttpRequest, title: str, rows: Any) -> HttpResponse:
    here = f"{settings.BASE_URL}{request.path}"
    feed = Atom1Feed(
        title=f"{settings.SITE_NAME}: {title}", link=settings.BASE_URL, description=None, language=language(),
        feed_url=here, feed_guid=here,
    )  # fmt: skip
    for page in rows.select_related("owner").order_by("-published_at", "-pk")[:MOST]:
        address = lasting_address(page)
        feed.add_item(
            title=page.title, link=address, unique_id=address, description=page.summary, pubdate=page.published_at,
            updateddate=max(page.published_at, page.changed_at),
            author_name=page.owner.name if page.owner else settings.SITE_NAME, categories=[page.get_kind_display()],
        )  # fmt: skip
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={_KEPT}"
    return response
