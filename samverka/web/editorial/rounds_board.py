"""Who has answered and who has not, and whom to ring."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samverka.kernel.access import requires
from samverka.organisations.enums import Kind
from samverka.organisations.place_names import counties
from samverka.surveys.enums import AskedState
from samverka.surveys.models import Response
from samverka.surveys.queries.board import SILENT, Board, BoardFilters, board, listed
from samverka.surveys.queries.classes import municipal_groups, population_classes
from samverka.surveys.queries.history import called_days
from samverka.surveys.queries.progress import begun_blocks, blocks_of
from samverka.surveys.rules import can_run_surveys
from samverka.surveys.shown import shown_email, shown_phone
from samverka.web.components.lists import Chip, chips
from samverka.web.components.words import language

from .rounds import round_called

PAGE_SIZE = 50
ORDER_LABELS = {
    "namn": gettext_lazy("Namn"),
    "lage": gettext_lazy("Läge"),
    "senast": gettext_lazy("Senast inlämnat"),
}


@requires(can_run_surveys)
def editorial_board(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts by group, and the list of those who are asked."""
    found, filters = round_called(slug), BoardFilters.from_query(request.GET)
    page = Paginator(listed(found, filters), PAGE_SIZE).get_page(request.GET.get("sida"))
    begun = begun_blocks(found, page)
    counted = board(found)
    context = {
        "round": found,
        "board": counted,
        "groupings": _groupings(counted, filters),
        "filters": filters,
        "page": page,
        "rows": [(one, len(begun[one.pk])) for one in page],
        "blocks": len(blocks_of(found, language())),
        "states": _states(filters),
        "chips": _chips(request),
        "orders": _orders(filters),
        "query": filters.query_string(),
        "kept": [(key, value) for key, value in request.GET.items() if key not in {"q", "sida"}],
        "anonymous_answers": Response.objects.filter(round=found).count() if found.is_anonymous else None,
    }
    return render(request, "editorial/rounds_board.html", context)


def _groupings(counted: Board, filters: BoardFilters) -> list[tuple[str, list[tuple[Any, str]]]]:
    """Return each heading with its groups, each with the address that lists its silent ones."""
    names = {"slag": "kind", "lan": "county", "klass": "population", "grupp": "group"}
    return [
        (heading, [(group, _address(filters, **{names[name]: group.value}) if group.value else "") for group in groups])
        for name, heading, groups in counted.groupings
    ]


def _address(filters: BoardFilters, **changes: str) -> str:
    return f"?{filters.query_string(state=SILENT, **changes)}#lista"


def _states(filters: BoardFilters) -> list[tuple[Any, str, bool]]:
    """Return the states one may look at: what each is called, its address, whether it is on."""
    labels = [("", _("Alla")), (SILENT, _("Har inte lämnat in")), *AskedState.choices]
    return [
        (
            label,
            f"?{filters.query_string(state=value)}#lista" if value or filters.state else "#lista",
            value == filters.state,
        )
        for value, label in labels
    ]


def _orders(filters: BoardFilters) -> list[tuple[Any, str, bool]]:
    return [
        (label, f"?{filters.query_string(order=order)}#lista", order == filters.order)
        for order, label in ORDER_LABELS.items()
    ]


def _chips(request: HttpRequest) -> list[Chip]:
    names = {
        "slag": (_("Slag"), {kind.value: str(kind.label) for kind in Kind}),
        "lan": (_("Län"), {code: county.name for code, county in counties().items()}),
        "klass": (_("Befolkning"), population_classes()),
        "grupp": (_("Kommungrupp"), municipal_groups()),
    }
    return chips(request.GET, names)


@requires(can_run_surveys)
def editorial_call_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who are invited and have not handed over: the number, what is left, what was said last time."""
    found, filters = round_called(slug), BoardFilters.from_query(request.GET)
    page = Paginator(listed(found, filters).silent(), PAGE_SIZE).get_page(request.GET.get("sida"))
    rows, blocks = list(page), blocks_of(found, language())
    begun, calls = begun_blocks(found, rows), called_days(rows)
    context = {
        "round": found,
        "filters": filters,
        "orders": _orders(filters)[:2],
        "query": filters.query_string(),
        "page": page,
        "rows": [
            {
                "asked": one,
                "phone": shown_phone(one),
                "email": shown_email(one),
                "left": [block.label for block in blocks if block.code not in begun[one.pk]],
                "untouched": not begun[one.pk],
                "called": calls.get(one.public_id),
            }
            for one in rows
        ],
    }
    return render(request, "editorial/rounds_calls.html", context)
