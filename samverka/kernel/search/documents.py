"""Writing the index, in the transaction that writes the row it is made from; and proving that it says what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from .models import SearchPassage, SearchText
from .passages import passages
from .registry import Document, TextSource, sources, text_source_of, text_sources
from .vectors import Searchable, stale_rows, vector_text, write_vector
from .vocabulary import learn, parts_known, recount

#: A tsvector holds a megabyte; a book's last chapters are left out of the whole's, and stand in their own passages.
MOST_INDEXED = 600_000

_COLUMNS = (
    "owner", "kind", "object_id", "title", "summary", "keywords", "language", "forms", "field_ids", "county_id",
    "municipality_id", "year", "found_from",
)  # fmt: skip
_INSERT = f"""
INSERT INTO kernel_searchtext ({", ".join(_COLUMNS)}, search_vector)
VALUES ({", ".join(["%s"] * len(_COLUMNS))}, %s::tsvector) RETURNING id
"""  # noqa: S608  (our own table)
_PASSAGE = """
INSERT INTO kernel_searchpassage (text_id, number, page, body, search_vector)
SELECT %s, number, page, body, vector::tsvector
FROM unnest(%s::integer[], %s::integer[], %s::text[], %s::text[]) AS piece(number, page, body, vector)
"""


@dataclass(frozen=True)
class _Made:
    """A document as it stands in the index: its columns, its vector, its passages with theirs."""

    values: tuple[Any, ...]
    vector: str
    pieces: Sequence[tuple[int, int | None, str, str]]


def store_vector(row: models.Model) -> None:
    """Write everything that search holds of a row; call it in the transaction that wrote the row.

    For a row that nobody may read any more this takes it out of the index.
    """
    if isinstance(row, Searchable):
        write_vector(row)
    if source := text_source_of(type(row)):
        store_documents(owner_of(row), source.documents(row))


def owner_of(row: models.Model) -> str:
    """Return the name of a row in the index's `owner`."""
    return f"{row._meta.label_lower}:{row.pk}"


def store_documents(owner: str, documents: Iterable[Document]) -> None:
    """Let `documents`, and nothing else, stand in the index for `owner`."""
    with transaction.atomic():
        _forget(owner)
        for document in documents:
            _write(_made(owner, document, learn(_texts(document))))


def forget_row(row: models.Model) -> None:
    """Take a row out of the index; call it in the transaction that removes or hides the row."""
    _forget(owner_of(row))


def _forget(owner: str) -> int:
    """Remove the texts of an owner with their passages; return how many texts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM kernel_searchtext WHERE owner = %s RETURNING id), pieces AS "
            "(DELETE FROM kernel_searchpassage USING gone WHERE text_id = gone.id) SELECT count(*) FROM gone",
            [owner],
        )
        return int(cursor.fetchone()[0])


def _texts(document: Document) -> list[str]:
    return [document.title, document.summary, document.keywords, document.body]


def _made(owner: str, document: Document, compounds: Mapping[str, tuple[str, ...]]) -> _Made:
    parts = {
        "A": [document.title], "B": [document.summary, document.keywords], "C": [document.body[:MOST_INDEXED]],
    }  # fmt: skip
    pieces = [
        (number, page, body, vector_text({"C": [body]}, compounds))
        for number, (page, body) in enumerate(passages(document.body), start=1)
    ]
    return _Made(_values(owner, document), vector_text(parts, compounds), pieces)


def _values(owner: str, document: Document) -> tuple[Any, ...]:
    return (
        owner, document.kind, document.object_id, document.title[:300], document.summary, document.keywords,
        document.language, list(document.forms), list(document.field_ids), document.county, document.municipality,
        document.year, document.found_from,
    )  # fmt: skip


def _write(made: _Made) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*made.values, made.vector])
        key = cursor.fetchone()[0]
        if made.pieces:
            numbers, pages, bodies, vectors = (list(column) for column in zip(*made.pieces, strict=True))
            cursor.execute(_PASSAGE, [key, numbers, pages, bodies, vectors])


def learn_words() -> int:
    """Count the words anew, and index anew every text with a word that is now taken apart in another way; return how
    many texts those were.
    """
    with transaction.atomic():
        changed = recount()
        owners = _owners_with(changed)
        for source in text_sources():
            for row in _rows_of(source, owners):
                store_documents(owner_of(row), source.documents(row))
    return len(owners)


def _owners_with(words: list[str]) -> set[str]:
    """Return the owners of the texts that hold any of `words`."""
    from ..swedish import stem

    asked = " | ".join(f"'{found}'" for found in sorted({stem(word) for word in words}))
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT owner FROM kernel_searchtext WHERE search_vector @@ %s::tsquery", [asked])
        return {row[0] for row in cursor.fetchall()}


def _rows_of(source: TextSource, owners: set[str]) -> Iterator[models.Model]:
    label = source.model._meta.label_lower
    keys = [owner.rpartition(":")[2] for owner in owners if owner.rpartition(":")[0] == label]
    yield from source.rows().filter(pk__in=keys)


def mend_texts() -> int:
    """Index anew every row whose texts the index does not hold as they are, and take out what has no row; return how
    many that were.
    """
    learn_words()
    mended = 0
    for source in text_sources():
        for row in list(_wrong_rows(source)):
            store_documents(owner_of(row), source.documents(row))
            mended += 1
    mended += sum(_forget(owner) > 0 for owner in list(_ownerless()))
    for model in _searchable_rows():
        for row in list(stale_rows(model)):
            write_vector(row)
            mended += 1
    return mended


def wrong_texts() -> int:
    """Return how many rows the index says something else of than they say themselves."""
    wrong = sum(1 for source in text_sources() for _row in _wrong_rows(source))
    stale = sum(1 for model in _searchable_rows() for _row in stale_rows(model))
    return wrong + stale + sum(1 for _owner in _ownerless())


def _searchable_rows() -> list[type[Any]]:
    """Return the models with a vector of their own that a source of rows asks; the register proves its own."""
    models_ = [source.visible_to(None).model for source in sources()]
    return [model for model in models_ if model._meta.label_lower != "organisations.organisation"]


def _ownerless() -> Iterator[str]:
    """Return the owners in the index whose row is gone, or of a kind that nothing indexes."""
    known = {source.model._meta.label_lower: source for source in text_sources()}
    by_label: dict[str, set[str]] = {}
    for owner in SearchText.objects.values_list("owner", flat=True).distinct():
        label, _colon, key = owner.rpartition(":")
        by_label.setdefault(label, set()).add(key)
    for label, keys in by_label.items():
        there = {str(key) for key in known[label].rows().values_list("pk", flat=True)} if label in known else set()
        yield from (f"{label}:{key}" for key in sorted(keys - there))


def _wrong_rows(source: TextSource) -> Iterator[models.Model]:
    for row in source.rows().iterator(chunk_size=500):
        documents = list(source.documents(row))
        compounds = parts_known(text for document in documents for text in _texts(document))
        made = [_made(owner_of(row), document, compounds) for document in documents]
        if not _stands(owner_of(row), made):
            yield row


def _stands(owner: str, made: list[_Made]) -> bool:
    """Whether the index holds exactly this for `owner`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_searchtext WHERE owner = %s", [owner])
        if cursor.fetchone()[0] != len(made):
            return False
        return all(_one_stands(cursor, each) for each in made)


def _one_stands(cursor: Any, made: _Made) -> bool:
    same = " AND ".join(f"{column} IS NOT DISTINCT FROM %s" for column in _COLUMNS)
    cursor.execute(
        f"SELECT id FROM kernel_searchtext WHERE {same} AND search_vector = %s::tsvector",  # noqa: S608
        [*made.values, made.vector],
    )
    if (found := cursor.fetchone()) is None:
        return False
    pieces = SearchPassage.objects.filter(text_id=found[0]).order_by("number").values_list("number", "page", "body")
    return list(pieces) == [piece[:3] for piece in made.pieces]
