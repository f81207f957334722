"""Generalised outlines of counties and municipalities for small maps. Credit: "Källa: SCB"."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from .content import folder

Kind = Literal["counties", "municipalities"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A place in the picture: its code, its SVG path, and a point inside it (picture units)."""

    code: str
    path: str
    x: float
    y: float


@cache
def _file() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder() / "shapes.json").read_text("utf-8"))
    return content


@cache
def shapes(kind: Kind) -> dict[str, Shape]:
    """Return code -> shape for the 21 counties or the 290 municipalities."""
    return {code: Shape(code, **shape) for code, shape in _file()[kind].items()}


def view_box() -> str:
    """Return the viewBox that the shapes are drawn in."""
    return str(_file()["view_box"])


def credit() -> str:
    """Return the words that must stand by every map."""
    return str(_file()["credit"])
