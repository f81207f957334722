"""Known figures from before the first round: content/surveys/reference.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

#: The variable of how many answered.
RESPONSE_RATE = "svarsandel"
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Reference:
    """A figure of somebody else: `value` of `of`, or only the share; `approx` where the source says "about"."""

    id: str
    year: int
    variable: str
    who: str
    definition: Texts
    source: str
    option: str = ""
    value: int | None = None
    of: int | None = None
    pct: float | None = None
    approx: bool = False
    note: Texts = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The share, from the numbers where both are known."""
        if self.value is not None and self.of:
            return self.value / self.of
        return None if self.pct is None else self.pct / 100


@cache
def reference_points() -> tuple[Reference, ...]:
    """Return every known figure, oldest first."""
    path = Path(settings.CONTENT_DIR) / "surveys" / "reference.yaml"
    loaded: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["points"]
    return tuple(sorted((Reference(**row) for row in loaded), key=lambda point: (point.year, point.id)))


def references_to(variable: str, option: str = "") -> list[Reference]:
    """Return the known figures of a variable and one of its options."""
    return [point for point in reference_points() if (point.variable, point.option) == (variable, option)]
