"""Who may change rounds, asked by the actions themselves."""

from typing import Any

from samverka.kernel.errors import NotAllowed

from ..rules import can_run_surveys


def require_analyst(by: Any) -> None:
    """Raise NotAllowed unless `by` may run surveys; None is the system: a command on the machine."""
    if by is not None and not can_run_surveys(by):
        raise NotAllowed
