"""What a person typed, read as a question to the index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import log

from ..swedish import stem, words
from .compounds import candidates, split
from .known_words import is_common, is_light
from .models import SearchWord
from .spelling import nearest
from .vocabulary import counts_of, texts_counted

MOST_WORDS = 24
#: Among how many words it is weighed how much of what was asked for a text has.
MOST_WEIGHED = 7
#: A last part that is no longer than this says nothing, if it is not among the common words.
_SHORTEST_LAST = 3
#: What a word weighs that no text is known to have.
UNKNOWN = 1.0
_TOKEN = re.compile(
    r'(?P<minus>(?<!\S)[-−–](?=[\w"”“«»]))?(?:["”“«»](?P<phrase>[^"”“«»]*)["”“«»]|(?P<word>[^\s"”“«»]+))'
)

_QUOTES = re.compile('["”“«»]')


@dataclass(frozen=True)
class Term:
    """One word of a question: how the index is asked for it, how much it says, and what was read instead of it."""

    word: str
    query: str
    #: The lexemes, any of which is the word: what is ranked.
    lexemes: tuple[str, ...] = ()
    weight: float = 1.0
    known: bool = True
    corrected: str = ""
    stems: tuple[str, ...] = ()
    #: The stems that a title must have, one set or the other, to say this word.
    ways: tuple[tuple[str, ...], ...] = ()

    @property
    def rank_query(self) -> str:
        """What is ranked; PostgreSQL divides by how many lexemes there are, so multiply by that."""
        return " | ".join(self.lexemes)


@dataclass(frozen=True)
class Question:
    """A search: its words, its phrases, what must not be there. `plain` is as it was typed."""

    plain: str
    terms: tuple[Term, ...]
    phrases: tuple[str, ...]
    without: tuple[str, ...]
    title: str

    def __bool__(self) -> bool:
        return bool(self.terms or self.phrases)

    @property
    def strict(self) -> str:
        """The tsquery that asks for every word."""
        return self._with([f"({term.query})" for term in self.terms], " & ")

    def loose(self, enough: float) -> str:
        """The tsquery that asks for this share of what was said; phrases and minus words hold all the same."""
        asked = [" & ".join(f"({term.query})" for term in chosen) for chosen in most_of(self.terms, enough)]
        return self._with([f"({each})" for each in asked], " | ")

    @property
    def phrase_queries(self) -> list[str]:
        """A tsquery for each phrase."""
        return [_phrase(phrase) for phrase in self.phrases]

    @property
    def corrections(self) -> tuple[tuple[str, str], ...]:
        """Each word that no text has, with the one that was searched for besides."""
        return tuple((term.word, term.corrected) for term in self.terms if term.corrected)

    @property
    def said(self) -> str:
        """What was typed, to stand within quotes: marks of its own are left out."""
        return " ".join(_QUOTES.sub(" ", self.plain).split())

    @property
    def meant(self) -> str:
        """What was typed with the corrections in it."""
        said = self.plain
        for word, corrected in self.corrections:
            said = re.sub(rf"\b{re.escape(word)}\b", corrected, said, flags=re.IGNORECASE)
        return said

    @property
    def marked(self) -> frozenset[str]:
        """The stems to mark in an excerpt: of a phrase those that say something, where it does not stand as a whole."""
        own = {found for term in self.terms for found in term.stems}
        return frozenset(own | {stem(word) for phrase in self.phrases for word in words(phrase) if not is_light(word)})

    @property
    def marked_phrases(self) -> tuple[tuple[str, ...], ...]:
        """The phrases to mark as a whole, as stems, the longest first."""
        found = (tuple(stem(word) for word in words(phrase)) for phrase in self.phrases)
        return tuple(sorted(found, key=len, reverse=True))

    def _with(self, asked: list[str], joint: str) -> str:
        parts = [f"({joint.join(asked)})"] if asked else []
        parts += [f"({_phrase(phrase)})" for phrase in self.phrases]
        return " & ".join([*parts, *(f"!({_phrase(phrase)})" for phrase in self.without)])


def most_of(terms: Sequence[Term], enough: float) -> list[tuple[Term, ...]]:
    """Return the smallest sets of terms that say at least `enough` of what all of them say."""
    wanted = enough * sum(term.weight for term in terms)
    found: list[tuple[Term, ...]] = []
    said = sorted(terms, key=lambda term: -term.weight)[:MOST_WEIGHED]
    for size in range(1, len(said) + 1):
        for chosen in combinations(said, size):
            fits = sum(term.weight for term in chosen) >= wanted
            if fits and not any(set(smaller) <= set(chosen) for smaller in found):
                found.append(chosen)
    return found or [tuple(said)]


def read(text: str) -> Question:
    """Return what `text` asks for. A question of nothing but minus words asks for nothing."""
    loose, phrases, without = _tokens(text)
    chosen = [word for word in loose if not is_light(word)] or ([] if phrases else loose)
    terms = _terms(list(dict.fromkeys(chosen))[:MOST_WORDS])
    title = " ".join(stem(word) for word in words(text))
    return Question(" ".join(text.split()), tuple(terms), tuple(phrases), tuple(without), title)


def _tokens(text: str) -> tuple[list[str], list[str], list[str]]:
    loose: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    for match in _TOKEN.finditer(text):
        said = match["phrase"] if match["phrase"] is not None else match["word"]
        found = words(said)
        if not found:
            continue
        if match["minus"]:
            without.append(" ".join(found))
        elif match["phrase"] is not None:
            phrases.append(" ".join(found))
        else:
            loose.extend(found)
    return loose, phrases, without


def _phrase(phrase: str) -> str:
    return " <-> ".join(f"'{stem(word)}'" for word in phrase.split())


def _terms(asked: list[str]) -> list[Term]:
    if not asked:
        return []
    counts = counts_of({stem(word) for word in asked})
    total = texts_counted()
    parts = _split_all(asked)
    terms = [_term(word, counts[stem(word)], parts.get(word, ()), total) for word in asked]
    terms = [term if term.known else _corrected(term, total) for term in terms]
    return _with_compounds(terms)


def _split_all(asked: list[str]) -> dict[str, tuple[str, ...]]:
    """Return the parts of the asked words, by what the index knows."""
    needed = {candidate for word in asked for candidate in candidates(word)}
    there = frozenset(SearchWord.objects.filter(stem__in=needed).values_list("stem", flat=True)) if needed else ()
    found = {word: split(word, lambda part: part in there, guess=False) for word in asked}
    return {word: parts for word, parts in found.items() if parts and _are_words(parts)}


def _are_words(parts: Sequence[str]) -> bool:
    """Whether the first and the last part say something by themselves: *föreningar* is not *för* and *ingen*."""
    first, last = parts[0], parts[-1]
    return not is_light(first) and (is_common(last) or len(last) > _SHORTEST_LAST)


def _term(word: str, count: int, parts: tuple[str, ...], total: int) -> Term:
    own = stem(word)
    lexemes = [f"'{own}'", f"'+{own}'"]
    queries = list(lexemes)
    if parts:
        queries.append("(" + " & ".join(f"('{part}' | '+{part}')" for part in parts) + ")")
        lexemes += [way for part in parts for way in (f"'{part}'", f"'+{part}'")]
    ways = ((own,), parts) if parts else ((own,),)
    known = count > 0 or bool(parts)
    if not known:
        # Half a word, or one that only stands where not everybody reads.
        queries.append(f"'{own}':*")
        lexemes.append(f"'{own}':*")
    weight = weight_of(count if count or not parts else total // 50, total) if known else UNKNOWN
    return Term(word, " | ".join(queries), tuple(lexemes), weight, known, stems=(own, *parts), ways=ways)


def weight_of(count: int, total: int) -> float:
    """Return how much a word says that stands in `count` of `total` texts, as BM25 has it."""
    count = min(count, total)
    return log(1 + (total - count + 0.5) / (count + 0.5))


def _corrected(term: Term, total: int) -> Term:
    """Return `term` asked for also as the known word that it most looks like, if it looks like any."""
    if SearchWord.objects.filter(word__startswith=term.word).exists():
        return term
    if not (near := nearest(term.word)):
        return term
    other = stem(near.word)
    query = f"{term.query} | '{other}' | '+{other}'"
    lexemes = (*term.lexemes, f"'{other}'", f"'+{other}'")
    return replace(
        term, query=query, lexemes=lexemes, weight=weight_of(near.count, total), corrected=near.word,
        stems=(*term.stems, other), ways=(*term.ways, (other,)),
    )  # fmt: skip


def _with_compounds(terms: list[Term]) -> list[Term]:
    """Let two words also be found written together: *bidrag* and *föreningar* as *föreningsbidrag*."""
    if not 2 <= len(terms) <= 6:
        return terms
    joined: dict[str, list[int]] = {}
    for first, one in enumerate(terms):
        for second, other in enumerate(terms):
            if first != second and one.word.isalpha() and other.word.isalpha():
                head, tail = one.stems[-1], other.stems[-1]
                for link in ("", "s", "o", "u", "a", "e"):
                    joined.setdefault(head + link + tail, [first, second])
    there = SearchWord.objects.filter(stem__in=list(joined)).values_list("stem", flat=True).distinct()
    changed = list(terms)
    for found in there:
        for at in joined[found]:
            term = changed[at]
            changed[at] = replace(
                term, query=f"{term.query} | '{found}'", lexemes=(*term.lexemes, f"'{found}'"),
                stems=(*term.stems, found), ways=(*term.ways, (found,)),
            )  # fmt: skip
    return changed
