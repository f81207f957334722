"""Office addresses of bodies and units."""

from typing import Any

from ..models import Function, Organisation, Unit


def set_function(
    *, by: Any, organisation: Organisation, kind: str, email: str, phone: str = "", unit: Unit | None = None, source: str = ""
) -> Function:
    """Set the address of an office; the one of the same kind and unit is replaced. Refused for a bad address."""
    raise NotImplementedError


def confirm_function(*, by: Any, function: Function) -> Function:
    """Note that the address is right today."""
    raise NotImplementedError


def withdraw_function(*, by: Any, function: Function, reason: str) -> None:
    """Take an office address away."""
    raise NotImplementedError
