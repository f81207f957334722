"""Words that search knows beforehand: content/search/words.yaml, read once a process."""

from functools import cache

import yaml
from django.conf import settings

from ..swedish import stem


@cache
def _words(name: str) -> frozenset[str]:
    text = (settings.CONTENT_DIR / "search" / "words.yaml").read_text(encoding="utf-8")
    return frozenset(str(yaml.safe_load(text)[name]).split())


def is_light(word: str) -> bool:
    """Whether `word` says how somebody asks and not what about."""
    return word in _words("light")


def is_ending(text: str) -> bool:
    """Whether `text` looks like a word and is none where it ends one."""
    return text in _words("endings")


def is_beginning(text: str) -> bool:
    """Whether `text` belongs to the word it begins."""
    return text in _words("beginnings")


def is_given_name(word: str) -> bool:
    """Whether `word` is a given name that many have, in the genitive or not."""
    return word in _words("given_names") or word.removesuffix("s") in _words("given_names")


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _words("common"))


def is_common(part: str) -> bool:
    """Whether `part` is the stem of one of the words that are always known."""
    return part in _common_stems()
