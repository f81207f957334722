"""Every route of the site, walked from the URLconf."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One line of a urls.py: its whole path as written there, its name and its view."""

    path: str
    name: str
    view: Callable[..., Any]


def patterns() -> list[Route]:
    """Return every route, once; English is the same list under /en/."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(path, entry.name or "", entry.callback)
        else:
            yield from _walk(entry, path)
