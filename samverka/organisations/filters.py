"""What is asked of the register list, to and from an address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.utils.translation import get_language

from .enums import Kind
from .models import ActivityField
from .place_names import counties, municipalities
from .revision import kept_until_change

#: parameter in the address -> attribute; a facet may have several values, which widen it
FACETS = {"slag": "kinds", "lan": "counties", "kommun": "municipalities", "omrade": "fields"}
ORDERS = ("traff", "namn", "ny")
LONGEST_QUERY = 200
_LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field of activity as a filter: its key, its value in the address ("icnpo:1.1") and its names."""

    pk: int
    value: str
    name_sv: str
    name_en: str
    has_parts: bool

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_sv


@kept_until_change
def field_names() -> dict[str, FieldName]:
    """Return the fields of activity by their value in the address, in order."""
    fields = list(ActivityField.objects.order_by("scheme", "order"))
    wholes = {field.parent_id for field in fields}
    named = (FieldName(f.pk, f"{f.scheme}:{f.code}", f.name_sv, f.name_en, f.pk in wholes) for f in fields)
    return {name.value: name for name in named}


@dataclass(frozen=True)
class RegisterFilters:
    """What is asked for. Values that are not known codes are dropped when parsed, so every parsed instance is sound.

    kinds: Kind values. counties: two digits. municipalities: four digits. fields: "icnpo:1.1", "mapping:culture".
    order: "traff" (hits in the name first), "namn", "ny" (last changed first); "" is traff with text, else namn.
    page: from 1.
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
        asked_fields = _values(query, "omrade")
        order = _first(query, "ordning")
        page = _first(query, "sida")
        return cls(
            q=" ".join(_first(query, "q").replace("\x00", " ").split())[:LONGEST_QUERY],
            kinds=_known(_values(query, "slag"), Kind.values),
            counties=_known(_values(query, "lan"), counties()),
            municipalities=_known(_values(query, "kommun"), municipalities()),
            fields=_known(asked_fields, field_names()) if asked_fields else (),
            order=order if order in ORDERS else "",
            page=min(int(page), _LAST_PAGE)
            if page.isdecimal() and page.isascii() and len(page) < 9 and int(page) > 0
            else 1,
        )

    def query_string(self, **changes: Any) -> str:
        """Return the address's query ("q=bio&slag=association", without "?"), with `changes` to attributes; page 1
        is left out.
        """
        asked = replace(self, **changes)
        pairs = [("q", asked.q)] if asked.q else []
        pairs += [(name, value) for name, attribute in FACETS.items() for value in getattr(asked, attribute)]
        if asked.order:
            pairs.append(("ordning", asked.order))
        if asked.page > 1:
            pairs.append(("sida", str(asked.page)))
        return urlencode(pairs, safe=":")

    def at_page(self, page: int) -> Self:
        """Return the same selection at another page."""
        return replace(self, page=page)


def _values(query: Mapping[str, Any], name: str) -> list[str]:
    if hasattr(query, "getlist"):
        return [str(value) for value in query.getlist(name)]
    value = query.get(name, [])
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def _first(query: Mapping[str, Any], name: str) -> str:
    values = _values(query, name)
    return values[-1].strip() if values else ""


def _known(values: list[str], known: Iterable[str]) -> tuple[str, ...]:
    codes = set(known)
    return tuple(dict.fromkeys(value for value in values if value in codes))
