"""What the register's list shows besides its rows: chips, facets, orders and paging, all as addresses."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.organisations.register import FACETS, ORDERS, FacetCount, RegisterFilters, RegisterPage
from samverka.web.components.lists import Chip, Facet, FacetOption
from samverka.web.components.words import count_sentence

from .register_rows import draw_rows

#: in the order they stand on the page
HEADINGS = {"slag": _("Slag"), "omrade": _("Verksamhet"), "lan": _("Län"), "kommun": _("Kommun")}
SHOWN = {"slag": 6, "lan": 6, "kommun": 8, "omrade": 6}
ORDER_LABELS = {"traff": _("Bästa träff"), "namn": _("Namn"), "ny": _("Senast ändrad")}
#: without a county the municipalities are too many to choose among: only those with most show
MUNICIPALITIES_UNASKED = 8


@dataclass(frozen=True)
class Order:
    """A way to sort: its label, its address, whether it is the one in use."""

    label: Any
    url: str
    current: bool


@dataclass(frozen=True)
class RegisterList:
    """A page of the register as its template reads it. previous, next: addresses, "" where there is no such page."""

    page: RegisterPage
    chips: list[Chip]
    facets: list[Facet]
    orders: list[Order]
    previous: str
    next: str
    query: str
    said: str
    kept: list[tuple[str, str]]
    more_municipalities: bool
    rows: SafeString


def register_list(page: RegisterPage) -> RegisterList:
    """Return what the template shows around the rows of `page`."""
    filters = page.filters
    here = filters.page
    return RegisterList(
        page=page,
        rows=draw_rows(page.rows, reverse("organisations")),
        chips=_chips(page),
        facets=[_facet(page, key) for key in HEADINGS if page.facets.get(key)],
        orders=_orders(filters),
        previous=_url(filters, page=here - 1) if here > 1 else "",
        next=_url(filters, page=here + 1) if here < page.pages else "",
        query=filters.query_string(page=1),
        said=_said(page),
        kept=_kept(filters),
        more_municipalities=not filters.counties and len(page.facets.get("kommun", [])) > MUNICIPALITIES_UNASKED,
    )


def _said(page: RegisterPage) -> str:
    """Say how many there are, in words."""
    if not page.exact and page.rows:
        return gettext("Ingen organisation heter precis så")
    return count_sentence(
        page.total, gettext("en organisation"), gettext("{n} organisationer"), gettext("inga organisationer matchar")
    )


def _kept(filters: RegisterFilters) -> list[tuple[str, str]]:
    """Return the filters that a new search keeps, as (parameter, value)."""
    return parse_qsl(filters.query_string(q="", order="", page=1))


def _url(filters: RegisterFilters, **changes: Any) -> str:
    return f"?{filters.query_string(**changes)}"


def _chips(page: RegisterPage) -> list[Chip]:
    chips = []
    if page.filters.q:
        chips.append(Chip(gettext("Sökning"), page.filters.q, _url(page.filters, q="", page=1)))
    for key, attribute in FACETS.items():
        labels = {choice.value: str(choice.label) for choice in page.facets.get(key, [])}
        chosen: tuple[str, ...] = getattr(page.filters, attribute)
        for value in chosen:
            rest = tuple(other for other in chosen if other != value)
            chips.append(
                Chip(str(HEADINGS[key]), labels.get(value, value), _url(page.filters, **{attribute: rest}, page=1))
            )
    return chips


def _facet(page: RegisterPage, key: str) -> Facet:
    attribute = FACETS[key]
    chosen: tuple[str, ...] = getattr(page.filters, attribute)
    options = []
    for choice in _choices(page, key):
        on = choice.value in chosen
        values = tuple(v for v in chosen if v != choice.value) if on else (*chosen, choice.value)
        options.append(
            FacetOption(str(choice.label), choice.count, _url(page.filters, **{attribute: values}, page=1), on)
        )
    return Facet(str(HEADINGS[key]), options, SHOWN[key])


def _choices(page: RegisterPage, key: str) -> list[FacetCount]:
    choices = page.facets[key]
    if key != "kommun" or page.filters.counties or len(choices) <= MUNICIPALITIES_UNASKED:
        return choices
    most = sorted(choices, key=lambda choice: -choice.count)[:MUNICIPALITIES_UNASKED]
    return [choice for choice in choices if choice in most or choice.value in page.filters.municipalities]


def _orders(filters: RegisterFilters) -> list[Order]:
    used = filters.order or ("traff" if filters.q else "namn")
    return [
        Order(ORDER_LABELS[order], _url(filters, order=order, page=1), order == used)
        for order in ORDERS
        if order != "traff" or filters.q
    ]
