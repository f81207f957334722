"""The words of the indexed texts: learnt as they are written, counted anew at night.

They tell what a word is put together of, how rare it is, and what somebody meant who typed a letter wrong. Only what
anybody may read teaches it anything.
"""

import heapq
import itertools
from collections.abc import Iterable, Iterator, Mapping

from django.db import connection, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Concat

from ..swedish import stem, words
from .compounds import candidates, parts_of
from .models import SearchPassage, SearchText, SearchWord
from .registry import sources
from .vectors import LONGEST_WORD

_BATCH = 5000
#: The empty word's count is the number of texts.
_ALL = ""


def learn(texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Learn the new words of `texts`; return the parts of every word in them that is a compound.

    Called in the transaction that writes the texts. Words are put in in order, so that two who write wait for each
    other and never in a ring.
    """
    found = sorted({word for text in texts for word in words(text) if len(word) <= LONGEST_WORD})
    known = dict(SearchWord.objects.filter(word__in=found).values_list("word", "parts"))
    new = [word for word in found if word not in known]
    if new:
        parts = _parts(new)
        rows = [SearchWord(word=word, stem=stem(word), parts=parts.get(word, ())) for word in new]
        SearchWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_BATCH)
        # Another may have put in the same word meanwhile: what stands there holds.
        known |= dict(SearchWord.objects.filter(word__in=new).values_list("word", "parts"))
    return {word: tuple(its) for word, its in known.items() if its}


def parts_known(texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the parts of the compounds in `texts` as they are known, learning nothing."""
    found = {word for text in texts for word in words(text)}
    rows = SearchWord.objects.filter(word__in=found).exclude(parts=[]).values_list("word", "parts")
    return {word: tuple(parts) for word, parts in rows}


def _parts(new: list[str]) -> Mapping[str, tuple[str, ...]]:
    asked = {candidate for word in new for candidate in candidates(word)}
    own = {stem(word) for word in new}
    there = set(SearchWord.objects.filter(stem__in=asked).values_list("stem", flat=True))
    return parts_of(new, there | own)


def texts_counted() -> int:
    """Return how many texts there were when they were last counted."""
    return int(SearchWord.objects.filter(word=_ALL).values_list("count", flat=True).first() or 1)


def counts_of(stems: Iterable[str]) -> dict[str, int]:
    """Return in how many texts each of `stems` stands, by itself or as a part, about."""
    asked = list(stems)
    counted = dict.fromkeys(asked, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT stem, sum(count) FROM (
              SELECT stem, count FROM kernel_searchword WHERE stem = ANY(%(asked)s)
              UNION ALL
              SELECT part, count FROM kernel_searchword, unnest(parts) AS part
              WHERE parts && %(asked)s::varchar[] AND parts <> '{}' AND part = ANY(%(asked)s)
            ) counted GROUP BY stem
            """,
            {"asked": asked},
        )
        counted.update({found: int(count) for found, count in cursor.fetchall()})
    return counted


@transaction.atomic
def recount() -> list[str]:
    """Count every word anew, forget those that no text has, and take compounds apart by all that is known now.

    Returns the words whose parts have changed: the texts that hold them must be indexed anew in the same transaction.
    """
    counted = _counted_words()
    known = {stem(word) for word in counted}
    parts = parts_of(counted, known)
    before = {row.word: tuple(row.parts) for row in SearchWord.objects.exclude(word=_ALL).iterator(chunk_size=_BATCH)}
    SearchWord.objects.exclude(word__in=[*counted, _ALL]).delete() if counted else SearchWord.objects.all().delete()
    rows = [SearchWord(word=w, stem=stem(w), parts=parts.get(w, ()), count=n) for w, n in sorted(counted.items())]
    rows.append(SearchWord(word=_ALL, stem=_ALL, count=max(1, SearchText.objects.count())))
    SearchWord.objects.bulk_create(
        rows, batch_size=_BATCH, update_conflicts=True, unique_fields=["word"], update_fields=["parts", "count"]
    )
    return [word for word in counted if before.get(word, ()) != parts.get(word, ())]


def _counted_words() -> dict[str, int]:
    """Return each word of the texts and in how many it stands; organisations' names count as one each."""
    counted: dict[str, int] = {}
    for _pk, pieces in itertools.groupby(_pieces(), key=lambda row: row[0]):
        for word in {word for piece in pieces for word in words(piece[1])}:
            counted[word] = counted.get(word, 0) + 1
    for source in sources():
        for name in source.open_words() if source.open_words else ():
            for word in set(words(name)):
                counted.setdefault(word, 1)
    return {word: count for word, count in counted.items() if len(word) <= LONGEST_WORD}


def _pieces() -> Iterator[tuple[int, str]]:
    """Return (text's key, words) of every text and passage, a text's own together."""
    said = Concat("title", Value(" "), "summary", Value(" "), "keywords", output_field=TextField())
    heads = SearchText.objects.order_by("pk").values_list("pk", said).iterator(chunk_size=2000)
    passages = SearchPassage.objects.order_by("text_id", "number")
    bodies = passages.values_list("text_id", "body").iterator(chunk_size=2000)
    yield from heapq.merge(heads, bodies, key=lambda row: row[0])
