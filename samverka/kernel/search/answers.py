"""One search over everything that a person may find: reading the question, finding, weighing, and saying where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from .asking import Question, read
from .excerpts import excerpt, which
from .finding import Chosen, Found, Row, find
from .models import SearchText
from .ranking import WEIGHED, Passage, best_passages, weighed
from .registry import kind_labels, sources, text_sources

PAGE_SIZE = 20
#: With fewer answers than this those that lack a word are shown as well, after them.
FEW = 60
#: How much of what was asked for those must have; the second only where the first finds too few as well.
SHARES = (0.5, 0.3)


@dataclass(frozen=True)
class Hit:
    """One answer of a search: which row of which kind, what it says, how well it fits (0 and up).

    `excerpt` is HTML: escaped, with the asked words in <mark>. `page` is where in a PDF it stands.
    """

    kind: str
    label: str
    public_id: str
    title: str
    summary: str
    score: float
    excerpt: str = ""
    page: int | None = None
    year: int | None = None
    key: str = ""
    found_from: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What a search gave: a page of hits, how many there are in all, and the counts of each facet.

    `loose`: only the `exact` first have every word, the others most of them. `corrections`: words that no text has,
    with the ones they were read as.
    """

    question: Question
    hits: Sequence[Hit] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    loose: bool = False
    exact: int = 0

    @property
    def corrections(self) -> Sequence[tuple[str, str]]:
        """The words that were read as others."""
        return self.question.corrections

    @property
    def meant(self) -> str:
        """What was typed, with those words put right."""
        return self.question.meant


def search(text: str, *, user: Any, limit: int = 50, kind: str = "") -> list[Hit]:
    """Return the best answers to `text` among what `user` may find, best first; of one `kind` when named."""
    return list(ask(text, user=user, chosen=Chosen(kind=(kind,) if kind else ()), size=limit).hits)


def ask(text: str, *, user: Any, chosen: Chosen | None = None, page: int = 1, size: int = PAGE_SIZE) -> Answer:
    """Return page `page` of the answers to `text` among what `user` may find, narrowed to what is `chosen`."""
    question = read(text)
    if not question:
        return Answer(question)
    chosen = chosen or Chosen()
    found = _found(question, user=user, chosen=chosen, page=page, size=size)
    texts = [row.key for row in found.rows if row.source == ""]
    passages = best_passages(texts, question)
    rows = _shown(found, question, passages, page=page, size=size, newest=chosen.newest)
    hits = _hits(rows, question, passages, user)
    return Answer(question, hits, found.total, found.facets, found.loose, found.exact)


def _found(question: Question, *, user: Any, chosen: Chosen, page: int, size: int) -> Found:
    start = (page - 1) * size
    # The first rows are weighed again together, so that a row stands on one page only.
    limit, offset = (max(WEIGHED, size), 0) if start < WEIGHED and not chosen.newest else (size, start)
    found = exact = find(question, user=user, chosen=chosen, limit=limit, offset=offset)
    for share in () if chosen.newest else SHARES:
        if found.total < FEW and len(question.terms) > 1:
            found = find(question, user=user, chosen=chosen, limit=limit, offset=offset, enough=share)
    return replace(found, exact=exact.total, loose=found.total > exact.total)


def _shown(
    found: Found, question: Question, passages: Mapping[int, Passage], *, page: int, size: int, newest: bool
) -> Sequence[Row]:
    start = (page - 1) * size
    if start >= WEIGHED or newest:
        return found.rows[:size]
    return weighed(found.rows, question, passages)[start : start + size]


def _hits(rows: Sequence[Row], question: Question, passages: Mapping[int, Passage], user: Any) -> list[Hit]:
    """Return what shows of `rows`; a row that may no longer be read is left out."""
    made = _text_hits(rows, question, passages)
    for source in sources():
        made |= _row_hits(source, rows, question, user)
    return [hit for row in rows if (hit := made.get((row.source, row.key)))]


def _row_hits(source: Any, rows: Sequence[Row], question: Question, user: Any) -> dict[tuple[str, int], Hit]:
    scores = {row.key: row.score for row in rows if row.source == source.kind}
    if not scores:
        return {}
    there = list(source.visible_to(user).filter(pk__in=scores))
    made = {}
    for row, (title, summary) in zip(there, source.present(there), strict=True):
        shown = excerpt(summary, question.marked, question.marked_phrases)
        score = round(scores[row.pk], 4)
        made[source.kind, row.pk] = Hit(
            source.kind,
            str(source.label),
            row.public_id,
            title,
            summary,
            score,
            shown,
            key=f"{source.kind}:{row.public_id}",
        )
    return made


def _text_hits(rows: Sequence[Row], question: Question, passages: Mapping[int, Passage]) -> dict[tuple[str, int], Hit]:
    scores = {row.key: row.score for row in rows if row.source == ""}
    texts = _readable(SearchText.objects.filter(pk__in=scores).defer("search_vector"))
    labels = kind_labels()
    made = {}
    for text in texts:
        best = passages.get(text.pk)
        shown, page = _excerpt(text, best, question)
        made["", text.pk] = Hit(
            text.kind, labels.get(text.kind, text.kind), text.object_id, text.title, text.summary,
            round(scores[text.pk], 4), shown, page, text.year, f"{text.kind}:{text.object_id}", text.found_from,
        )  # fmt: skip
    return made


def _readable(texts: Any) -> list[SearchText]:
    """Return those of `texts` that anybody may read at this moment, whatever the index says."""
    found = {(text.kind, text.object_id): text for text in texts}
    kept: list[SearchText] = []
    for source in text_sources():
        if keys := [key for key in found if key[0] in source.kinds]:
            kept += [found[key] for key in source.visible(keys)]
    return kept


def _excerpt(text: SearchText, best: Passage | None, question: Question) -> tuple[SafeString, int | None]:
    """Return the summary or the best passage, whichever has more of what was asked; the summary when they are even."""
    marked = question.marked
    in_summary = _said(text.summary, marked)
    if best and (not text.summary or _said(best.body, marked) > in_summary):
        return excerpt(best.body, marked, question.marked_phrases), best.page
    return excerpt(text.summary, marked, question.marked_phrases), None


def _said(text: str, marked: frozenset[str]) -> int:
    return len({found for word in text.split() if (found := which(word.strip('.,:;!?()"”'), marked))})
