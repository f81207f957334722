"""What the list of examples shows besides its rows: chips, facets, orders and paging, all as addresses."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page as Slice
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import Form
from samverka.knowledge.enums import PageKind
from samverka.knowledge.finding import ORDERS, Filters
from samverka.organisations.enums import Side
from samverka.web.components.lists import Chip, Facet, FacetOption
from samverka.web.components.words import count_sentence, language
from samverka.web.public.knowledge.addresses import page_path

HEADINGS = {"omrade": _("Område"), "form": _("Form"), "lan": _("Län"), "kommun": _("Kommun"), "ar": _("År")}
ORDER_LABELS = {"traff": _("Bästa träff"), "ny": _("Nyast"), "namn": _("Rubrik"), "ar": _("År")}
SHOWN = 6


@dataclass(frozen=True)
class Row:
    """A page in the list."""

    url: str
    title: str
    summary: str
    meta: str


@dataclass(frozen=True)
class ExampleList:
    """A page of the list as its template reads it."""

    kind: PageKind
    filters: Filters
    page: "Slice[Any]"
    counts: dict[str, list[tuple[str, str, int]]]

    @property
    def list_url(self) -> str:
        """The list's own address."""
        return reverse("examples" if self.kind == PageKind.EXAMPLE else "portraits")

    @property
    def export_route(self) -> str:
        """The name of the page that gives the selection out as a file."""
        return "examples_export" if self.kind == PageKind.EXAMPLE else "portraits_export"

    @property
    def is_example(self) -> bool:
        """Whether the list is of examples."""
        return self.kind == PageKind.EXAMPLE

    @property
    def said(self) -> str:
        """How many there are, in words."""
        total = self.page.paginator.count
        if self.is_example:
            return count_sentence(total, gettext("ett exempel"), gettext("{n} exempel"), gettext("inga exempel passar"))
        return count_sentence(total, gettext("ett porträtt"), gettext("{n} porträtt"), gettext("inga porträtt passar"))

    @property
    def rows(self) -> list[Row]:
        """The pages, in order."""
        return [Row(page_path(page), page.shown_title, page.shown_summary, meta_of(page)) for page in self.page]

    @property
    def query(self) -> str:
        """The selection, for the files."""
        return self.filters.query_string(page=1)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The filters that a new search keeps."""
        return [(key, value) for key, values in self.filters.chosen.items() for value in values]

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on, each with the address without it."""
        found = [Chip(gettext("Sökning"), self.filters.q, self._url(q="", page=1))] if self.filters.q else []
        for key, values in self.filters.chosen.items():
            labels = {value: label for value, label, _n in self.counts[key]}
            found += [Chip(str(HEADINGS[key]), labels.get(v, _form_label(v)), self._without(key, v)) for v in values]
        return found

    @property
    def facets(self) -> list[Facet]:
        """The choices that narrow the list, with how many each holds."""
        return [self._facet(key) for key in HEADINGS if self.counts[key]]

    def _facet(self, key: str) -> Facet:
        chosen = self.filters.chosen.get(key, ())
        options = [
            FacetOption(
                label, n, self._without(key, value) if value in chosen else self._with(key, value), value in chosen
            )
            for value, label, n in self.counts[key]
        ]
        return Facet(str(HEADINGS[key]), options, SHOWN)

    @property
    def orders(self) -> list[tuple[Any, str, bool]]:
        """The ways to sort: label, address, whether it is in use."""
        offered = [order for order in ORDERS if order != "traff" or self.filters.q]
        used = self.filters.used_order
        return [(ORDER_LABELS[order], self._url(order=order, page=1), order == used) for order in offered]

    @property
    def previous(self) -> str:
        """The address of the page before; "" on the first."""
        return self._url(page=self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        """The address of the page after; "" on the last."""
        return self._url(page=self.page.number + 1) if self.page.has_next() else ""

    def _url(self, **changes: Any) -> str:
        return f"?{self.filters.query_string(**changes)}"

    def _with(self, key: str, value: str) -> str:
        return self._chosen(key, (*self.filters.chosen.get(key, ()), value))

    def _without(self, key: str, value: str) -> str:
        return self._chosen(key, tuple(other for other in self.filters.chosen.get(key, ()) if other != value))

    def _chosen(self, key: str, values: tuple[str, ...]) -> str:
        return f"?{replace(self.filters, chosen={**self.filters.chosen, key: values}, page=1).query_string()}"


def _form_label(value: str) -> str:
    return str(Form(value).label) if value in Form.values else value


def meta_of(page: Any) -> str:
    """Return place (or the public body that tells), form, field and year on one line."""
    place = page.municipality or page.county
    where = place.display_name if place else page.owner.name if page.owner and page.owner.side == Side.PUBLIC else ""
    english = language() == "en"
    fields = [field.name_en if english else field.name_sv for field in page.fields.all()[:2]]
    parts = [where, *(_form_label(code) for code in page.forms[:2]), *fields]
    return " · ".join(part for part in (*parts, str(page.year or "")) if part)
