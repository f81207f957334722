"""How hard a text is to read: LIX, läsbarhetsindex.

C. H. Björnsson, Läsbarhet (Liber, Stockholm 1968): mean length of a sentence in words, plus the share of long words
(more than six letters) in per cent. Below 30 is very easy, 30 to 40 easy, 40 to 50 medium hard (the same book).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_SENTENCE_END = re.compile(r"[.:?!]+[\"”’')]*(?=\s|$)")
LONG = 6  # letters that a word may have without counting as long


@dataclass(frozen=True)
class Readability:
    """What LIX is made of, counted in one or more texts."""

    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float:
        """LIX = words / sentences + 100 · long words / words; 0 for no words."""
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long_words / self.words


def lix(text: str) -> float:
    """Return the LIX of `text`, 0 for a text without words."""
    return readability([text]).lix


def readability(texts: Iterable[str]) -> Readability:
    """Count `texts` together. A sentence ends at . : ? ! before a space; a text that has no end mark ends anyway."""
    words = sentences = long_words = 0
    for text in texts:
        found = _WORD.findall(text)
        if not found:
            continue
        ended = len(_SENTENCE_END.findall(text))
        left_open = not _SENTENCE_END.search(text.rstrip()[-3:])
        sentences += ended + left_open
        words += len(found)
        long_words += sum(len(word) > LONG for word in found)
    return Readability(words, sentences, long_words)
