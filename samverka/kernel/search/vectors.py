"""The index of a text: Swedish stems with places and weights, as PostgreSQL's tsvector.

A part of a compound stands in it with a plus before, at the compound's own place: *föreningsbidrag* is "föreningsbidr",
"+förening" and "+bidr". So a part is found, and a phrase in quotes still means what it says.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models

from ..swedish import stem, stems, words

#: A tsvector's own limits: places beyond this one are not told apart, and a word has at most this many of them.
LAST_PLACE, MOST_PLACES = 16_383, 16
LONGEST_WORD = 80
#: A part of a compound weighs as much as a word one step down.
_BELOW = {"A": "B", "B": "C", "C": "D", "D": "D"}


class Searchable(models.Model):
    """Adds the index column. `search_parts` returns {weight A-D: texts}; the writer stores `vector_text` of them."""

    search_vector = SearchVectorField(null=True, editable=False)

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["search_vector"], name="%(class)s_search")]

    def search_parts(self) -> Mapping[str, Iterable[str]]:
        """Return the row's texts by weight, A heaviest."""
        raise TypeError(f"{type(self).__name__} lacks search_parts")


def write_vector(row: Searchable) -> None:
    """Write the index column of one row."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET search_vector = %s::tsvector WHERE id = %s",  # noqa: S608  (our own table)
            [vector_text(row.search_parts()), row.pk],
        )


def stale_rows(model: type[Any]) -> Iterator[Any]:
    """Return the rows of `model` whose index does not say what the row says."""
    with connection.cursor() as cursor:
        for row in model._default_manager.iterator(chunk_size=1000):
            cursor.execute(
                f"SELECT search_vector IS DISTINCT FROM %s::tsvector FROM {model._meta.db_table} WHERE id = %s",  # noqa: S608
                [vector_text(row.search_parts()), row.pk],
            )
            if cursor.fetchone()[0]:
                yield row


def vector_text(parts: Mapping[str, Iterable[str]], compounds: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return `parts` ({weight: texts}) as the text form of a tsvector: 'stem':1A,2B …, at most 16 places a stem.

    `compounds` gives the stems that a word is put together of.
    """
    known = compounds or {}
    places: dict[str, list[str]] = {}
    position = 0
    for weight, texts in parts.items():
        for text in texts:
            for word in words(text):
                position = min(position + 1, LAST_PLACE)
                _place(places, stem(word)[:LONGEST_WORD], f"{position}{weight}")
                for part in known.get(word, ()):
                    _place(places, f"+{part}", f"{position}{_BELOW[weight]}")
    return " ".join(f"'{lexeme}':{','.join(seen)}" for lexeme, seen in places.items())


def _place(places: dict[str, list[str]], lexeme: str, place: str) -> None:
    seen = places.setdefault(lexeme, [])
    if len(seen) < MOST_PLACES:
        seen.append(place)


def ts_query(text: str) -> str:
    """Return what a person typed as a plain tsquery: every word, the last one also as a beginning; "" if none."""
    asked = stems(text)
    if not asked:
        return ""
    return " & ".join([*(f"'{word}'" for word in asked[:-1]), f"'{asked[-1]}':*"])
