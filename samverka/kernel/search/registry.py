"""What is searched: texts that anybody may read (the index), and rows that each reader is asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Document:
    """A text as it goes into the index: what SearchText holds, with the whole body. A form feed in `body` begins a
    new page.
    """

    kind: str
    object_id: str
    title: str
    found_from: datetime
    summary: str = ""
    keywords: str = ""
    body: str = ""
    language: str = "sv"
    forms: tuple[str, ...] = ()
    field_ids: tuple[int, ...] = ()
    county: str = ""
    municipality: str = ""
    year: int | None = None


#: What a text is told by: its kind and its object_id.
Key = tuple[str, str]


@dataclass(frozen=True)
class TextSource:
    """What an app puts into the index. `kinds` maps a kind to its label; `documents(row)` returns what anybody may read
    of a row, nothing when nobody may; `rows()` returns all rows that may have any; `visible(keys)` returns those of the
    keys (kind, object_id) that anybody may still read, in one query, asked each time before something is shown.
    """

    model: type[models.Model]
    kinds: Mapping[str, Any]
    documents: Callable[[Any], Iterable[Document]]
    rows: Callable[[], models.QuerySet[Any]]
    visible: Callable[[list[Key]], Iterable[Key]]


@dataclass(frozen=True)
class Source:
    """What an app lets be searched beside the index, in rows that carry their own vector.

    `visible_to(user)` returns the QuerySet of Searchable rows that this person may find; `present(rows)` returns title
    and summary of each, in as many queries for one row as for fifty, saying no more than may show. `columns` are
    expressions for title, forms, field_ids, county, municipality and year, as far as it has them and they may show.
    """

    kind: str
    label: Any
    visible_to: Callable[[Any], models.QuerySet[Any]]
    present: Callable[[list[Any]], list[tuple[str, str]]]
    columns: Mapping[str, Any] = field(default_factory=dict)
    #: Whether everybody finds all of it: its words may help with other people's spelling.
    open_words: Callable[[], Iterable[str]] | None = None


_sources: dict[str, Source] = {}
_text_sources: dict[type[models.Model], TextSource] = {}


def register_source(source: Source) -> None:
    """Put `source` on the list of what is searched."""
    _sources[source.kind] = source


def register_texts(source: TextSource) -> None:
    """Put `source` on the list of what is indexed."""
    _text_sources[source.model] = source


def sources() -> list[Source]:
    """Return the registered sources of rows."""
    return list(_sources.values())


def text_sources() -> list[TextSource]:
    """Return the registered sources of texts."""
    return list(_text_sources.values())


def text_source_of(model: type[models.Model]) -> TextSource | None:
    """Return what indexes the rows of `model`, if anything does."""
    return _text_sources.get(model)


def kind_labels() -> dict[str, str]:
    """Return the label of every kind that can be searched, in the order they were registered."""
    rows = {source.kind: str(source.label) for source in sources()}
    texts = {kind: str(label) for source in text_sources() for kind, label in source.kinds.items()}
    return rows | texts
