"""Best answer first: the first rows that were found, weighed again by title and by the passage that fits best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from ..swedish import stem, words
from .asking import Question, Term
from .finding import Row
from .known_words import is_light

#: How many of the first rows are weighed again.
WEIGHED = 60
#: What a title is worth that says all that was asked, one that says nothing else, and one that is just what was typed.
_ASKED, _ALONE, _SAME = 0.6, 0.8, 1.5
_WEIGHTS = "{0.1, 0.25, 0.5, 1.0}"
#: What the best passage adds, beside the whole.
_PASSAGE = 0.5


@dataclass(frozen=True)
class Passage:
    """The passage of a text that fits best, and how well."""

    text: int
    body: str
    page: int | None
    score: float


def weighed(rows: Sequence[Row], question: Question, passages: Mapping[int, Passage]) -> list[Row]:
    """Return `rows`, best first."""
    again = [replace(row, score=_score(row, question, passages)) for row in rows]
    return sorted(again, key=lambda row: (-row.score, row.title, row.key))


def _score(row: Row, question: Question, passages: Mapping[int, Passage]) -> float:
    inside = passages[row.key].score if row.source == "" and row.key in passages else 0.0
    return (row.score + _PASSAGE * inside) * title_share(row.title, question)


def title_share(title: str, question: Question) -> float:
    """Return what the title makes of the score: 1 when it says nothing of what was asked, up to nearly 4."""
    there = [stem(word) for word in words(title)]
    if not there or not question.terms:
        return 1.0 + (_SAME if there and " ".join(there) == question.title else 0.0)
    total = sum(term.weight for term in question.terms) or 1.0
    asked = sum(term.weight for term in question.terms if _in_title(term, there)) / total
    heavy = [found for found in there if not is_light(found)]
    taken = sum(any(_same(found, own) for term in question.terms for own in term.stems) for found in heavy)
    alone = taken / len(heavy) if heavy else 0.0
    same = _SAME if " ".join(there) == question.title else 0.0
    return 1.0 + _ASKED * asked + _ALONE * asked * alone + same


def _in_title(term: Term, there: Sequence[str]) -> bool:
    return any(all(any(_same(found, own) for found in there) for own in way) for way in term.ways)


def _same(found: str, own: str) -> bool:
    """Whether a word of the title is `own`, or has it as its first or last part."""
    return found == own or (len(own) > 3 and (found.startswith(own) or found.endswith(own)))


def best_passages(texts: Sequence[int], question: Question) -> dict[int, Passage]:
    """Return the passage of each text that fits `question` best: one statement."""
    if not texts:
        return {}
    score, values = _passage_score(question)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ON (text_id) text_id, body, page, {score} AS score FROM kernel_searchpassage "  # noqa: S608
            "WHERE text_id = ANY(%s) ORDER BY text_id, score DESC, number",
            [*values, list(texts)],
        )
        return {row[0]: Passage(*row) for row in cursor.fetchall()}


def _passage_score(question: Question) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    for term in question.terms:
        parts.append(f"%s * ts_rank('{_WEIGHTS}', search_vector, %s::tsquery)")
        values += [term.weight * len(term.lexemes), term.rank_query]
    for phrase in question.phrase_queries:
        parts.append(f"4 * ts_rank('{_WEIGHTS}', search_vector, %s::tsquery)")
        values.append(phrase)
    return " + ".join(parts) or "0", values
