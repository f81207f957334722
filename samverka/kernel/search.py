"""Search: Swedish stems made in the application, PostgreSQL's index over them, and a registry of sources.

A searchable model subclasses `Searchable`, fills `search_vector` from `vector_text(row.search_parts())` in the action that writes the row,
and its app registers a `Source` whose `visible_to` decides who finds what.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

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
    """One answer of a search: what it is, where it is, how well it fits."""

    kind: str
    title: str
    url: str
    excerpt: str
    score: float


@dataclass(frozen=True)
class Source:
    """What an app lets be searched. `visible_to(user)` returns the QuerySet that this person may find in."""

    kind: str
    label: Any
    visible_to: Callable[[Any], models.QuerySet[Any]]
    present: Callable[[Any], tuple[str, str, str]]
    stale: Callable[[bool], int]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Put `source` on the list of what is searched."""
    _sources[source.kind] = source


def sources() -> list[Source]:
    """Return the registered sources."""
    return list(_sources.values())


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
    """Return what a person typed as a tsquery in text form: every word, the last one also as a beginning; "" if none."""
    words = stems(text)
    if not words:
        return ""
    return " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
