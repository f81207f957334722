"""Search: Swedish stems made in the application, PostgreSQL's index over them, and registries of what is searched.

What anybody may read is a `Document` in the index; its app registers a `TextSource`, and the action that writes the row
calls `store_vector(row)`. What each reader is asked for is a row that carries its own vector; its app registers a
`Source` whose `visible_to` decides who finds what (ADR 11).
"""

from .answers import PAGE_SIZE, Answer, Hit, ask, search
from .documents import forget_row, learn_words, mend_texts, store_vector, wrong_texts
from .finding import Chosen
from .registry import (
    Document,
    Source,
    TextSource,
    kind_labels,
    register_source,
    register_texts,
    sources,
    text_sources,
)
from .vectors import Searchable, stale_rows, ts_query, vector_text

__all__ = [
    "PAGE_SIZE",
    "Answer",
    "Chosen",
    "Document",
    "Hit",
    "Searchable",
    "Source",
    "TextSource",
    "ask",
    "forget_row",
    "kind_labels",
    "learn_words",
    "mend_texts",
    "register_source",
    "register_texts",
    "search",
    "sources",
    "stale_rows",
    "store_vector",
    "text_sources",
    "ts_query",
    "vector_text",
    "wrong_texts",
]
