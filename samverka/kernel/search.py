"""Search: Swedish stems made in the application, PostgreSQL's index over them, and a registry of sources.

A searchable model subclasses `Searchable`, fills `search_vector` by `store_vector(row)` in the action that writes the
row, and its app registers a `Source` whose `visible_to` decides who finds what.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import connection, models
from django.db.models import F

from .swedish import stems


class Searchable(models.Model):
    """Adds the index column. `search_parts` returns {weight A-D: texts}; the writer stores `vector_text` of them."""

    search_vector = SearchVectorField(null=True, editable=False)

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["search_vector"], name="%(class)s_search")]

    def search_parts(self) -> Mapping[str, Iterable[str]]:
        """Return the row's texts by weight, A heaviest."""
        raise TypeError(f"{type(self).__name__} lacks search_parts")


@dataclass(frozen=True)
class Hit:
    """One answer of a search: which row of which source, what it says, how well it fits (0 and up)."""

    kind: str
    label: str
    public_id: str
    title: str
    summary: str
    score: float


@dataclass(frozen=True)
class Source:
    """What an app lets be searched.

    `visible_to(user)` returns the QuerySet of Searchable rows that this person may find; `present(rows)` returns title
    and summary of each, in as many queries for one row as for fifty, saying no more than may show.
    """

    kind: str
    label: Any
    visible_to: Callable[[Any], models.QuerySet[Any]]
    present: Callable[[list[Any]], list[tuple[str, str]]]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Put `source` on the list of what is searched."""
    _sources[source.kind] = source


def sources() -> list[Source]:
    """Return the registered sources."""
    return list(_sources.values())


def search(text: str, *, user: Any, limit: int = 50, kind: str = "") -> list[Hit]:
    """Return the best answers to `text` among what `user` may find, best first; of one `kind` when named."""
    query = ts_query(text)
    if not query:
        return []
    hits: list[Hit] = []
    for source in sources():
        if kind in {"", source.kind}:
            hits.extend(_hits(source, query, user, limit))
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def _hits(source: Source, query: str, user: Any, limit: int) -> Iterator[Hit]:
    ask = SearchQuery(query, config="simple", search_type="raw")
    # 2: divide by the document's length, so that a name that is just the word comes before a long text that has it.
    rank = SearchRank(F("search_vector"), ask, normalization=2)
    found = source.visible_to(user).filter(search_vector=ask).annotate(search_rank=rank)
    rows = list(found.order_by("-search_rank", "pk")[:limit])
    for row, (title, summary) in zip(rows, source.present(rows), strict=True):
        yield Hit(source.kind, str(source.label), row.public_id, title, summary, float(row.search_rank))


def store_vector(row: Searchable) -> None:
    """Write the index column of one row; call it in the transaction that wrote the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET search_vector = %s::tsvector WHERE id = %s",  # noqa: S608  (our own table)
            [vector_text(row.search_parts()), row.pk],
        )


def stale_rows(model: type[Searchable]) -> Iterator[Searchable]:
    """Return the rows of `model` whose index does not say what the row says."""
    with connection.cursor() as cursor:
        for row in model._default_manager.iterator(chunk_size=1000):
            cursor.execute(
                f"SELECT search_vector IS DISTINCT FROM %s::tsvector FROM {model._meta.db_table} WHERE id = %s",  # noqa: S608
                [vector_text(row.search_parts()), row.pk],
            )
            if cursor.fetchone()[0]:
                yield row


def vector_text(parts: Mapping[str, Iterable[str]]) -> str:
    """Return `parts` ({weight: texts}) as the text form of a tsvector: 'stem':1A,2B …, at most 16 places a stem."""
    places: dict[str, list[str]] = {}
    position = 0
    for weight, texts in parts.items():
        for text in texts:
            for stem in stems(text):
                position = min(position + 1, 16383)
                seen = places.setdefault(stem, [])
                if len(seen) < 16:
                    seen.append(f"{position}{weight}")
    return " ".join(f"'{stem}':{','.join(seen)}" for stem, seen in places.items())


def ts_query(text: str) -> str:
    """Return what a person typed as a tsquery: every word, the last one also as a beginning; "" if none."""
    words = stems(text)
    if not words:
        return ""
    return " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
