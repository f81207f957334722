"""Finding: one statement over the index and the rows that the person may find, with the counts of every facet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import get_language

from .asking import Question, Term
from .registry import Source, sources

#: Weights of D, C, B and A: body text, body text, summary and keywords, title.
_WEIGHTS = "{0.1, 0.25, 0.5, 1.0}"
#: A text with this many different words is neither held for long nor for short.
_USUAL_LENGTH = 120
FACETS = ("kind", "form", "field", "county", "municipality", "year")


@dataclass(frozen=True)
class Chosen:
    """What the answers are narrowed to, by facet."""

    kind: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    municipality: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    #: Only what could be found after this, the newest first: what alerts and feeds ask for.
    since: datetime | None = None
    newest: bool = False


@dataclass(frozen=True)
class Row:
    """A row that was found: where it stands ("" is the index, else the source's kind), its key, how well it fits."""

    source: str
    kind: str
    key: int
    title: str
    score: float


@dataclass(frozen=True)
class Found:
    """What a question gave: the rows asked for, how many there are, and the counts of each facet's values."""

    rows: Sequence[Row]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    loose: bool = False
    exact: int = 0


@dataclass
class _Statement:
    """Text and values of a statement under way."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, text: str, values: Iterable[Any] = ()) -> None:
        self.parts.append(text)
        self.values.extend(values)


def find(question: Question, *, user: Any, chosen: Chosen, limit: int, offset: int = 0, enough: float = 1.0) -> Found:
    """Return the best rows for `question` among what `user` may find. `enough`: the share of what was asked for
    that a row must have.
    """
    text, values = statement_of(question, user=user, chosen=chosen, limit=limit, offset=offset, enough=enough)
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return _read(cursor.fetchall(), chosen)


def statement_of(
    question: Question, *, user: Any, chosen: Chosen, limit: int, offset: int = 0, enough: float = 1.0
) -> tuple[str, list[Any]]:
    """Return the statement that finds and counts, with its values."""
    statement = _Statement()
    statement.add("WITH hits AS MATERIALIZED (")
    _arm(statement, question, _Arm("", _TEXTS), enough, chosen.since)
    for source in sources():
        if rows := _rows_of(source, user):
            statement.add(" UNION ALL ")
            _arm(statement, question, _Arm(source.kind, *rows), enough, chosen.since)
    statement.add(")")
    _select(statement, chosen, limit, offset)
    return "".join(statement.parts), statement.values


_TEXTS = """SELECT id AS key, kind, search_vector AS vector, title, forms, field_ids, county_id AS county,
municipality_id AS municipality, year::text AS year, found_from FROM kernel_searchtext"""


#: What those who are not signed in may find, by source and language: the same for all of them, and as long to write as
#: a third of the search.
_OPEN: dict[tuple[str, str | None], tuple[str, Sequence[Any]] | None] = {}


def _rows_of(source: Source, user: Any) -> tuple[str, Sequence[Any]] | None:
    """Return the SQL of the rows of `source` that `user` may find, in the columns of the index; None for no rows."""
    if getattr(user, "is_authenticated", False):
        return _written(source, user)
    key = source.kind, get_language()
    if key not in _OPEN:
        found = _written(source, user)
        if found and any(isinstance(value, date) for value in found[1]):
            return found  # Tomorrow it says something else.
        _OPEN[key] = found
    return _OPEN[key]


def _written(source: Source, user: Any) -> tuple[str, Sequence[Any]] | None:
    rows = source.visible_to(user).order_by().select_related(None)
    columns = {f"s_{name}": expression for name, expression in source.columns.items()}
    try:
        sql, values = rows.annotate(**columns).values("pk", "search_vector", *columns).query.sql_with_params()
    except EmptyResultSet:  # Nobody who is not signed in has any.
        return None
    there = source.columns
    given = {name: f"s_{name}" if name in there else f"NULL::{kind}" for name, kind in _KINDS.items()}
    taken = ", ".join(f"{given[name]} AS {name}" for name in _KINDS)
    text = f"SELECT pk AS key, %s AS kind, search_vector AS vector, {taken} FROM ({sql}) AS own"  # noqa: S608
    return text, [source.kind, *values]


_KINDS = {
    "title": "text", "forms": "varchar[]", "field_ids": "integer[]", "county": "varchar", "municipality": "varchar",
    "year": "text", "found_from": "timestamptz",
}  # fmt: skip


@dataclass(frozen=True)
class _Arm:
    """Where to look: the source ("" is the index), its rows as SQL in the index's columns, and the SQL's values."""

    source: str
    sql: str
    values: Sequence[Any] = ()


def _arm(statement: _Statement, question: Question, arm: _Arm, enough: float, since: datetime | None) -> None:
    statement.add("SELECT %s::text AS source, kind::text AS kind, key, title::text AS title, forms, ", [arm.source])
    statement.add("field_ids, county::text AS county, municipality::text AS municipality, year, found_from, ")
    _score(statement, question)
    if enough < 1:
        statement.add(" * power(")
        _covered(statement, question.terms)
        statement.add(" / %s, 2)", [_whole(question.terms)])
    statement.add(f" AS score FROM ({arm.sql}) AS arm WHERE vector @@ %s::tsquery", arm.values)
    statement.values.append(question.loose(enough) if enough < 1 else question.strict)
    if since:
        statement.add(" AND found_from > %s", [since])


def _score(statement: _Statement, question: Question) -> None:
    """Add up, for each word, how much it says times how well it stands; a long text needs more of them."""
    statement.add("(")
    for term in question.terms:
        statement.add(f"%s * ts_rank('{_WEIGHTS}', vector, %s::tsquery) + ", [_said(term), term.rank_query])
    for phrase in question.phrase_queries:
        statement.add(f"4 * ts_rank('{_WEIGHTS}', vector, %s::tsquery) + ", [phrase])
    statement.add(f"0) / (1 + 0.35::float8 * ln(1 + length(vector) / {_USUAL_LENGTH}::float8))")


def _said(term: Term) -> float:
    return term.weight * len(term.lexemes)


def _covered(statement: _Statement, terms: Sequence[Term]) -> None:
    """How much of what was asked for a text has, weighed by how much each word says."""
    statement.add("(")
    for term in terms:
        statement.add("%s * (vector @@ %s::tsquery)::int + ", [term.weight, term.query])
    statement.add("0)")


def _whole(terms: Sequence[Term]) -> float:
    return sum(term.weight for term in terms) or 1.0


def _fits(chosen: Chosen, *leaving: str) -> tuple[str, list[Any]]:
    """Return the condition that a hit fits what is chosen in every facet but those of `leaving`, "" for none."""
    wanted = {
        "kind": ("kind = ANY(%s)", chosen.kind),
        "form": ("forms && %s::varchar[]", chosen.form),
        "field": ("field_ids && %s::integer[]", tuple(int(key) for key in chosen.field)),
        "county": ("county = ANY(%s)", chosen.county),
        "municipality": ("municipality = ANY(%s)", chosen.municipality),
        "year": ("year = ANY(%s)", chosen.year),
    }
    asked = [(text, list(values)) for name, (text, values) in wanted.items() if values and name not in leaving]
    if not asked:
        return "", []
    return " WHERE " + " AND ".join(text for text, _values in asked), [values for _text, values in asked]


#: The values of each facet in a row of hits, as one text: "" where there are none, several with commas between.
_VALUES = {
    "kind": "kind",
    "form": "array_to_string(forms, ',')",
    "field": "array_to_string(field_ids, ',')",
    "year": "coalesce(year, '')",
    "county": "coalesce(county, '')",
    "municipality": "coalesce(municipality, '')",
}
#: What is counted together, as one text a row. Counted here and not there, since six ways to group thousands of rows
#: cost the database more than finding them; together, since few texts are told apart by four facets, and all by six.
_COUNTED = (("kind", "form", "field", "year"), ("county", "municipality"))
#: A place is one question in two steps: choosing a municipality leaves the counties to choose among.
_TOGETHER = {"county": ("county", "municipality"), "municipality": ("municipality",)}


def _select(statement: _Statement, chosen: Chosen, limit: int, offset: int) -> None:
    order = "found_from DESC NULLS LAST, key DESC" if chosen.newest else "score DESC, source, key"
    fits, values = _fits(chosen)
    best = f"SELECT * FROM hits{fits} ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608  (our own words)
    statement.add(
        f" SELECT 'hit' AS what, source AS value, key AS number, kind, title, score FROM ({best}) AS best",  # noqa: S608
        [*values, limit, offset],
    )
    statement.add(f" UNION ALL SELECT 'total', '', count(*), '', '', 0 FROM hits{fits}", values)  # noqa: S608
    statement.add(" UNION ALL SELECT 'counts', concat_ws(E'\n', ")
    for number, (names, (fits, values)) in enumerate(_counted(chosen)):
        filtered = f" FILTER ({fits.strip()})" if fits else ""
        told = " || '|' || ".join(_VALUES[name] for name in names)
        statement.add(f"{', ' if number else ''}coalesce(string_agg({told}, ' '){filtered}, '')", values)
    statement.add("), 0, '', '', 0 FROM hits")


def _counted(chosen: Chosen) -> list[tuple[tuple[str, ...], tuple[str, list[Any]]]]:
    """Return the facets that are counted together, with the condition that a hit of theirs fits."""
    found = []
    for names in _COUNTED:
        by_fits: dict[str, tuple[list[str], list[Any]]] = {}
        for name in names:
            fits, values = _fits(chosen, *_TOGETHER.get(name, (name,)))
            by_fits.setdefault(fits, ([], values))[0].append(name)
        found += [(tuple(group), (fits, values)) for fits, (group, values) in by_fits.items()]
    return found


def _read(rows: Iterable[Sequence[Any]], chosen: Chosen) -> Found:
    hits: list[Row] = []
    total, facets = 0, {}
    for what, value, number, kind, title, score in rows:
        if what == "hit":
            hits.append(Row(value, kind, number, title, float(score)))
        elif what == "total":
            total = number
        else:
            facets = _facets(value, chosen)
    return Found(hits, total, facets)


def _facets(counts: str, chosen: Chosen) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {name: {} for name in _VALUES}
    for line, (names, _fits) in zip(counts.split("\n"), _counted(chosen), strict=True):
        for told, number in Counter(line.split()).items():
            for name, values in zip(names, told.split("|"), strict=True):
                counted = facets[name]
                for value in values.split(",") if values else ():
                    counted[value] = counted.get(value, 0) + number
    return facets
