"""From a municipality's name, as registers write it, to its code. Reads no database."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from samverka.kernel.text import slug

from .content import rows

_SPACES = re.compile(r"[\s\-]+")


@lru_cache(maxsize=4096)
def municipality_code(name: str) -> str | None:
    """Return the code of the municipality called `name`, or None.

    Accepts the short name, the name with kommun or stad, any case, and the code itself. A name
    without its rings and dots (Falkoping) is accepted where only one municipality can be meant:
    Habo is Habo, never Håbo. Postal towns are not places: Visby gives None.
    """
    known, without_dots = _names()
    key = _key(name)
    return known.get(key) or without_dots.get(slug(key))


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    known = {_key(form): row["code"] for row in rows("municipalities") for form in _forms(row)}
    times = Counter(slug(key) for key in known)
    return known, {slug(key): code for key, code in known.items() if times[slug(key)] == 1}


def _forms(row: dict[str, str]) -> Iterator[str]:
    yield from (row["code"], row["short_name"], row["display_name"], row["formal_name"])
    for stem in {row["short_name"], row["short_genitive"]}:
        yield from (f"{stem} kommun", f"{stem} stad")


def _key(name: str) -> str:
    return _SPACES.sub(" ", name).strip().casefold()
