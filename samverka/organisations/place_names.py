"""What places are called, by code, from the content files: read once per process, no query for a list of fifty rows."""

from dataclasses import dataclass
from functools import cache

from samverka.kernel.text import slug, swedish_sort_key
from samverka.places.content import rows


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place's name as it calls itself, its path (1984-arboga), its county's code and its place in the order."""

    code: str
    name: str
    path: str
    county_code: str
    sort_key: str


@cache
def municipalities() -> dict[str, PlaceName]:
    """Return the municipalities by code."""
    return {
        row["code"]: PlaceName(
            row["code"],
            row["display_name"],
            f"{row['code']}-{slug(row['short_name'])}",
            row["county_code"],
            swedish_sort_key(row["short_name"]),
        )
        for row in rows("municipalities")
    }


@cache
def counties() -> dict[str, PlaceName]:
    """Return the counties by code; their path leads to the region's page."""
    regions = {row["code"]: row["display_name"] for row in rows("regions")}
    return {
        row["code"]: PlaceName(
            row["code"],
            row["display_name"],
            f"{row['code']}-{slug(regions[row['code']])}",
            row["code"],
            swedish_sort_key(row["display_name"]),
        )
        for row in rows("counties")
    }
