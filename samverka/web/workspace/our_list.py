"""Our collaborations: the coordinator's list, searched, filtered, sorted and as a file."""

import tempfile
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import CollaborationState, Form
from samverka.collaborations.list_export import FORMATS, export_list
from samverka.collaborations.queries import waiting_invitations
from samverka.collaborations.queries.our_list import ORDERS, ListFilters, list_rows, our_count, our_list, shown
from samverka.kernel.access import requires
from samverka.organisations.queries import Acting, current_units
from samverka.organisations.rules import can_follow_collaborations, can_start_collaboration
from samverka.web.components.lists import Chip, Facet, chips, facet, without
from samverka.web.components.words import count_sentence

from .acting import acting_organisation
from .our_list_rows import draw_list_rows
from .pages import units_of

PAGE_SIZE = 50
ORDER_LABELS = {"ny": _("Senast ändrad"), "namn": _("Namn"), "datum": _("Nästa datum")}
#: Filters that are on or off: parameter -> what they leave.
SWITCHES = {"mina": _("Mina"), "sena": _("Med sena åtaganden"), "efterhand": _("Inlagda i efterhand")}


@requires(can_follow_collaborations, load=acting_organisation)
def our_collaborations(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The list, and the invitations that wait for an answer."""
    filters = ListFilters.from_query(request.GET)
    found = our_list(acting, filters).values_list("pk", flat=True)
    paginator = Paginator(found, PAGE_SIZE)
    paginator.count = our_count(acting, filters)
    page = paginator.get_page(request.GET.get("sida"))
    units = list(units_of(acting.organisation, acting)) if acting.units else current_units(acting.organisation)
    context = {
        "acting": acting,
        "filters": filters,
        "page": page,
        "rows": draw_list_rows(list_rows(acting, shown(page.object_list)), acting.organisation.public_id),
        "said": _said(page.paginator.count, filters),
        "chips": _chips(request, units),
        "facets": _facets(request, units),
        "orders": [_order(request, order, filters.order) for order in ORDERS],
        "kept": [(key, value) for key, values in request.GET.lists() for value in values if key not in {"q", "sida"}],
        "query": _query(request),
        "invitations": waiting_invitations(acting),
        "may_start": can_start_collaboration(request.user, acting),
    }
    return render(request, "workspace/collaborations/list.html", context)


@requires(can_follow_collaborations, load=acting_organisation)
def our_collaborations_export(request: HttpRequest, acting: Acting, format: str) -> FileResponse:
    """The whole selection as a file."""
    if format not in FORMATS:
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    export_list(acting, ListFilters.from_query(request.GET), format=format, file=file)
    file.seek(0)
    name = f"samverkan.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[format])


def _said(count: int, filters: ListFilters) -> str:
    """Say how many there are, in words."""
    none = (
        gettext("ingen samverkan matchar")
        if filters != ListFilters(order=filters.order)
        else gettext("ingen samverkan än")
    )
    return count_sentence(count, gettext("en samverkan"), gettext("{n} samverkan"), none)


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("sida", None)
    return kept.urlencode()


def _order(request: HttpRequest, order: str, used: str) -> tuple[Any, str, bool]:
    query = request.GET.copy()
    query["ordning"] = order
    query.pop("sida", None)
    return ORDER_LABELS[order], f"?{query.urlencode()}", order == used


def _chips(request: HttpRequest, units: list[Any]) -> list[Chip]:
    named = {
        "lage": (str(_("Läge")), {value: str(label) for value, label in CollaborationState.choices}),
        "form": (str(_("Form")), {value: str(label) for value, label in Form.choices}),
        "enhet": (str(_("Nämnd")), {unit.public_id: unit.name for unit in units}),
    }
    on = [
        Chip(str(_("Visa")), str(label), without(request.GET, key))
        for key, label in SWITCHES.items()
        if request.GET.get(key) == "ja"
    ]
    text = request.GET.get("q", "").strip()
    searched = [Chip(str(_("Sökning")), text, without(request.GET, "q"))] if text else []
    return [*searched, *chips(request.GET, named), *on]


def _facets(request: HttpRequest, units: list[Any]) -> list[Facet]:
    """The choices, without counts: a count for each would cost more than the list."""
    states = [(value, str(label), None) for value, label in CollaborationState.choices]
    forms = [(value, str(label), None) for value, label in Form.choices]
    switches = [facet(request.GET, key, "", [("ja", str(label), None)]).options[0] for key, label in SWITCHES.items()]
    found = [
        Facet(str(_("Visa")), switches),
        facet(request.GET, "lage", str(_("Läge")), states),
        facet(request.GET, "form", str(_("Form")), forms, shown=5),
        facet(request.GET, "enhet", str(_("Per nämnd")), [(unit.public_id, unit.name, None) for unit in units]),
    ]
    return [group for group in found if group.options]
