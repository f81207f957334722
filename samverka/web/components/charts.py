"""Charts as SVG made on the server: bars, and points through the years.

Every chart has a title that says the finding, a description for those who do not see it, and its figures in a table
beside. Nothing is told by colour alone: bars are told apart by pattern, points by shape, and both by words. Lengths are
in per cent of the width and letters in pixels, so that the words stay large on a telephone.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .words import language, number

_LETTERS = 38
_LINE, _BAR, _GAP = 20, 20, 16
_TOP, _BOTTOM, _HIGH = 16, 30, 210
_LEFT, _RIGHT = 9, 90


@dataclass(frozen=True)
class Bar:
    """A bar: its words, its share (None: not shown), what stands after it, and between which shares it could lie.
    `kind`: plain, or hatched for the other side.
    """

    label: str
    share: float | None
    said: str
    low: float | None = None
    high: float | None = None
    hatched: bool = False


@dataclass(frozen=True)
class Dot:
    """A point of a year: shape circle, square or diamond; hollow for a figure of somebody else."""

    year: int
    share: float
    said: str
    shape: str = "circle"
    hollow: bool = False


@dataclass(frozen=True)
class Key:
    """A line of a chart's legend."""

    shape: str
    hollow: bool
    label: str


@dataclass(frozen=True)
class Table:
    """The figures of a chart: headings, the first of each row's, and rows of text."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def percent(share: float | None, decimals: int = 0) -> str:
    """Write a share in per cent as the reader's language does: 18 %, 17,7 %."""
    if share is None:
        return "–"
    rounded = round(100 * share, decimals)
    sign = "\N{NO-BREAK SPACE}%" if language() == "sv" else "%"
    return f"{number(rounded if decimals else int(rounded))}{sign}"


def points_changed(change: float) -> str:
    """Write a change in percentage points: +3, −2 or ±0."""
    rounded = round(100 * change)
    return f"+{rounded}" if rounded > 0 else f"−{-rounded}" if rounded else "±0"


def bars(
    rows: Sequence[Bar], *, name: str, title: str, description: str, table: Table, note: str = "", explains: bool = True
) -> SafeString:
    """Return bars from nought to a hundred per cent, one below the other in the order given. Where another chart above
    has explained the thin lines, this one need not: `explains=False`.
    """
    drawn, y = [], 0
    for row in rows:
        lines = textwrap.wrap(row.label, _LETTERS) or [""]
        if len(lines[-1]) + len(row.said) > _LETTERS:
            lines.append("")
        top = y + _LINE * len(lines)
        drawn.append(_Drawn(row, [(line, y + 15 + _LINE * place) for place, line in enumerate(lines)], top))
        y = top + _BAR + _GAP
    context = {"rows": drawn, "height": max(y, 1), "has_bounds": explains and has_bounds(rows)}
    return _draw("chart_bars", name, title, description, table, note, context)


def has_bounds(rows: Sequence[Bar]) -> bool:
    """Return whether thin lines show where a share could lie."""
    return any(row.low is not None for row in rows)


@dataclass(frozen=True)
class _Drawn:
    """A bar in its place; lengths in per cent as SVG writes them."""

    bar: Bar
    lines: list[tuple[str, int]]
    top: int

    @property
    def width(self) -> str:
        return _length(self.bar.share or 0)

    @property
    def low(self) -> str:
        return _length(self.bar.low or 0)

    @property
    def high(self) -> str:
        return _length(self.bar.high or 0)

    @property
    def middle(self) -> int:
        return self.top + _BAR // 2


def _length(share: float) -> str:
    return f"{100 * share:.2f}%"


def dots(
    found: Sequence[Dot], lines: Sequence[tuple[Dot, Dot]], keys: Sequence[Key], *, name: str, title: str,
    description: str, table: Table, note: str = "",
) -> SafeString:  # fmt: skip
    """Return points by year, from nought to a hundred per cent; `lines` are the pairs that are joined."""
    years = sorted({dot.year for dot in found})
    place = _Places(years[0], years[-1]) if years else _Places(0, 0)
    context = {
        "dots": [(dot, place.x(dot.year), place.y(dot.share)) for dot in found],
        "lines": [
            (place.x(a.year), place.y(a.share), place.x(b.year), place.y(b.share)) for a, b in lines
        ],
        "years": [(year, place.x(year)) for year in _apart(years)],
        "levels": [(percent(level), place.y(level), place.y(level) + 5) for level in (0, 0.25, 0.5, 0.75, 1)],
        "keys": keys,
        "height": _TOP + _HIGH + _BOTTOM,
        "foot": _TOP + _HIGH + 22,
        "left": f"{_LEFT}%",
    }  # fmt: skip
    return _draw("chart_dots", name, title, description, table, note, context)


@dataclass(frozen=True)
class _Places:
    first: int
    last: int

    def x(self, year: int) -> str:
        span = self.last - self.first
        within = (year - self.first) / span if span else 0.5
        return f"{_LEFT + 5 + within * (_RIGHT - _LEFT - 5):.2f}%"

    @staticmethod
    def y(share: float) -> int:
        return round(_TOP + _HIGH * (1 - share))


def _apart(years: Sequence[int]) -> list[int]:
    """Return the years that are written out: so few that they do not run into each other, the last always."""
    if not years:
        return []
    least = max(1, (years[-1] - years[0]) / 7)
    kept: list[int] = []
    for year in reversed(years):
        if not kept or kept[-1] - year >= least:
            kept.append(year)
    return kept[::-1]


def _draw(  # noqa: PLR0917  (one call a chart)
    template: str, name: str, title: str, description: str, table: Table, note: str, context: dict[str, Any]
) -> SafeString:
    said = {"name": name, "title": title, "description": description, "table": table, "note": note}
    return render_to_string(f"components/{template}.html", context | said)
