"""The register list: filters from the address, rows, total and counts for each facet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from .shown import ShownRow

PAGE_SIZE = 50
#: parameter in the address -> attribute; each facet may have several values, which widen it
FACETS = {"slag": "kinds", "lan": "counties", "kommun": "municipalities", "omrade": "fields"}
ORDERS = ("traff", "namn", "ny")


@dataclass(frozen=True)
class RegisterFilters:
    """What is asked for. Values that are not known codes are dropped when parsed, so every instance is sound.

    kinds: Kind values. counties: two digits. municipalities: four digits. fields: ActivityField codes (scheme:code, "icnpo:1").
    order: traff (best first; with text only), namn, ny (last changed first). page: from 1.
    """

    q: str = ""
    kinds: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    order: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Self:
        """Return the filters of an address (a QueryDict, or {parameter: value or list})."""
        raise NotImplementedError

    def query_string(self, **changes: Any) -> str:
        """Return the address's query ("q=bio&slag=association", without "?"), with `changes` to attributes made; page 1 is left out."""
        raise NotImplementedError

    def at_page(self, page: int) -> Self:
        """Return the same selection at another page."""
        return replace(self, page=page)


@dataclass(frozen=True)
class FacetCount:
    """A choice in a facet: the value in the address, its label, how many organisations it holds within the other filters."""

    value: str
    label: Any
    count: int


@dataclass(frozen=True)
class RegisterPage:
    """One page of the list. `exact` is False when nothing matched the text and `rows` are names close to it ("menade du").

    `facets` has the keys of FACETS; those with most first, places in Swedish order. `total` counts the whole selection.
    """

    filters: RegisterFilters
    rows: list[ShownRow]
    total: int
    pages: int
    exact: bool = True
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)


def register_page(filters: RegisterFilters, *, page_size: int = PAGE_SIZE) -> RegisterPage:
    """Return the page that `filters` ask for; a page beyond the last gives the last. The same queries for 1 and 50 rows."""
    raise NotImplementedError
