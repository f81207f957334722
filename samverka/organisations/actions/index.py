"""Mending the register's index. Every action keeps it right; this proves it, and repairs after a change of how
words are read.
"""

from collections.abc import Iterator

from django.db import connection, transaction

from samverka.kernel.search import vector_text
from samverka.kernel.text import swedish_sort_key
from samverka.organisations.models import Organisation
from samverka.organisations.revision import touch_register

_BATCH = 1000
_IS_RIGHT = """
SELECT organisation.id FROM organisations_organisation organisation
JOIN unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS right_(id, vector, sort_key, field_ids) USING (id)
WHERE organisation.search_vector IS DISTINCT FROM right_.vector::tsvector OR organisation.sort_key <> right_.sort_key
  OR organisation.field_ids <> right_.field_ids::integer[]
"""
_MEND = """
UPDATE organisations_organisation organisation
SET search_vector = right_.vector::tsvector, sort_key = right_.sort_key, field_ids = right_.field_ids::integer[]
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS right_(id, vector, sort_key, field_ids)
WHERE organisation.id = right_.id
  AND (organisation.search_vector IS DISTINCT FROM right_.vector::tsvector OR organisation.sort_key <> right_.sort_key
    OR organisation.field_ids <> right_.field_ids::integer[])
"""


def wrong_index() -> int:
    """Return how many organisations' index does not say what their rows say."""
    wrong = 0
    with connection.cursor() as cursor:
        for columns in _batches():
            cursor.execute(_IS_RIGHT, columns)
            wrong += len(cursor.fetchall())
    return wrong


def mend_index() -> int:
    """Write the index anew where it is wrong; return how many organisations that were."""
    mended = 0
    for columns in _batches():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_MEND, columns)
            mended += cursor.rowcount
    if mended:
        touch_register()
    return mended


def _batches() -> Iterator[tuple[list[int], list[str], list[str], list[str]]]:
    """Return (keys, vectors, sort keys, fields) of all organisations, a thousand at a time."""
    rows = Organisation.objects.defer("search_vector").prefetch_related("fields", "earlier_names").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        fields = [sorted({key for f in row.fields.all() for key in (f.pk, f.parent_id) if key}) for row in batch]
        yield (
            [row.pk for row in batch],
            [vector_text(row.search_parts()) for row in batch],
            [swedish_sort_key(row.name) for row in batch],
            ["{" + ",".join(map(str, keys)) + "}" for keys in fields],
        )
