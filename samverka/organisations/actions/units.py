"""Units of public bodies: nämnd, förvaltning, bolag, kommunalförbund."""

import datetime
from collections.abc import Mapping
from typing import Any

from ..models import Organisation, Unit

#: what `change_unit` takes
UNIT_FACTS = ("name", "kind", "is_controller", "diary_pattern", "valid_from", "valid_to", "predecessor")


def add_unit(*, by: Any, organisation: Organisation, values: Mapping[str, Any]) -> Unit:
    """Add a unit (`values`: keys of UNIT_FACTS, name and kind at least). Refused for a civil organisation or a name in use."""
    raise NotImplementedError


def change_unit(*, by: Any, unit: Unit, version: int, values: Mapping[str, Any]) -> Unit:
    """Change a unit. Raises Conflict when `version` is stale."""
    raise NotImplementedError


def end_unit(*, by: Any, unit: Unit, on: datetime.date, reason: str = "") -> Unit:
    """Let a unit cease on a day; it stays readable. Refused when the day is before its first."""
    raise NotImplementedError
