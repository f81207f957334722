"""A small map of Sweden as SVG made on the server, with a legend and a table of the same figures.

Not a league table: the table is in alphabetical order, and a place without a figure is hatched,
never pale, since nothing entered is not the same as nothing done (users.md H4).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samverka.kernel.text import swedish_sort_key
from samverka.places.content import rows
from samverka.places.shapes import credit, shapes, view_box

STEPS = 4
Kind = Literal["dots", "areas"]
_RADIUS = {0: 3, 1: 4, 2: 5.5, 3: 7, 4: 8.5}  # picture units; area grows, but never hides the neighbours


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the legend: its number (0 means the figure nought), and its figures in words."""

    number: int
    label: str

    @property
    def radius(self) -> float:
        """How large a dot of this step is, in picture units."""
        return _RADIUS[self.number]


def sweden_map(
    values: Mapping[str, float],
    *,
    title: str,
    description: str,
    unit: str,
    kind: Kind = "dots",
    link: Callable[[str], str] | None = None,
    name: str = "karta",
) -> SafeString:
    """Return the map as a figure.

    values: figure by code, four digits for a municipality, two for a county; a missing code is
    shown as nothing entered. title: the finding, in words. description: for those who do not see
    the map. unit: what is counted, heads the table's column. kind: dots (a light map, for the
    front page) or areas (every municipality filled, 70 kB). link: address by code, for the table.
    name: prefix of ids, another one for each map on a page. Raises KeyError for an unknown code.
    """
    bounds = _bounds(values)
    context = {
        "name": name,
        "title": title,
        "description": description,
        "unit": unit,
        "view_box": view_box(),
        "credit": credit(),
        "land": _land(values, bounds, kind, name),
        "dots": _dots(values, bounds) if kind == "dots" else "",
        "steps": _legend(values, bounds),
        "as_dots": kind == "dots" and any(len(code) == 4 for code in values),
        "rows": _table(values, link),
        "missing": _missing(values),
    }
    return render_to_string("components/map.html", context)


def _land(values: Mapping[str, float], bounds: list[float], kind: Kind, name: str) -> SafeString:
    """Return the outlines: filled by the step of their figure, hatched where nothing is entered."""
    hatch = escape(f"url(#{name}-hatch)")
    drawn = shapes("municipalities" if kind == "areas" else "counties")
    entered: dict[str, int | None] = dict.fromkeys(_whole_counties(values))
    entered |= {code: _step(value, bounds) for code, value in values.items() if code in drawn}
    return mark_safe(  # noqa: S308  (paths and step numbers of our own)
        "".join(
            f'<path d="{shape.path}" fill="{hatch}"/>'
            if code not in entered
            else f'<path d="{shape.path}" class="map__{_class(entered[code])}"/>'
            for code, shape in drawn.items()
        )
    )


def _whole_counties(values: Mapping[str, float]) -> Iterator[str]:
    """Return the counties where every municipality has a figure; the land of the others is hatched."""
    there = Counter(code[:2] for code in values if len(code) == 4)
    every = Counter(code[:2] for code in shapes("municipalities"))
    return (county for county, count in there.items() if count == every[county])


def _class(step: int | None) -> str:
    return "plain" if step is None else f"step-{step}"


def _dots(values: Mapping[str, float], bounds: list[float]) -> SafeString:
    """Return a dot per municipality with a figure, the largest first so that none is covered."""
    places = shapes("municipalities")
    by_size = sorted((value, code) for code, value in values.items() if len(code) == 4)
    parts = []
    for value, code in reversed(by_size):
        step, place = _step(value, bounds), places[code]
        label = escape(f"{_names()[code].label}: {_number(value)}")
        parts.append(
            f'<circle cx="{place.x}" cy="{place.y}" r="{_RADIUS[step]}" class="map__{_dot_class(step)}">'
            f"<title>{label}</title></circle>"
        )
    return mark_safe("".join(parts))  # noqa: S308  (the label is escaped above)


def _dot_class(step: int) -> str:
    return "dot" if step else "nought"


def _bounds(values: Mapping[str, float]) -> list[float]:
    """Return the lowest figure of each step: quarters of the different figures above nought."""
    different = sorted({value for value in values.values() if value > 0})
    if len(different) <= STEPS:
        return different
    return [different[len(different) * quarter // STEPS] for quarter in range(STEPS)]


def _step(value: float, bounds: list[float]) -> int:
    """Return 0 for nought, else 1 to STEPS."""
    return bisect_right(bounds, value) if value > 0 else 0


def _legend(values: Mapping[str, float], bounds: list[float]) -> list[Step]:
    """Return the steps in use, each with its lowest and highest figure."""
    groups: dict[int, list[float]] = {}
    for value in values.values():
        groups.setdefault(_step(value, bounds), []).append(value)
    return [Step(step, _span(min(group), max(group))) for step, group in sorted(groups.items())]


def _span(low: float, high: float) -> str:
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _number(value: float) -> str:
    """Return a figure as the reader's language writes it, whole numbers without decimals."""
    return _written(value, get_language())


@lru_cache(maxsize=4096)
def _written(value: float, language: str | None) -> str:
    whole = float(value).is_integer()
    return number_format(int(value) if whole else value, None if whole else 1, use_l10n=True, force_grouping=True)


def _table(values: Mapping[str, float], link: Callable[[str], str] | None) -> SafeString:
    """Return the table's rows in alphabetical order, with the name as a link where `link` is given."""
    names = _names()
    ordered = sorted(values.items(), key=lambda item: names[item[0]].sort_key)
    if link is None:
        cells = ((names[code].label, _number(value)) for code, value in ordered)
        return format_html_join("\n", '<tr><th scope="row">{}</th><td class="is-number">{}</td></tr>', cells)
    linked = ((link(code), names[code].label, _number(value)) for code, value in ordered)
    return format_html_join(
        "\n", '<tr><th scope="row"><a href="{}">{}</a></th><td class="is-number">{}</td></tr>', linked
    )


def _missing(values: Mapping[str, float]) -> int:
    """Return how many places of the kind shown have no figure."""
    municipalities = any(len(code) == 4 for code in values) or not values
    return (290 if municipalities else 21) - sum((len(code) == 4) == municipalities for code in values)


@dataclass(frozen=True, slots=True)
class _Name:
    label: str
    sort_key: str


@cache
def _names() -> dict[str, _Name]:
    """Return by code what places are called in the map: Malmö, Skåne län."""
    labels = {row["code"]: row["short_name"] for row in rows("municipalities")}
    labels |= {row["code"]: row["display_name"] for row in rows("counties")}
    return {code: _Name(label, swedish_sort_key(label)) for code, label in labels.items()}
