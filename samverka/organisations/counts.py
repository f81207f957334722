"""How many organisations a selection holds, and for each facet how many its values hold."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from .filters import FACETS
from .revision import kept_until_change
from .selection import Selection


@dataclass(frozen=True)
class Counted:
    """The total of a selection, and (value, count) by facet: kinds, counties, municipalities by code, fields by key.

    `first` are the keys of its first organisations in order, FIRST at most, where they were had in the same reading.
    """

    total: int
    by_facet: dict[str, dict[str, int]]
    first: tuple[int, ...] = ()


#: Two pages. A search reads each hit once, for its counts and for its beginning.
FIRST = 100


def count(selection: Selection, *, order: str = "") -> Counted:
    """Count a selection. What has been counted is kept until the register changes."""
    return _kept_count(selection, order) if selection.query else _count_apart(selection)


def _count_together(selection: Selection, order: str) -> Counted:
    """Count in one statement, and take the first rows in `order`.

    A facet is counted within all filters but its own, so that another choice of it says what it would give.
    """
    used = selection.conditions()
    enough = " + ".join(f"({condition})::integer" for condition in used.values())
    near = [f"{enough} >= {len(used) - 1}"] if len(used) > 1 else []
    flags = "".join(f", coalesce({condition}, false) AS in_{facet}" for facet, condition in used.items())

    def within(*without: str) -> str:
        return " AND ".join(f"in_{facet}" for facet in used if facet not in without) or "true"

    flagged = "".join(f", in_{facet}" for facet in used)
    sql = f"""
    WITH hit AS MATERIALIZED (
      SELECT kind, also_region, county_id, CASE WHEN protected THEN NULL ELSE municipality_id END AS municipality_id,
        field_ids, id, sort_key, changed_at{flags}
      FROM organisations_organisation WHERE {" AND ".join([*selection.found(), *near])}),
    cell AS MATERIALIZED (
      SELECT kind, also_region, county_id, municipality_id, field_ids{flagged}, count(*) AS n
      FROM hit GROUP BY kind, also_region, county_id, municipality_id, field_ids{flagged})
    SELECT 'total', '', coalesce(sum(n), 0) FROM cell WHERE {within()}
    UNION ALL SELECT 'slag', kind, sum(n) FROM cell WHERE {within("slag")} GROUP BY kind
    UNION ALL SELECT 'slag', 'region', sum(n) FROM cell WHERE also_region AND {within("slag")} HAVING count(*) > 0
    UNION ALL SELECT 'lan', county_id, sum(n) FROM cell
      WHERE county_id IS NOT NULL AND {within("lan")} GROUP BY county_id
    UNION ALL SELECT 'kommun', municipality_id, sum(n) FROM cell
      WHERE municipality_id IS NOT NULL AND {within("kommun")} GROUP BY municipality_id
    UNION ALL SELECT 'omrade', key::text, sum(n) FROM cell, unnest(field_ids) AS key
      WHERE {within("omrade")} GROUP BY key
    UNION ALL SELECT 'first', (array_agg(id))::text, 0 FROM (
      SELECT id FROM hit WHERE {within()} ORDER BY {selection.ordering(order)} LIMIT {FIRST}) AS beginning
    """  # noqa: S608  (conditions are our own; every value is a parameter)
    return _counted(sql, selection, tuple(FACETS))


def _counted(sql: str, selection: Selection, facets: tuple[str, ...]) -> Counted:
    """Run a statement that gives (facet, value, count), and ("total", "", count)."""
    by_facet: dict[str, dict[str, int]] = {facet: {} for facet in facets}
    total = 0
    first: tuple[int, ...] = ()
    with connection.cursor() as cursor:
        cursor.execute(sql, selection.values())
        for facet, value, count in cursor.fetchall():
            if facet == "total":
                total = int(count)
            elif facet == "first":
                first = tuple(int(key) for key in (value or "{}").strip("{}").split(",") if key)
            else:
                by_facet[facet][value] = by_facet[facet].get(value, 0) + int(count)
    return Counted(total, by_facet, first)


_kept_count: Callable[[Selection, str], Counted] = kept_until_change(_count_together)


def _count_apart(selection: Selection) -> Counted:
    """Count a selection without text: within all of its filters, and each facet in use without its own.

    The parts are kept one by one, since many selections share them: every municipality's page asks how many there are
    in the others.
    """
    used = selection.conditions()
    counted = _kept_part(selection, tuple(facet for facet in FACETS if facet not in used))
    by_facet = dict(counted.by_facet)
    for facet in used:
        by_facet |= _kept_part(selection.without(facet), (facet,)).by_facet
    return Counted(counted.total, by_facet)


@kept_until_change
def _kept_part(selection: Selection, facets: tuple[str, ...]) -> Counted:
    """Count a selection, and within all of its filters the values of `facets`."""
    groups = {
        "slag": "SELECT 'slag', kind, count(*) FROM hit GROUP BY kind "
        "UNION ALL SELECT 'slag', 'region', count(*) FROM hit WHERE also_region HAVING count(*) > 0",
        "lan": "SELECT 'lan', county_id, count(*) FROM hit WHERE county_id IS NOT NULL GROUP BY county_id",
        "kommun": "SELECT 'kommun', municipality_id, count(*) FROM hit "
        "WHERE municipality_id IS NOT NULL AND NOT protected GROUP BY municipality_id",
        "omrade": "SELECT 'omrade', key::text, count(*) FROM hit, unnest(field_ids) AS key GROUP BY key",
    }
    parts = " UNION ALL ".join(["SELECT 'total', '', count(*) FROM hit", *(groups[facet] for facet in facets)])
    sql = f"""
    WITH hit AS MATERIALIZED (
      SELECT kind, also_region, county_id, municipality_id, protected, field_ids
      FROM organisations_organisation WHERE {selection.where()})
    {parts}
    """  # noqa: S608  (conditions are our own; every value is a parameter)
    return _counted(sql, selection, facets)
