"""The list of publications: what is chosen, the rows, and every choice as an address with its count."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as Paged
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from samverka.collaborations.enums import Form
from samverka.kernel.search import ts_query
from samverka.knowledge.enums import PageKind, PublicationKind
from samverka.knowledge.models import Page
from samverka.organisations.models import ActivityField
from samverka.places.models import County
from samverka.web.components.lists import Chip, Facet, FacetOption
from samverka.web.components.words import language

PAGE_SIZE = 20
#: parameter -> the column that it chooses by.
COLUMNS = {
    "slag": "publication__kind", "omrade": "fields__pk", "form": "forms__contains", "lan": "county_id", "ar": "year",
}  # fmt: skip
_SHOWN = 8


@dataclass(frozen=True)
class Listing:
    """The list as its template reads it."""

    page: Paged[Page]
    total: int
    q: str
    kept: list[tuple[str, str]]
    chips: list[Chip]
    facets: list[Facet]


def listing(query: QueryDict) -> Listing:
    """Return the publications that `query` asks for."""
    chosen = {name: value for name in COLUMNS if (value := _value(name, query.get(name, "")))}
    q = query.get("q", "").strip()[:200]
    base = Page.objects.published().filter(kind=PageKind.PUBLICATION)
    rows = _searched(_filtered(base, chosen), q)
    labels = _Labels()
    page = Paginator(rows.select_related("owner", "publication"), PAGE_SIZE).get_page(query.get("sida"))
    facets = [facet for name in COLUMNS if (facet := _facet(name, chosen, q, base, labels)).options]
    chips = [
        Chip(_heading(name), labels.of(name, value), _url(chosen, q, **{name: ""})) for name, value in chosen.items()
    ]
    return Listing(page, page.paginator.count, q, list(chosen.items()), chips, facets)


def _value(name: str, value: str) -> str:
    """Return a chosen value, "" when it cannot be one."""
    if name in {"omrade", "ar"}:
        return value if value.isascii() and value.isdigit() and len(value) < 7 else ""
    known = {"slag": PublicationKind.values, "form": Form.values}
    if name in known:
        return value if value in known[name] else ""
    return value if value.isalnum() and len(value) <= 4 else ""


def _filtered(rows: QuerySet[Page], chosen: dict[str, str], but: str = "") -> QuerySet[Page]:
    for name, value in chosen.items():
        if name != but:
            rows = rows.filter(**{COLUMNS[name]: [value] if name == "form" else value})
    return rows


def _searched(rows: QuerySet[Page], q: str) -> QuerySet[Page]:
    if not q:
        return rows
    from django.contrib.postgres.search import SearchQuery, SearchRank

    if not (asked := ts_query(q)):
        return rows.none()
    ask = SearchQuery(asked, config="simple", search_type="raw")
    rank = SearchRank(F("search_vector"), ask, normalization=2)
    return rows.filter(search_vector=ask).annotate(search_rank=rank).order_by("-search_rank", "-published_at", "pk")


class _Labels:
    """What the values are called."""

    def __init__(self) -> None:
        fields = ActivityField.objects.filter(pages__kind=PageKind.PUBLICATION).distinct()
        named = {str(field.pk): field.name_en if language() == "en" else field.name_sv for field in fields}
        self._names = {
            "slag": {value: str(label) for value, label in PublicationKind.choices},
            "form": {value: str(label) for value, label in Form.choices},
            "omrade": named,
            "lan": {county.pk: county.display_name for county in County.objects.all()},
            "ar": {},
        }

    def of(self, name: str, value: str) -> str:
        """Return the label of a value."""
        return self._names[name].get(value, value)


def _heading(name: str) -> str:
    return {"slag": _("Slag"), "omrade": _("Område"), "form": _("Form"), "lan": _("Län"), "ar": _("År")}[name]


def _facet(name: str, chosen: dict[str, str], q: str, base: QuerySet[Page], labels: _Labels) -> Facet:
    rows = _searched(_filtered(base, chosen, but=name), q)
    options = [
        FacetOption(
            labels.of(name, value), count,
            _url(chosen, q, **{name: "" if chosen.get(name) == value else value}), chosen.get(name) == value,
        )
        for value, count in _counts(name, rows)
    ]  # fmt: skip
    return Facet(_heading(name), options, _SHOWN)


def _counts(name: str, rows: QuerySet[Page]) -> list[tuple[str, int]]:
    if name == "form":
        found: dict[str, int] = {}
        for forms in rows.values_list("forms", flat=True):
            for code in forms:
                found[code] = found.get(code, 0) + 1
        return sorted(found.items(), key=lambda one: -one[1])
    column = COLUMNS[name]
    told: Any = rows.order_by().exclude(**{f"{column}__isnull": True}).values_list(column).annotate(n=Count("pk"))
    order = (lambda one: -int(one[0])) if name == "ar" else (lambda one: -one[1])
    return sorted(((str(value), n) for value, n in told), key=order)


def _url(chosen: dict[str, str], q: str, **changes: str) -> str:
    query = QueryDict(mutable=True)
    for name, value in {"q": q, **chosen, **changes}.items():
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
