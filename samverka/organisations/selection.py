"""A selection of the register as SQL. Its text is our own; every value is a parameter."""

from dataclasses import dataclass, replace
from typing import Any, cast

from samverka.kernel.swedish import stems

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

    @classmethod
    def of(cls, filters: RegisterFilters) -> "Selection":
        """Return what `filters` select; fields by their keys."""
        names = field_names() if filters.fields else {}
        keys = tuple(names[value].pk for value in filters.fields if value in names)
        return cls(_query(filters.q), filters.kinds, filters.counties, filters.municipalities, keys)

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

    def ordering(self, order: str) -> str:
        """Return the ORDER BY: hits in the name first where there is a text to hit."""
        if order == "ny":
            return "changed_at DESC, id DESC"
        if self.query and order != "namn":
            return "search_vector @@ %(in_name)s::tsquery DESC, sort_key, id"
        return "sort_key, id"

    def values(self) -> dict[str, Any]:
        """Return the parameters of all of it."""
        words = self.query.split(" & ")
        return {
            "query": self.query,
            "in_name": " & ".join(f"{word}A" if word.endswith(":*") else f"{word}:A" for word in words),
            "kinds": list(self.kinds),
            "counties": list(self.counties),
            "municipalities": list(self.municipalities),
            "fields": list(self.fields),
        }


def _query(text: str) -> str:
    """Return what a person typed as a tsquery: every word also as a beginning, since names are compounds.

    Words under four letters stand for themselves, but for the last, which may still be being typed.
    """
    words = stems(text)
    return " & ".join(f"'{w}':*" if len(w) >= 4 or i == len(words) else f"'{w}'" for i, w in enumerate(words, 1))
