"""A selection of the register as SQL. Its text is our own; every value is a parameter."""

from dataclasses import dataclass, replace
from typing import Any, cast

from samverka.kernel.swedish import stems
from samverka.kernel.text import swedish_sort_key

from .enums import Kind
from .filters import FACETS, RegisterFilters, field_names


@dataclass(frozen=True)
class Selection:
    """A selection as SQL. `query` is a tsquery in text form, "" for none; the rest are values of the facets."""

    query: str
    kinds: tuple[str, ...]
    counties: tuple[str, ...]
    municipalities: tuple[str, ...]
    fields: tuple[int, ...]
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, filters: RegisterFilters) -> "Selection":
        """Return what `filters` select; fields by their keys."""
        names = field_names() if filters.fields else {}
        keys = tuple(names[value].pk for value in filters.fields if value in names)
        words = stems(filters.q)
        folded = tuple(swedish_sort_key(word) for word in words)
        return cls(_query(words), filters.kinds, filters.counties, filters.municipalities, keys, folded)

    def conditions(self) -> dict[str, str]:
        """Return the conditions of the facets in use. A protected organisation is in no municipality (users.md R10)."""
        held = {
            "slag": self._of_kind() if self.kinds else "",
            "lan": "county_id = ANY(%(counties)s)" if self.counties else "",
            "kommun": "(municipality_id = ANY(%(municipalities)s) AND NOT protected)" if self.municipalities else "",
            "omrade": "field_ids && %(fields)s::integer[]" if self.fields else "",
        }
        return {facet: condition for facet, condition in held.items() if condition}

    def _of_kind(self) -> str:
        if Kind.REGION not in self.kinds:
            return "kind = ANY(%(kinds)s)"
        # Gotland is a region too. Both conditions, so that an index on kind serves.
        return "(kind = ANY(%(kinds)s || '{municipality}'::text[]) AND (kind = ANY(%(kinds)s) OR also_region))"

    def found(self) -> list[str]:
        """Return the conditions that no facet can take away."""
        text = ["search_vector @@ %(query)s::tsquery"] if self.query else []
        return ["state <> 'withdrawn'", *text]

    def without(self, facet: str) -> "Selection":
        """Return the selection without one facet's filter."""
        return replace(self, **cast(dict[str, Any], {FACETS[facet]: ()}))

    def where(self) -> str:
        """Return all conditions."""
        return " AND ".join([*self.found(), *self.conditions().values()])

    def ordering(self, order: str, *, backwards: bool = False) -> str:
        """Return the ORDER BY: names that hold every word first where there is a text; `backwards` from the end."""
        parts = [("sort_key", False), ("id", False)]
        if order == "ny":
            parts = [("changed_at", True), ("id", True)]
        elif self.words and order != "namn":
            named = " AND ".join(f"strpos(sort_key, %(word{n})s) > 0" for n in range(len(self.words)))
            parts.insert(0, (f"({named})", True))
        return ", ".join(f"{part} DESC" if falling != backwards else part for part, falling in parts)

    def values(self) -> dict[str, Any]:
        """Return the parameters of all of it."""
        return {
            "query": self.query,
            **{f"word{n}": word for n, word in enumerate(self.words)},
            "kinds": list(self.kinds),
            "counties": list(self.counties),
            "municipalities": list(self.municipalities),
            "fields": list(self.fields),
        }


def _query(words: list[str]) -> str:
    """Return what a person typed as a tsquery: every word also as a beginning, since names are compounds.

    Words under four letters stand for themselves, but for the last, which may still be being typed.
    """
    return " & ".join(f"'{w}':*" if len(w) >= 4 or i == len(words) else f"'{w}'" for i, w in enumerate(words, 1))
