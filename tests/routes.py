"""Every route of the site, walked from the URLconf, and the table of what each persona is answered (routes.txt)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

ROUTES = Path(__file__).with_name("routes.txt")


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


@dataclass(frozen=True)
class Row:
    """A line of the table: a route with example arguments, and what each persona is answered."""

    name: str
    method: str
    arguments: tuple[str, ...]
    query: str
    answers: dict[str, int]

    def address(self, ids: dict[str, str]) -> str:
        """Return the Swedish address, with the example things' ids in it."""
        with translation.override("sv"):
            path = reverse(self.name, args=[ids.get(argument, argument) for argument in self.arguments])
        return path + self.query.format(**ids)

    def __str__(self) -> str:
        return " ".join([self.method, self.name, *self.arguments, self.query]).strip()


def rows() -> list[Row]:
    """Return the table in routes.txt."""
    lines = (ROUTES.read_text(encoding="utf-8")).splitlines()
    heading = next(line for line in lines if line.startswith("# route")).split()
    personas = heading[4:]
    return [_row(line.split(), personas) for line in lines if line.strip() and not line.startswith("#")]


def _row(cells: list[str], personas: list[str]) -> Row:
    name, method, arguments, *answers = cells
    path, _mark, query = arguments.partition("?")
    given = tuple(part for part in path.split(",") if part not in {"", "-"})
    told = {persona: int(answer) for persona, answer in zip(personas, answers, strict=True)}
    return Row(name, method, given, f"?{query}" if query else "", told)
