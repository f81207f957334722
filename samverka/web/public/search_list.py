"""What the search page shows besides its answers: chips, facets and paging, all as addresses."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import Form
from samverka.kernel.search import PAGE_SIZE, Answer, Chosen, Hit, kind_labels
from samverka.organisations.filters import field_names
from samverka.organisations.place_names import counties, municipalities
from samverka.web.addresses import hit_address
from samverka.web.components import lists
from samverka.web.components.words import count_sentence

LONGEST = 200
#: The parameter of each facet, and its heading, in the order they stand on the page.
HEADINGS = {
    "slag": ("kind", _("Slag")),
    "samverkansform": ("form", _("Samverkansform")),
    "omrade": ("field", _("Område")),
    "lan": ("county", _("Län")),
    "kommun": ("municipality", _("Kommun")),
    "ar": ("year", _("År")),
}
SHOWN, MOST_SHOWN = 6, 40


def asked_text(query: QueryDict) -> str:
    """Return what was typed."""
    return " ".join(query.get("q", "").replace("\0", "").split())[:LONGEST]


def page_in(query: QueryDict) -> int:
    """Return the page that is asked for, 1 for anything odd."""
    value = query.get("sida", "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 6 else 1


def chosen_in(query: QueryDict, **more: Any) -> Chosen:
    """Return what the address narrows to; what is no choice of ours is passed over. `more`: other fields of Chosen."""
    known = {
        "kind": kind_labels(),
        "form": Form.values,
        "field": {str(name.pk) for name in field_names().values()},
        "county": counties(),
        "municipality": municipalities(),
    }
    chosen: dict[str, Any] = {}
    for parameter, (facet, _heading) in HEADINGS.items():
        values = query.getlist(parameter)
        fits = known.get(facet)
        chosen[facet] = tuple(v for v in values if (v in fits if fits is not None else v.isdecimal() and len(v) == 4))
    return Chosen(**chosen, **more)


def kept_query(query: QueryDict) -> str:
    """Return a search as an address keeps it: words and known choices, in a set order, without the page."""
    kept = QueryDict(mutable=True)
    kept["q"] = asked_text(query)
    chosen = chosen_in(query)
    for name, (facet, _heading) in HEADINGS.items():
        kept.setlist(name, list(getattr(chosen, facet)))
    return kept.urlencode()


class SearchList:
    """A page of answers as its template reads it."""

    def __init__(self, query: QueryDict, answer: Answer, page: int) -> None:
        self.query, self.answer, self.page = query, answer, page
        self.pages = max(1, -(-answer.total // PAGE_SIZE))

    @property
    def hits(self) -> list[tuple[Hit, str]]:
        """The answers with their addresses."""
        return [(hit, _in_page(hit_address(hit), hit)) for hit in self.answer.hits]

    @property
    def chips(self) -> list[lists.Chip]:
        """What is chosen, each with the address without it."""
        labels = {name: (str(heading), _labels(facet)) for name, (facet, heading) in HEADINGS.items()}
        return lists.chips(self.query, labels)

    @property
    def facets(self) -> list[lists.Facet]:
        """What can be chosen, with how many answers each would leave."""
        found = [self._facet(name, facet, str(heading)) for name, (facet, heading) in HEADINGS.items()]
        return [facet for facet in found if len(facet.options) > 1 or any(o.selected for o in facet.options)]

    def _facet(self, name: str, facet: str, heading: str) -> lists.Facet:
        counts = self.answer.facets.get(facet, {})
        labels = _labels(facet)
        there = [
            (value, labels.get(value, value), n) for value, n in counts.items() if facet == "year" or value in labels
        ]
        return lists.facet(self.query, name, heading, _ordered(facet, there)[:MOST_SHOWN], SHOWN)

    @property
    def clear_url(self) -> str:
        """The address of the same words without any choice."""
        query = QueryDict(mutable=True)
        query["q"] = asked_text(self.query)
        return f"?{query.urlencode()}"

    @property
    def dated(self) -> tuple[str, ...]:
        """The kinds that a year says something of."""
        return ("example", "publication", "article", "portrait", "result")

    @property
    def previous(self) -> str:
        """The address of the page before, "" if there is none."""
        return self._at(self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, "" if there is none."""
        return self._at(self.page + 1) if self.page < self.pages else ""

    def _at(self, page: int) -> str:
        query = self.query.copy()
        query["sida"] = str(page)
        return f"?{query.urlencode()}"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a new search keeps of the choices."""
        return [(name, value) for name in HEADINGS for value in self.query.getlist(name)]

    @property
    def said(self) -> str:
        """How many answers there are, in words."""
        if self.answer.loose and not self.answer.exact:
            return gettext("Inget har alla orden. De här har de flesta")
        total = self.answer.exact if self.answer.loose else self.answer.total
        return count_sentence(total, gettext("en träff"), gettext("{n} träffar"), gettext("inga träffar"))

    @property
    def search(self) -> str:
        """The search as an address keeps it."""
        return kept_query(self.query)


def _in_page(address: str, hit: Hit) -> str:
    """Lead to the page of a PDF that the excerpt is from."""
    return f"{address}#sida-{hit.page}" if hit.page else address


def _labels(facet: str) -> dict[str, str]:
    if facet == "kind":
        return kind_labels()
    if facet == "form":
        return {form.value: str(form.label) for form in Form}
    if facet == "field":
        return {str(name.pk): name.label for name in field_names().values()}
    if facet == "county":
        return {code: county.name for code, county in counties().items()}
    if facet == "municipality":
        return {code: place.name for code, place in municipalities().items()}
    return {}


def _ordered(facet: str, there: Iterable[tuple[str, str, int]]) -> Sequence[tuple[str, str, int | None]]:
    """Years newest first, the rest by how many they hold."""
    counted = list(there)
    counted.sort(key=lambda choice: (-choice[2], choice[1]))
    if facet == "year":
        counted.sort(key=lambda choice: choice[0], reverse=True)
    return [*counted]
