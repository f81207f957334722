"""The files of content/places as rows; read once per process."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


def folder() -> Path:
    """Return the folder with the facts on places."""
    return Path(settings.BASE_DIR) / "content" / "places"


@cache
def rows(kind: str) -> tuple[dict[str, str], ...]:
    """Return the rows of municipalities, counties or regions, in the order of their codes."""
    with (folder() / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def sources() -> dict[str, dict[str, Any]]:
    """Return source, date and licence by kind of fact (population, codes, names, shapes)."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((folder() / "sources.yaml").read_text("utf-8"))
    return loaded


@cache
def groupings() -> tuple[dict[str, Any], ...]:
    """Return the divisions of municipalities into classes: as groupings.yaml says them, with `members` {code: class}
    for those that a file tells.
    """
    loaded = yaml.safe_load((folder() / "groupings.yaml").read_text("utf-8"))["groupings"]
    return tuple(row | {"members": _members(row.get("file"))} for row in loaded)


def _members(name: str | None) -> dict[str, str]:
    if not name:
        return {}
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["group"] for row in csv.DictReader(file)}
