"""Personal data: what is kept, why, how long, and the job that removes it. The privacy notice is made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Controller(StrEnum):
    """Who decides over a table's rows and answers for them."""

    #: whoever provides the installation
    PROVIDER = "provider"
    #: each who has written there; the provider only stores for them
    WRITER = "writer"


@dataclass(frozen=True)
class PersonalData:
    """A declaration: which table, what of a person it holds, for what purpose, how long, and its purge function."""

    table: str
    what: Any
    purpose: Any
    kept: Any
    legal_basis: Any
    purge: Callable[[], int] | None = None
    controller: Controller = Controller.PROVIDER


_declared: dict[str, PersonalData] = {}


def declare(declaration: PersonalData) -> None:
    """Put `declaration` on the list; one per table."""
    _declared[declaration.table] = declaration


def declarations() -> list[PersonalData]:
    """Return every declaration, by table."""
    return [_declared[name] for name in sorted(_declared)]


def purge_all() -> dict[str, int]:
    """Run every purge function; return {table: rows removed}."""
    return {item.table: item.purge() for item in declarations() if item.purge}
