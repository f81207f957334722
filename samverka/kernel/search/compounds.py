"""What a Swedish word is put together of, told by the other words of the same texts.

No word list comes from elsewhere: *föreningsbidrag* is *förening* and *bidrag* because both stand by themselves in some
indexed text, or among the common words below.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..swedish import stem
from .known_words import is_beginning, is_common, is_ending

#: Letters that may stand between the parts: förening-s-bidrag, kyrk-o-råd, gat-u-fest, famn-a-tag, tid-e-varv.
_LINKS = ("", "s", "o", "u", "a", "e")
_SHORTEST, _SHORTEST_PART = 7, 3
#: From this many letters a word may have three parts, and a part parts of its own.
_LONG, _LONG_PART = 12, 8
#: What a first part may have lost: medborgar-dialog, ledare-utbildning.
_ENDING = 2

#: Whether a stem is known to stand by itself.
Known = Callable[[str], bool]


def candidates(word: str) -> set[str]:
    """Return the stems that one must know of to take `word` apart, in two or in three."""
    if not _worth(word):
        return set()
    found = set()
    if len(word) >= _LONG:
        for at in range(_SHORTEST, len(word) - _SHORTEST_PART + 1):
            found |= _cuts(word[:at].removesuffix("s"))
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST + 1):
            found |= _cuts(word[at:])
    return found | _cuts(word)


def _cuts(word: str) -> set[str]:
    """Return the stems of every first and last part that `word` could have."""
    found = set()
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        found.add(stem(word[at:]))
        found.update(stem(head) for head in _heads(word[:at]))
    return found


def split(word: str, known: Known, *, guess: bool = True) -> tuple[str, ...]:
    """Return the stems that `word` is put together of, () when it is not. `guess`: anything stands before a word as
    common as *bidrag*; not so in what somebody typed, which may be misspelt.
    """
    if not _worth(word):
        return ()
    return tuple(dict.fromkeys(_split(word, known, (known, _anything) if guess else (known,))))


def parts_of(words: Iterable[str], known: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the parts of those of `words` that are put together of `known` stems."""
    there = frozenset(known)
    return {word: parts for word in words if (parts := split(word, lambda part: part in there))}


def _worth(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()


def _split(word: str, known: Known, asked: Sequence[Known]) -> tuple[str, ...]:
    """Return a first and a last part; the first one's own parts too, when it is put together itself."""
    for ask in asked:
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            tail, head = word[at:], word[:at]
            last = _tail(tail, known) if ask is known else _common_tail(tail)
            if last and (first := _head(head, ask)):
                return (first, *_inside(head, known), *_inside(tail, known), last)
    return ()


def _inside(part: str, known: Known) -> tuple[str, ...]:
    return _split(part.removesuffix("s"), known, (known,)) if len(part) >= _LONG_PART else ()


def _anything(part: str) -> bool:
    """Before a word as common as *bidrag* or *stöd* anything of some length is a first part."""
    return len(part) > _SHORTEST_PART


def _common_tail(text: str) -> str:
    found = stem(text)
    return found if len(found) > _SHORTEST_PART and is_common(found) and not is_ending(text) else ""


def _heads(text: str) -> Iterable[str]:
    """Return the ways to read `text` as a first part: as it is, and without the letter that joins."""
    for link in _LINKS:
        if text.endswith(link):
            head = text[: len(text) - len(link)] if link else text
            if len(head) >= _SHORTEST_PART:
                yield head


def _head(text: str, known: Known) -> str:
    for head in _heads(text):
        if is_beginning(head):
            continue
        found = stem(head)
        # Much shorter than what stands there: it has lost an ending that no first part has.
        if len(head) - len(found) > _ENDING or len(found) < _SHORTEST_PART:
            continue
        if is_common(found) or (len(head) > _SHORTEST_PART and known(found)):
            return found
    return ""


def _tail(text: str, known: Known) -> str:
    if is_ending(text):
        return ""
    found = stem(text)
    if is_common(found):
        return found
    return found if len(text) > _SHORTEST_PART and len(found) >= _SHORTEST_PART and known(found) else ""
