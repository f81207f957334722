import re

import pytest

from samverka.places.content import folder, rows
from samverka.places.shapes import Kind, credit, shapes, view_box

NUMBERS = re.compile(r"-?(?:\d+\.?\d?|\.\d)")


def points(path: str) -> list[tuple[float, float]]:
    """Follow a path of M, relative l and z; return every point in picture units."""
    found = []
    for ring in path.split("z")[:-1]:
        start, _, steps = ring.removeprefix("M").partition("l")
        x, y = (float(n) for n in NUMBERS.findall(start))
        found.append((x, y))
        numbers = [float(n) for n in NUMBERS.findall(steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


@pytest.mark.parametrize("kind", ["counties", "municipalities"])
def test_every_place_has_a_shape_inside_the_picture(kind: Kind) -> None:
    assert set(shapes(kind)) == {row["code"] for row in rows(kind)}
    left, top, width, height = (float(n) for n in view_box().split())
    for shape in shapes(kind).values():
        assert re.fullmatch(r"(M[\d. -]+l[\d. -]+z)+", shape.path)
        corners = points(shape.path)
        assert len(corners) >= 3
        for x, y in [*corners, (shape.x, shape.y)]:
            assert left <= x <= left + width
            assert top <= y <= top + height
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        assert min(xs) <= shape.x <= max(xs)
        assert min(ys) <= shape.y <= max(ys)


def test_the_map_lies_as_sweden_does() -> None:
    places = shapes("municipalities")
    assert places["2584"].y < places["0180"].y < places["1280"].y, "Kiruna north of Stockholm north of Malmö"
    assert places["1480"].x < places["0180"].x < places["0980"].x, "Göteborg west of Stockholm west of Gotland"


def test_neighbours_share_their_border() -> None:
    """Points of Solna's and Sundbyberg's outlines coincide: simplified together, no gap between them."""
    rounded = [
        {(round(x, 1), round(y, 1)) for x, y in points(shapes("municipalities")[c].path)} for c in ("0184", "0183")
    ]
    assert len(rounded[0] & rounded[1]) >= 2


def test_the_files_are_small_and_name_their_source() -> None:
    assert (folder() / "shapes.json").stat().st_size < 250_000
    assert sum(len(shape.path) for shape in shapes("counties").values()) < 25_000
    assert credit() == "Källa: SCB"
