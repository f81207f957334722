"""What a list page shows: filters that can be taken away, facets with counts, columns and cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .icons import icon
from .words import number

#: not filters: the page, and what htmx adds
NOT_FILTERS = ("sida", "page")


@dataclass(frozen=True)
class Chip:
    """A filter that is on: its name ("Kommun"), its value ("Malmö stad") and the address without it."""

    name: str
    value: str
    remove_url: str


@dataclass(frozen=True)
class FacetOption:
    """One choice in a facet: label, how many rows it holds, the address with or without it, whether it is on."""

    label: str
    count: int | None
    url: str
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    """A group of choices under one heading; those beyond `shown` are folded."""

    heading: str
    options: Sequence[FacetOption]
    shown: int = 8

    @property
    def first(self) -> Sequence[FacetOption]:
        """The choices that always show: the first ones, and every one that is on."""
        return [o for i, o in enumerate(self.options) if i < self.shown or o.selected]

    @property
    def rest(self) -> Sequence[FacetOption]:
        """The choices that are folded away."""
        return [o for i, o in enumerate(self.options) if i >= self.shown and not o.selected]


@dataclass(frozen=True)
class Column:
    """A table's column: its label, whether it holds numbers, and how to sort by it ("" or None if one cannot)."""

    label: str
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""  # "", "ascending" or "descending"


@dataclass(frozen=True)
class Cell:
    """A cell that is more than text: a link, or a side's name with its shape."""

    text: str
    url: str = ""
    side: str = ""


@dataclass(frozen=True)
class Row:
    """A table's row as the template reads it: the first cell names the row."""

    head: Cell
    cells: Sequence[tuple[Column, Cell]] = field(default_factory=tuple)


def _address(query: QueryDict, path: str = "") -> str:
    text = query.urlencode()
    return f"{path}?{text}" if text else path or "?"


def without(query: QueryDict, key: str, value: str | None = None) -> str:
    """Return the address where `key` (only its `value`, if given) is taken away, and paging starts over."""
    changed = query.copy()
    kept = [v for v in changed.getlist(key) if value is not None and v != value]
    changed.setlist(key, kept) if kept else changed.pop(key, None)
    for name in NOT_FILTERS:
        changed.pop(name, None)
    return _address(changed)


def with_value(query: QueryDict, key: str, value: str) -> str:
    """Return the address where `value` is added to `key`, and paging starts over."""
    changed = query.copy()
    if value not in changed.getlist(key):
        changed.appendlist(key, value)
    for name in NOT_FILTERS:
        changed.pop(name, None)
    return _address(changed)


def chips(query: QueryDict, labels: Mapping[str, tuple[str, Mapping[str, str]]]) -> list[Chip]:
    """Return a chip for each filter that is on.

    `labels` maps a parameter to its name and its values' labels; a value without a label shows as it is written.
    """
    return [
        Chip(str(name), str(values.get(value, value)), without(query, key, value))
        for key, (name, values) in labels.items()
        for value in query.getlist(key)
        if value
    ]


def facet(
    query: QueryDict, key: str, heading: str, choices: Iterable[tuple[str, str, int | None]], shown: int = 8
) -> Facet:
    """Return a facet from (value, label, count); a chosen option's address takes it away again."""
    chosen = set(query.getlist(key))
    options = [
        FacetOption(str(label), count, without(query, key, value) if on else with_value(query, key, value), on)
        for value, label, count in choices
        for on in [value in chosen]
    ]
    return Facet(str(heading), options, shown)


def rows(columns: Sequence[Column], values: Iterable[Sequence[Any]]) -> list[Row]:
    """Pair each value with its column. A value is text, a number or a Cell."""
    table = []
    for line in values:
        cells = [v if isinstance(v, Cell) else Cell(str(v)) for v in line]
        table.append(Row(cells[0], list(zip(columns[1:], cells[1:], strict=True))))
    return table


def draw_options(options: Sequence[FacetOption]) -> SafeString:
    """Return a facet's choices as list items, "" for none.

    Written out here and not by a template: a page has fifty of them, and they must cost little.
    """
    taken = escape(gettext("Vald, ta bort"))
    check = icon("check")
    items = []
    for option in options:
        said = f'<span class="visually-hidden">{taken}: </span>{check} ' if option.selected else ""
        on = ' aria-current="true"' if option.selected else ""
        count = "" if option.count is None else f'<span class="number">{escape(number(option.count))}</span>'
        link = f'<a href="{escape(option.url)}"{on} rel="nofollow"><span>{said}{escape(option.label)}</span>{count}</a>'
        items.append(f"<li>{link}</li>")
    # Every part has been escaped, or is an icon of ours.
    return SafeString("".join(items))
