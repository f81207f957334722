"""The register list: rows, total and counts for each facet of a selection."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from samverka.kernel.swedish import stems
from samverka.kernel.text import swedish_sort_key

from .enums import Kind
from .filters import FACETS, ORDERS, RegisterFilters, field_names
from .models import Organisation
from .place_names import counties, municipalities
from .revision import kept_until_change
from .shown import ShownRow, shown_rows

__all__ = [
    "FACETS",
    "ORDERS",
    "PAGE_SIZE",
    "FacetCount",
    "RegisterFilters",
    "RegisterPage",
    "register_page",
    "selected_ids",
]

PAGE_SIZE = 50
_CLOSE_NAMES = 10
#: What a list needs of a row. The rest (texts, what the source stated, the index) is most of its size.
ROW_COLUMNS = (
    "public_id",
    "name",
    "kind",
    "also_region",
    "municipality_id",
    "county_id",
    "postal_town",
    "org_number",
    "field_ids",
    "protected",
    "state",
)


@dataclass(frozen=True)
class FacetCount:
    """A choice in a facet: its value in the address, its label, how many it holds within the other filters."""

    value: str
    label: Any
    count: int


@dataclass(frozen=True)
class RegisterPage:
    """One page of the list. `exact` is False when nothing matched and `rows` are names close to the text ("menade du").

    `facets` has the keys of FACETS (slag, lan, kommun, omrade): kinds and fields most first, places in Swedish order.
    `total` counts the whole selection; 0 when not exact. `filters.page` is the page that is shown.
    """

    filters: RegisterFilters
    rows: list[ShownRow]
    total: int
    pages: int
    exact: bool = True
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Counted:
    """The total of a selection, and (value, count) by facet: kinds, counties, municipalities by code, fields by key."""

    total: int
    by_facet: dict[str, dict[str, int]]


def register_page(filters: RegisterFilters, *, page_size: int = PAGE_SIZE) -> RegisterPage:
    """Return the page that `filters` ask for, or the last before it. The same queries for 1 and 50 rows."""
    selection = _Selection.of(filters)
    if filters.q and not selection.query:
        return RegisterPage(filters.at_page(1), [], 0, 1, facets=_facets(filters, _Counted(0, {})))
    counted = _kept_count(selection)
    pages = max(1, -(-counted.total // page_size))
    page = min(filters.page, pages)
    shown = filters.at_page(page)
    facets = _facets(filters, counted)
    if counted.total == 0 and filters.q:
        return RegisterPage(shown, _rows(_close_names(selection, filters.q)), 0, 1, exact=False, facets=facets)
    ids = _page_ids(selection, filters.order, counted.total, offset=(page - 1) * page_size, size=page_size)
    return RegisterPage(shown, _rows(ids), counted.total, pages, facets=facets)


def selected_ids(filters: RegisterFilters) -> list[int]:
    """Return the keys of all organisations of a selection, in its order (for exports)."""
    selection = _Selection.of(filters)
    if filters.q and not selection.query:
        return []
    return _ids(_select_ids(selection, selection.ordering(filters.order)), selection.values())


@dataclass(frozen=True)
class _Selection:
    """A selection as SQL. `query` is a tsquery in text form, "" for none; the rest are values of the facets."""

    query: str
    kinds: tuple[str, ...]
    counties: tuple[str, ...]
    municipalities: tuple[str, ...]
    fields: tuple[int, ...]

    @classmethod
    def of(cls, filters: RegisterFilters) -> "_Selection":
        names = field_names() if filters.fields else {}
        keys = tuple(names[value].pk for value in filters.fields if value in names)
        return cls(_query(filters.q), filters.kinds, filters.counties, filters.municipalities, keys)

    def conditions(self) -> dict[str, str]:
        """Return the conditions of the facets in use. A protected organisation is in no municipality (users.md R10)."""
        held = {
            "slag": self._of_kind() if self.kinds else "",
            "lan": "county_id = ANY(%(counties)s)" if self.counties else "",
            "kommun": "(municipality_id = ANY(%(municipalities)s) AND NOT protected)" if self.municipalities else "",
            "omrade": "field_ids && %(fields)s::integer[]" if self.fields else "",
        }
        return {facet: condition for facet, condition in held.items() if condition}

    def _of_kind(self) -> str:
        if Kind.REGION not in self.kinds:
            return "kind = ANY(%(kinds)s)"
        # Gotland is a region too. Both conditions, so that an index on kind serves.
        return "(kind = ANY(%(kinds)s || '{municipality}'::text[]) AND (kind = ANY(%(kinds)s) OR also_region))"

    def found(self) -> list[str]:
        """Return the conditions that no facet can take away."""
        text = ["search_vector @@ %(query)s::tsquery"] if self.query else []
        return ["state <> 'withdrawn'", *text]

    def where(self) -> str:
        """Return all conditions."""
        return " AND ".join([*self.found(), *self.conditions().values()])

    def ordering(self, order: str) -> str:
        """Return the ORDER BY: hits in the name first where there is a text to hit."""
        if order == "ny":
            return "changed_at DESC, id DESC"
        if self.query and order != "namn":
            return "search_vector @@ %(in_name)s::tsquery DESC, sort_key, id"
        return "sort_key, id"

    def values(self) -> dict[str, Any]:
        """Return the parameters of all of it."""
        words = self.query.split(" & ")
        return {
            "query": self.query,
            "in_name": " & ".join(f"{word}A" if word.endswith(":*") else f"{word}:A" for word in words),
            "kinds": list(self.kinds),
            "counties": list(self.counties),
            "municipalities": list(self.municipalities),
            "fields": list(self.fields),
        }


def _query(text: str) -> str:
    """Return what a person typed as a tsquery: every word also as a beginning, since names are compounds.

    Words under four letters stand for themselves, but for the last, which may still be being typed.
    """
    words = stems(text)
    return " & ".join(f"'{w}':*" if len(w) >= 4 or i == len(words) else f"'{w}'" for i, w in enumerate(words, 1))


def _count(selection: _Selection) -> _Counted:
    """Count in one statement.

    A facet is counted within all filters but its own, so that another choice of it says what it would give.
    """
    used = selection.conditions()
    enough = " + ".join(f"({condition})::integer" for condition in used.values())
    near = [f"{enough} >= {len(used) - 1}"] if len(used) > 1 else []
    flags = "".join(f", coalesce({condition}, false) AS in_{facet}" for facet, condition in used.items())

    def within(*without: str) -> str:
        return " AND ".join(f"in_{facet}" for facet in used if facet not in without) or "true"

    sql = f"""
    WITH hit AS MATERIALIZED (
      SELECT kind, also_region, county_id, CASE WHEN protected THEN NULL ELSE municipality_id END AS municipality_id,
        field_ids{flags}
      FROM organisations_organisation WHERE {" AND ".join([*selection.found(), *near])})
    SELECT 'total', '', count(*) FROM hit WHERE {within()}
    UNION ALL SELECT 'slag', kind, count(*) FROM hit WHERE {within("slag")} GROUP BY kind
    UNION ALL SELECT 'slag', 'region', count(*) FROM hit WHERE also_region AND {within("slag")} HAVING count(*) > 0
    UNION ALL SELECT 'lan', county_id, count(*) FROM hit
      WHERE county_id IS NOT NULL AND {within("lan")} GROUP BY county_id
    UNION ALL SELECT 'kommun', municipality_id, count(*) FROM hit
      WHERE municipality_id IS NOT NULL AND {within("kommun")} GROUP BY municipality_id
    UNION ALL SELECT 'omrade', key::text, count(*) FROM hit, unnest(field_ids) AS key
      WHERE {within("omrade")} GROUP BY key
    """  # noqa: S608  (conditions are our own; every value is a parameter)
    by_facet: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    total = 0
    with connection.cursor() as cursor:
        cursor.execute(sql, selection.values())
        for facet, value, count in cursor.fetchall():
            if facet == "total":
                total = count
            else:
                by_facet[facet][value] = by_facet[facet].get(value, 0) + count
    return _Counted(total, by_facet)


_kept_count: Callable[[_Selection], _Counted] = kept_until_change(_count)


def _page_ids(selection: _Selection, order: str, total: int, *, offset: int, size: int) -> list[int]:
    """Return the keys of one page; in the latter half read from the end: the last costs as little as the first."""
    size = min(size, total - offset)
    ordering = selection.ordering(order)
    backwards = offset > total // 2
    if backwards:
        ordering = ", ".join(
            part.removesuffix(" DESC") if part.endswith(" DESC") else f"{part} DESC" for part in ordering.split(", ")
        )
        offset = total - offset - size
    sql = f"{_select_ids(selection, ordering)} LIMIT %(size)s OFFSET %(offset)s"
    ids = _ids(sql, {**selection.values(), "size": max(size, 0), "offset": max(offset, 0)})
    return ids[::-1] if backwards else ids


def _select_ids(selection: _Selection, ordering: str) -> str:
    # Conditions and order are our own text; every value is a parameter.
    return f"SELECT id FROM organisations_organisation WHERE {selection.where()} ORDER BY {ordering}"  # noqa: S608


def _close_names(selection: _Selection, text: str) -> list[int]:
    """Return the keys of organisations within the facets whose name is close to `text`, the closest first."""
    conditions = ["state <> 'withdrawn'", *selection.conditions().values()]
    sql = f"""
    SELECT id FROM organisations_organisation
    WHERE (sort_key %% %(key)s OR sort_key %%> %(key)s) AND {" AND ".join(conditions)}
    ORDER BY greatest(similarity(sort_key, %(key)s), word_similarity(%(key)s, sort_key)) DESC, sort_key, id
    LIMIT %(size)s
    """  # noqa: S608
    return _ids(sql, {**selection.values(), "key": swedish_sort_key(text), "size": _CLOSE_NAMES})


def _ids(sql: str, values: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]


def _rows(ids: list[int]) -> list[ShownRow]:
    found = Organisation.objects.only(*ROW_COLUMNS).in_bulk(ids)
    return shown_rows([found[key] for key in ids if key in found])


def _facets(filters: RegisterFilters, counted: _Counted) -> dict[str, list[FacetCount]]:
    """Name the counted values; a chosen one stays on the list though it holds none."""
    fields = {str(name.pk): name for name in field_names().values()}
    held = counted.by_facet
    kinds = {value: held.get("slag", {}).get(value, 0) for value in {*held.get("slag", {}), *filters.kinds}}
    in_fields = {key: count for key, count in held.get("omrade", {}).items() if key in fields}
    chosen = {str(name.pk): 0 for value in filters.fields if (name := field_names().get(value))}
    return {
        "slag": _most_first((value, Kind(value).label, count) for value, count in kinds.items()),
        "lan": _places(counties(), held.get("lan", {}), filters.counties),
        "kommun": _places(municipalities(), held.get("kommun", {}), filters.municipalities),
        "omrade": _most_first(
            (fields[key].value, fields[key].label, count) for key, count in (chosen | in_fields).items()
        ),
    }


def _most_first(choices: Iterable[tuple[str, Any, int]]) -> list[FacetCount]:
    return sorted((FacetCount(*choice) for choice in choices), key=lambda c: (-c.count, swedish_sort_key(str(c.label))))


def _places(names: dict[str, Any], held: dict[str, int], chosen: tuple[str, ...]) -> list[FacetCount]:
    present = [names[code] for code in {*held, *chosen} if code in names]
    return [
        FacetCount(name.code, name.name, held.get(name.code, 0)) for name in sorted(present, key=lambda n: n.sort_key)
    ]
