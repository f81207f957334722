"""Excerpts: the part of a text where most of the asked words stand, with the words marked."""

import re
from collections.abc import Collection, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from ..swedish import stem

LENGTH = 240
_WORD = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿ]+")
#: Signs of Markdown that say nothing in an excerpt.
_SIGNS = re.compile(r"(^|\s)(#{1,6}|[*>|]+|-{3,})(?=\s|$)|\*\*|__|`|\[(?=[^\]]*\]\()|(?<=\])\([^)]*\)")
#: As long a stem must be to be marked inside a compound.
_INSIDE = 4


def plain(text: str) -> str:
    """Return `text` on one line, without signs of Markdown."""
    return " ".join(_SIGNS.sub(r"\1", text).replace("](", " ").split())


#: Where something that was asked stands: begin, end, and which of it.
Spot = tuple[int, int, str]
#: A phrase as its stems.
Phrases = Sequence[Sequence[str]]


def excerpt(text: str, marked: Collection[str], phrases: Phrases = (), *, length: int = LENGTH) -> SafeString:
    """Return at most about `length` letters of `text` around most of the `marked` stems, escaped, with <mark>: each of
    `phrases` as a whole where it stands, single words elsewhere.
    """
    said = plain(text)
    spots = _spots(said, marked, phrases)
    start = _best_start(spots, length)
    start, end = _whole_words(said, start, length)
    return SafeString(_drawn(said, [spot[:2] for spot in spots], start, end))


def _spots(said: str, marked: Collection[str], phrases: Phrases) -> list[Spot]:
    """Return what is to be marked, in order; a word within a phrase is not marked by itself."""
    there = list(_WORD.finditer(said))
    own = [stem(match.group().casefold()) for match in there] if phrases else []
    found: list[Spot] = []
    at = 0
    while at < len(there):
        phrase = next((one for one in phrases if own[at : at + len(one)] == list(one)), ())
        last = at + max(len(phrase), 1) - 1
        if name := " ".join(phrase) or which(there[at].group(), marked):
            found.append((there[at].start(), there[last].end(), name))
        at = last + 1
    return found


def which(word: str, marked: Collection[str]) -> str:
    """Return the marked stem that `word` has, by itself or as its first or last part; "" for none."""
    lower = word.casefold()
    own = stem(lower)
    if own in marked:
        return own
    inside = (m for m in marked if len(m) >= _INSIDE and (own.startswith(m) or own.endswith(m)))
    return next(inside, "")


def _best_start(spots: list[Spot], length: int) -> int:
    """Return where to begin: at the spot that has most different marked words after it, then most of them. A phrase
    says more than its words apart.
    """
    best, best_count = 0, (0, 0)
    for at, (start, _end, _found) in enumerate(spots):
        within = [found for begins, ends, found in spots[at : at + 40] if ends <= start + length - 60]
        count = (sum(2 * found.count(" ") + 1 for found in set(within)), len(within))
        if count > best_count:
            best, best_count = start, count
    return best


def _whole_words(said: str, start: int, length: int) -> tuple[int, int]:
    if start < length // 3:
        start = 0
    elif start:
        start = said.rfind(" ", 0, max(start - 50, 1)) + 1
    if len(said) <= start + length:
        return start, len(said)
    cut = said.rfind(" ", start, start + length)
    return start, cut if cut > start else start + length


def _drawn(said: str, spots: list[tuple[int, int]], start: int, end: int) -> str:
    parts = ["… " if start else ""]
    at = start
    for begins, ends in spots:
        if begins >= start and ends <= end:
            parts += [escape(said[at:begins]), "<mark>", escape(said[begins:ends]), "</mark>"]
            at = ends
    parts += [escape(said[at:end]), " …" if end < len(said) else ""]
    return "".join(parts)
