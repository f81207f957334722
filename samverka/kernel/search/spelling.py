"""What somebody meant who typed a letter wrong: the known word that is nearest."""

from dataclasses import dataclass
from itertools import product

from django.db import connection

#: Shorter words have too many neighbours to guess among.
SHORTEST = 4
_LONG = 7
_MOST = 60
_DOTTED = {"a": "aåä", "o": "oö"}
#: More of those letters give too many words to ask for.
MOST_DOTTED = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"
#: Letters that are often typed for each other: a keyboard without å ä ö, sounds that are written in two ways.
_NEAR = {frozenset(pair) for pair in ("aå", "aä", "oö", "oå", "eä", "eé", "åö", "äö", "ck", "vw", "iy", "sz")}

#: Trigrams find long words with two letters wrong; PostgreSQL's own bar of 0.3 holds.
_NEAREST = """
SELECT word, count FROM (
  (SELECT word, count FROM kernel_searchword WHERE word = ANY(%(one_off)s))
  UNION
  (SELECT word, count FROM kernel_searchword
   WHERE word %% %(word)s AND length(word) BETWEEN length(%(word)s) - 2 AND length(%(word)s) + 2
   ORDER BY similarity(word, %(word)s) DESC, count DESC LIMIT %(most)s)
) near
"""


@dataclass(frozen=True)
class Near:
    """A known word near to the typed one, and in how many texts it stands."""

    word: str
    count: int


def nearest(word: str) -> Near | None:
    """Return the known word that `word` most looks like; None when none is near enough, or the word is too short."""
    if len(word) < SHORTEST or not word.isalpha():
        return None
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, {"word": word, "one_off": sorted(one_off(word) | with_dots(word)), "most": _MOST})
        found = [(distance(word, known), -count, known) for known, count in cursor.fetchall() if known.isalpha()]
    if not found:
        return None
    far, count, known = min(found)
    return Near(known, -count) if far <= allowed(word) or known in with_dots(word) else None


def one_off(word: str) -> set[str]:
    """Return every word that is one letter from `word`: short words have too few trigrams in common to be found so."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(head + tail[1:] for head, tail in cuts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail for head, tail in cuts for letter in _LETTERS),
        *(head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS),
    }


def with_dots(word: str) -> set[str]:
    """Return `word` with each a and o as å, ä or ö as well: typed on a keyboard that lacks them."""
    ways = [_DOTTED.get(letter, letter) for letter in word]
    many = sum(len(way) > 1 for way in ways)
    return {"".join(letters) for letters in product(*ways)} if many <= MOST_DOTTED else set()


def allowed(word: str) -> float:
    """Return how far from `word` a known one may be: one letter, or two in a long word."""
    return 1.0 if len(word) < _LONG else 2.0


def distance(one: str, other: str) -> float:
    """Return how many letters are wrong, missing, added or swapped between two words; near letters are half wrong."""
    before: list[float] = []
    last = [float(n) for n in range(len(other) + 1)]
    for i, letter in enumerate(one, start=1):
        row = [float(i)]
        for j, against in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + _cost(letter, against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def _cost(letter: str, against: str) -> float:
    if letter == against:
        return 0.0
    return 0.5 if frozenset((letter, against)) in _NEAR else 1.0
