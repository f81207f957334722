"""Published examples and portraits in lists: filters, counts, order, what is similar, what fits a collaboration.

Lists say what everybody reads: title and summary are those of the latest edition, not of a draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, Exists, F, Func, IntegerField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from samverka.collaborations.enums import Form
from samverka.collaborations.models import Collaboration
from samverka.kernel.compiled import compiled
from samverka.kernel.search import ts_query

from .enums import PageKind
from .models import Page, PageEdition

PAGE_SIZE = 50
#: what one may order by, by its name in the address
ORDERS = ("traff", "ny", "namn", "ar")
#: filter in the address -> the lookup on a page
LOOKUPS = {"omrade": "fields__code", "form": "forms__overlap", "lan": "county", "kommun": "municipality", "ar": "year"}
_MOST_VALUES = 20
_MOST_SEARCHED = 200
#: As many examples as may fit a collaboration.
MOST_FITTING = 10


@dataclass(frozen=True)
class Filters:
    """What is asked for: a text, values of each of LOOKUPS, an order, a page."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: Any) -> "Filters":
        """Return what an address asks for; what cannot be meant is passed over."""
        chosen = {key: tuple(query.getlist(key)[:_MOST_VALUES]) for key in LOOKUPS}
        chosen["ar"] = tuple(year for year in chosen["ar"] if year.isdecimal() and len(year) == 4)
        chosen["form"] = tuple(code for code in chosen["form"] if code in Form.values)
        page, order = query.get("sida", ""), query.get("ordning", "")
        return cls(
            query.get("q", "").replace("\x00", "").strip()[:_MOST_SEARCHED],
            {key: values for key, values in chosen.items() if values},
            order if order in ORDERS else "",
            max(1, min(int(page), 10_000)) if page.isdecimal() and len(page) < 6 else 1,
        )

    @property
    def used_order(self) -> str:
        """The order in use: the best answer first where there is a text, else the newest."""
        fitting = self.order != "traff" or self.q
        return self.order if self.order and fitting else ("traff" if self.q else "ny")

    def query_string(self, **changes: Any) -> str:
        """Return the address's query, with changes."""
        asked = replace(self, **changes)
        pairs = [("q", asked.q)] if asked.q else []
        pairs += [(key, value) for key, values in asked.chosen.items() for value in values]
        pairs += [("ordning", asked.order)] if asked.order else []
        return urlencode(pairs + ([("sida", str(asked.page))] if asked.page > 1 else []))


def as_read(pages: Any) -> Any:
    """Return pages with `shown_title` and `shown_summary` of their latest edition."""
    return pages.annotate(shown_title=_shown("title"), shown_summary=_shown("summary"))


def _shown(name: str) -> Coalesce:
    """A text of the latest edition; of the page where it has none."""
    latest = PageEdition.objects.filter(page=OuterRef("pk")).order_by("-number")
    return Coalesce(Subquery(latest.values(text=KT(f"document__{name}"))[:1]), F(name), output_field=TextField())


def _listed(pages: Any) -> Any:
    around = as_read(pages).select_related("municipality", "county", "owner", "example", "portrait")
    return around.prefetch_related("fields").defer("search_vector", "search_text")


def selected(kind: str, filters: Filters, *, without: str = "") -> Any:
    """Return the published pages of a kind that fit, but for the filter `without`."""
    pages = Page.objects.published().filter(kind=kind)
    for key, values in filters.chosen.items():
        if key == "omrade" and key != without:
            pages = pages.filter(
                Exists(Page.fields.through.objects.filter(page=OuterRef("pk"), activityfield__code__in=values))
            )
        elif key != without:
            pages = pages.filter(**{LOOKUPS[key] if key == "form" else f"{LOOKUPS[key]}__in": list(values)})
    if filters.q:
        query = ts_query(filters.q)
        pages = (
            pages.filter(search_vector=SearchQuery(query, config="simple", search_type="raw"))
            if query
            else pages.none()
        )
    return pages


def listed(kind: str, filters: Filters) -> Any:
    """Return the pages that fit, in order, with what a list shows of each."""
    pages = _listed(selected(kind, filters))
    if filters.used_order == "traff":
        ask = SearchQuery(ts_query(filters.q), config="simple", search_type="raw")
        return pages.order_by(SearchRank(F("search_vector"), ask, normalization=2).desc(), "-pk")
    orders = {"ny": ("-published_at", "-pk"), "namn": ("sort_key", "pk"), "ar": ("-year", "-pk")}
    return pages.order_by(*orders[filters.used_order])


def facet_counts(kind: str, filters: Filters) -> dict[str, list[tuple[str, str, int]]]:
    """Return (value, label, count) of each filter, most first; each counted without its own choice. Five queries."""
    return {
        "omrade": _counted(selected(kind, filters, without="omrade"), "fields__code", "fields__name_sv"),
        "form": _forms(selected(kind, filters, without="form")),
        "lan": _counted(selected(kind, filters, without="lan"), "county", "county__display_name"),
        "kommun": _counted(selected(kind, filters, without="kommun"), "municipality", "municipality__display_name"),
        "ar": sorted(_counted(selected(kind, filters, without="ar"), "year", "year"), reverse=True),
    }


def _counted(pages: Any, value: str, label: str) -> list[tuple[str, str, int]]:
    rows = pages.filter(**{f"{value}__isnull": False}).order_by().values_list(value, label).annotate(n=Count("pk"))
    return [(str(code), str(said), n) for code, said, n in rows.order_by("-n", label)]


def _forms(pages: Any) -> list[tuple[str, str, int]]:
    counts: dict[str, int] = {}
    for forms in pages.order_by().values_list("forms", flat=True):
        for code in forms:
            counts[code] = counts.get(code, 0) + 1
    return [(code, str(Form(code).label), n) for code, n in sorted(counts.items(), key=lambda one: -one[1])]


# What is like something else


def _points(field_ids: Any, forms: Any, municipality: Any, county: Any) -> Any:
    """Return how much of field, form and place a page shares: field 4, form 3, municipality 2, county 1."""
    same_field = Page.fields.through.objects.filter(page=OuterRef("pk"), activityfield__in=field_ids)
    parts: list[tuple[Any, int]] = [(Exists(same_field), 4)]
    if forms != []:
        parts.append((Q(forms__overlap=forms), 3))
    if municipality:
        parts.append((Q(municipality=municipality), 2))
    if county:
        parts.append((Q(county=county), 1))
    points: Any = Value(0)
    for condition, worth in parts:
        points = points + Case(When(condition, then=Value(worth)), default=Value(0), output_field=IntegerField())
    return points


def similar_to(page: Page, *, most: int = 3) -> list[Page]:
    """Return other published examples that share most of field, form and place. One query and their fields."""
    own = Page.fields.through.objects.filter(page=page.pk).values("activityfield")
    pages = Page.objects.published().filter(kind=PageKind.EXAMPLE).exclude(pk=page.pk)
    return list(_best(pages, _points(own, page.forms, page.municipality_id, page.county_id))[:most])


def examples_fitting(collaboration: Collaboration, *, most: int = 3) -> list[Page]:
    """Return published examples that share most of the collaboration's field, form and place, in one query."""
    forms = [code for code in collaboration.forms if code != Form.UNDECIDED]
    place = {"municipality": collaboration.municipality_id or "", "county": collaboration.county_id or ""}
    found: list[Page] = _fitting.all(collaboration=collaboration.pk, forms=",".join(forms), **place)
    return found[:most]


@compiled
def _fitting(collaboration: int, forms: str, municipality: str, county: str) -> Any:
    own = Collaboration.fields.through.objects.filter(collaboration=collaboration).values("activityfield")
    pages = Page.objects.published().filter(kind=PageKind.EXAMPLE).exclude(example__collaboration=collaboration)
    several = Cast(Func(Value(forms), Value(","), function="string_to_array"), Page._meta.get_field("forms"))
    return _best(pages, _points(own, several, municipality, county))[:MOST_FITTING]


#: What a line about an example says, beside its title.
_LINE = ("public_id", "kind", "title", "year", "municipality__display_name", "county__display_name")


def _best(pages: Any, points: Any) -> Any:
    """Return those with the most points, with what a line about them says; a county alone is no likeness."""
    best = pages.annotate(points=points, shown_title=_shown("title")).filter(points__gte=2)
    lines = best.select_related("municipality", "county").only(*_LINE)
    return lines.order_by("-points", "-published_at", "-pk")


def told_at(*, municipality: str = "", county: str = "", most: int = 5) -> tuple[list[Page], int]:
    """Return the newest examples of a place and how many there are: of a municipality, or of a whole county."""
    place = Q(municipality=municipality) if municipality else Q(county=county)
    pages = Page.objects.published().filter(place, kind=PageKind.EXAMPLE)
    newest = list(_listed(pages).order_by("-published_at", "-pk")[: most + 1])
    return newest[:most], len(newest) if len(newest) <= most else pages.count()


def portrait_of(body: Any) -> Page | None:
    """Return the published portrait of a public body; None where there is none."""
    found: Page | None = as_read(Page.objects.published().filter(kind=PageKind.PORTRAIT, owner=body)).first()
    return found
