"""Where a place is: its county with the place filled, or all counties as links. Small SVG made on the server."""

import re
from collections.abc import Iterable
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samverka.places.shapes import Shape, shapes, view_box

_NUMBER = re.compile(r"-?\d*\.?\d+")
_PART = re.compile(r"M([^lz]+)l([^z]+)z")
_MARGIN = 2.0  # picture units

Box = tuple[float, float, float, float]


def place_map(county_code: str, place_code: str, label: str) -> SafeString:
    """Return the county's municipalities as a picture named `label`, `place_code` filled; a county's code fills all."""
    paths, box = _county(county_code, place_code)
    return format_html(
        '<figure class="locator"><svg class="map__picture" viewBox="{}" role="img" aria-label="{}">'
        '<g class="map__land">{}</g></svg>'
        '<figcaption class="map__credit">{}</figcaption></figure>',
        box, label, paths, gettext("Kartgränser: SCB"),
    )  # fmt: skip


def counties_map(names: Iterable[tuple[str, str]]) -> SafeString:
    """Return Sweden's counties, each a link to its part of the page (#lan-<code>). `names` is (code, name)."""
    drawn = shapes("counties")
    links = format_html_join(
        "", '<a href="#lan-{}" aria-label="{}"><path d="{}"><title>{}</title></path></a>',
        ((code, name, drawn[code].path, name) for code, name in names),
    )  # fmt: skip
    return format_html(
        '<figure class="locator"><nav aria-label="{}"><svg class="map__picture" viewBox="{}">'
        '<g class="map__land">{}</g></svg></nav>'
        '<figcaption class="map__credit">{}</figcaption></figure>',
        gettext("Län på kartan"), view_box(), links, gettext("Kartgränser: SCB"),
    )  # fmt: skip


@cache
def _county(county_code: str, place_code: str) -> tuple[SafeString, str]:
    """Return the paths of a county's municipalities and the viewBox that holds them all."""
    drawn = [shape for code, shape in shapes("municipalities").items() if code.startswith(county_code)]
    whole = len(place_code) == 2
    paths = "".join(
        f'<path d="{shape.path}" class="map__{"here" if whole or shape.code == place_code else "plain"}"/>'
        for shape in drawn
    )
    left, top, right, bottom = _joined(_box(shape) for shape in drawn)
    width, height = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
    box = f"{left - _MARGIN:.1f} {top - _MARGIN:.1f} {width:.1f} {height:.1f}"
    return mark_safe(paths), box  # noqa: S308  (paths of our own content)


def _box(shape: Shape) -> Box:
    """Return (left, top, right, bottom) of a path made of "M x y l dx dy … z" parts."""
    xs, ys = [], []
    for start, steps in _PART.findall(shape.path):
        x, y = (float(n) for n in _NUMBER.findall(start))
        numbers = [float(n) for n in _NUMBER.findall(steps)]
        xs.append(x)
        ys.append(y)
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def _joined(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
