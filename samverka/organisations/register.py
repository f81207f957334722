"""The register list: rows, total and counts for each facet of a selection."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from django.db import connection

from samverka.kernel.search.spelling import with_dots
from samverka.kernel.text import swedish_sort_key

from .counts import Counted, count
from .enums import Kind
from .filters import FACETS, ORDERS, RegisterFilters, field_names
from .place_names import counties, municipalities
from .revision import one_revision
from .selection import Selection
from .shown import RowFacts, ShownRow, shown_rows

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
#: Each is a look in the index.
_MOST_SPELLINGS = 9
#: What a list needs of a row. The rest (texts, the index) is most of its size.
ROW_COLUMNS = RowFacts._fields


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


def register_page(filters: RegisterFilters, *, page_size: int = PAGE_SIZE) -> RegisterPage:
    """Return the page that `filters` ask for, or the last before it. The same queries for 1 and 50 rows."""
    with one_revision():
        return _page(filters, page_size)


def _page(filters: RegisterFilters, page_size: int) -> RegisterPage:
    selection = Selection.of(filters)
    if filters.q and not selection.query:
        return RegisterPage(filters.at_page(1), [], 0, 1, facets=_facets(filters, Counted(0, {})))
    counted = count(selection, order=filters.order)
    pages = max(1, -(-counted.total // page_size))
    page = min(filters.page, pages)
    shown = filters.at_page(page)
    facets = _facets(filters, counted)
    if counted.total == 0 and filters.q:
        return RegisterPage(shown, _rows(_close_names(selection, filters.q)), 0, 1, exact=False, facets=facets)
    offset = (page - 1) * page_size
    ids = list(counted.first[offset : offset + page_size])
    if len(ids) < min(page_size, counted.total - offset):
        ids = _page_ids(selection, filters.order, counted.total, offset=offset, size=page_size)
    return RegisterPage(shown, _rows(ids), counted.total, pages, facets=facets)


def selected_ids(filters: RegisterFilters) -> list[int]:
    """Return the keys of all organisations of a selection, in its order (for exports)."""
    selection = Selection.of(filters)
    if filters.q and not selection.query:
        return []
    return _ids(_select_ids(selection, selection.ordering(filters.order)), selection.values())


def _page_ids(selection: Selection, order: str, total: int, *, offset: int, size: int) -> list[int]:
    """Return the keys of one page; in the latter half read from the end: the last costs as little as the first."""
    size = min(size, total - offset)
    backwards = offset > total // 2
    ordering = selection.ordering(order, backwards=backwards)
    if backwards:
        offset = total - offset - size
    sql = f"{_select_ids(selection, ordering)} LIMIT %(size)s OFFSET %(offset)s"
    ids = _ids(sql, {**selection.values(), "size": max(size, 0), "offset": max(offset, 0)})
    return ids[::-1] if backwards else ids


def _select_ids(selection: Selection, ordering: str) -> str:
    # Conditions and order are our own text; every value is a parameter.
    return f"SELECT id FROM organisations_organisation WHERE {selection.where()} ORDER BY {ordering}"  # noqa: S608


def _close_names(selection: Selection, text: str) -> list[int]:
    """Return the keys of organisations within the facets whose name is close to `text`, the closest first. What may
    have been typed without å, ä and ö is looked for with them too.
    """
    conditions = ["state <> 'withdrawn'", *selection.conditions().values()]
    keys = {f"key{n}": swedish_sort_key(spelling) for n, spelling in enumerate(_spellings(text))}
    close = " OR ".join(f"sort_key %% %({key})s OR sort_key %%> %({key})s" for key in keys)
    far = ", ".join(f"similarity(sort_key, %({key})s), word_similarity(%({key})s, sort_key)" for key in keys)
    sql = f"""
    SELECT id FROM organisations_organisation
    WHERE ({close}) AND {" AND ".join(conditions)}
    ORDER BY greatest({far}) DESC, sort_key, id
    LIMIT %(size)s
    """  # noqa: S608
    return _ids(sql, {**selection.values(), **keys, "size": _CLOSE_NAMES})


def _spellings(text: str) -> list[str]:
    """Return `text` and its spellings with å, ä and ö; only itself when they are too many to look for."""
    ways = [sorted({word, *with_dots(word)}) for word in text.lower().split()]
    if prod(len(way) for way in ways) > _MOST_SPELLINGS:
        return [text]
    return [" ".join(words) for words in product(*ways)]


def _ids(sql: str, values: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]


_ROWS = f"""
SELECT {", ".join(ROW_COLUMNS)} FROM organisations_organisation
JOIN unnest(%s::bigint[]) WITH ORDINALITY AS asked (id, place) USING (id) ORDER BY place
"""  # noqa: S608  (columns of our own)


def _rows(ids: list[int]) -> list[ShownRow]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [ids])
        return shown_rows([RowFacts(*row) for row in cursor.fetchall()])


def _facets(filters: RegisterFilters, counted: Counted) -> dict[str, list[FacetCount]]:
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
