"""How well search finds: questions with known answers, ours beside PostgreSQL's own `swedish` on the same texts."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from bench.rows import Row
from bench.search_texts import Text, texts

QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "search" / "questions.yaml"
MOST = 10


@dataclass(frozen=True)
class Asked:
    """A question, the keys of the texts that answer it, and the keys that were found, best first."""

    question: str
    sort: str
    answers: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def reciprocal_rank(self) -> float:
        """One through the place of the first right answer, 0 when it is not among the ten."""
        places = [place for place, key in enumerate(self.found[:MOST], start=1) if key in self.answers]
        return 1 / places[0] if places else 0.0

    @property
    def recall(self) -> float:
        """The share of the right answers that are among the ten."""
        return len(set(self.answers) & set(self.found[:MOST])) / len(self.answers)


@dataclass(frozen=True)
class Quality:
    """How a search did: mean reciprocal rank, mean recall at ten, and each question."""

    mrr: float
    recall: float
    asked: Sequence[Asked]

    @property
    def misses(self) -> list[Asked]:
        """The questions whose right answer is not first, or not there."""
        return [one for one in self.asked if one.reciprocal_rank < 1 or one.recall < 1]


def load() -> dict[str, str]:
    """Put the texts in as published pages; return {key: public id}."""
    from samverka.kernel.search import learn_words, store_vector
    from samverka.knowledge.models import Page

    now = datetime.now(tz=UTC)
    ids = {}
    for text in texts():
        page = Page.objects.create(
            kind="publication", state="published", title=text.title[:200], summary=text.summary[:1000],
            search_text=_whole(text), year=text.year, published_at=now,
        )  # fmt: skip
        store_vector(page)
        ids[text.key] = page.public_id
    learn_words()
    return ids


def _whole(text: Text) -> str:
    """Return the body, with what the title and the summary have no room for."""
    return "\n\n".join(part for part in (text.title[200:], text.summary[1000:], text.body) if part)


def measured(find: Callable[[str], Sequence[str]]) -> Quality:
    """Ask every question by `find` and say how it went."""
    asked = []
    for row in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8")):
        asked.append(Asked(row["q"], row["sort"], tuple(row["a"]), tuple(find(row["q"]))))
    return Quality(
        sum(one.reciprocal_rank for one in asked) / len(asked), sum(one.recall for one in asked) / len(asked), asked
    )


def ours(ids: dict[str, str]) -> Callable[[str], Sequence[str]]:
    """Return the product's search as a visitor without an account meets it."""
    from django.contrib.auth.models import AnonymousUser

    from samverka.kernel.search import search

    keys = {public: key for key, public in ids.items()}
    return lambda asked: [
        keys[hit.public_id] for hit in search(asked, user=AnonymousUser(), limit=MOST, kind="publication")
    ]


def postgres(ids: dict[str, str], *, any_word: bool) -> Callable[[str], Sequence[str]]:
    """Return PostgreSQL's own search: configuration `swedish`, title A, summary B, body C, ts_rank_cd by length.

    websearch_to_tsquery asks for every word; `any_word` asks for any of them, which finds more.
    """
    from django.db import connection

    keys = {public: key for key, public in ids.items()}
    vector = (
        "setweight(to_tsvector('swedish', title), 'A') || setweight(to_tsvector('swedish', summary), 'B') || "
        "setweight(to_tsvector('swedish', search_text), 'C')"
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS plain_texts")
        cursor.execute(
            f"CREATE TEMPORARY TABLE plain_texts AS SELECT public_id, {vector} AS vector FROM knowledge_page"
        )
    query = "websearch_to_tsquery('swedish', %s)"
    if any_word:
        query = f"CAST(replace({query}::text, ' & ', ' | ') AS tsquery)"

    def find(asked: str) -> Sequence[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT public_id FROM plain_texts, {query} AS asked WHERE vector @@ asked "
                "ORDER BY ts_rank_cd(vector, asked, 1) DESC LIMIT %s",
                [asked, MOST],
            )
            return [keys[row[0]] for row in cursor.fetchall()]

    return find


def measure() -> list[Row]:
    """Load the texts, ask every question three ways, print the misses and return the rows."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    start = time.perf_counter()
    ids = load()
    took = time.perf_counter() - start
    found = measured(ours(ids))
    strict, loose = (measured(postgres(ids, any_word=any_word)) for any_word in (False, True))
    show(found, loose)
    best = max((strict, loose), key=lambda one: one.mrr)
    return [*_rows(found, best, strict, len(ids), took)]


def _rows(found: Quality, best: Quality, strict: Quality, count: int, took: float) -> Any:
    told = f"{len(found.asked)} questions, {count} texts indexed in {took:.0f} s"
    peer = "PostgreSQL `swedish`"
    for name, ours_, other, all_, bar in (
        ("text_quality_mrr", found.mrr, best.mrr, strict.mrr, 0.85),
        ("text_quality_recall10", found.recall, best.recall, strict.recall, 0.95),
    ):
        note = f"{told}; the peer asked for any word, asked for all words it has {all_:.3f}"
        yield Row(
            name, ours_, "", bar=bar, at_most=False, peer=peer, peer_value=other, peer_ratio=ours_ / other, note=note
        )


def show(found: Quality, other: Quality, say: Callable[[str], None] = print) -> None:
    """Print every question whose right answer is not first, with both places."""
    others = {one.question: one for one in other.asked}
    for one in found.misses:
        theirs = others[one.question].reciprocal_rank
        say(f"{one.sort:10} {one.question!r}: 1/{_place(one.reciprocal_rank)}, recall {one.recall:.2f}; "
            f"PostgreSQL 1/{_place(theirs)}; first {list(one.found[:2])}")  # fmt: skip


def _place(rank: float) -> str:
    return str(round(1 / rank)) if rank else "–"
