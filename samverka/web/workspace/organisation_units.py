"""Our units (nämnd, förvaltning, bolag, kommunalförbund) and office addresses (users.md R2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.accounts.roles import Permission
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.organisations.actions import functions, units
from samverka.organisations.models import Function, Organisation, Unit
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_edit_facts, can_edit_parts, is_member
from samverka.web.components.refusals import refusals_on

from .acting import acting_organisation
from .conflicts import conflict_rows
from .forms_organisation import CloseUnitForm, FunctionForm, ReasonForm, UnitForm
from .reach import require_part, whole_name, within_reach

EDIT_FACTS = Permission.EDIT_FACTS
PAGES = "workspace/organisation"


@requires(is_member, load=acting_organisation)
def our_units(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The units of today and those that have ceased, with their offices."""
    rows = list(acting.organisation.units.select_related("predecessor"))
    current = set(acting.organisation.units.current().values_list("pk", flat=True))
    context = {
        "acting": acting,
        "current": [unit for unit in rows if unit.pk in current],
        "others": [unit for unit in rows if unit.pk not in current],
        "may_edit": can_edit_facts(request.user, acting),
        "within_reach": within_reach(acting, rows, EDIT_FACTS, of="pk"),
    }
    return render(request, f"{PAGES}/units.html", context)


@requires(can_edit_facts, load=acting_organisation)
@creates_once
def our_unit_add(request: HttpRequest, acting: Acting) -> HttpResponse:
    """One more unit, perhaps in the place of another."""
    organisation = acting.organisation
    form = UnitForm(request.POST or None, others=organisation.units.all())
    if form.is_valid():
        with refusals_on(form):
            unit = units.add_unit(by=request.user, organisation=organisation, values=_values(form, organisation))
            messages.success(request, _("{unit} är tillagd.").format(unit=unit.name))
            return redirect("our_units", org=organisation.public_id)
    context = {"acting": acting, "form": form, "unit": None, "conflict": []}
    return render(request, f"{PAGES}/unit.html", context, status=422 if form.is_bound else 200)


@requires(can_edit_parts, load=acting_organisation)
def our_unit(request: HttpRequest, acting: Acting, unit: str) -> HttpResponse:
    """Change a unit."""
    organisation, found = acting.organisation, _unit(acting, unit)
    require_part(acting, found)
    others = organisation.units.exclude(pk=found.pk)
    form = UnitForm(request.POST or None, others=others, initial=_initial(found))
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                units.change_unit(
                    by=request.user,
                    unit=found,
                    version=form.cleaned_data["version"] or 0,
                    values=_values(form, organisation),
                )
                messages.success(request, _("Enheten är sparad."))
                return redirect("our_units", org=organisation.public_id)
        except Conflict as both:
            conflict = conflict_rows(form, both)
            current = Unit.objects.get(pk=found.pk)
            form = UnitForm({**request.POST.dict(), "version": str(current.version)}, others=others)
    context = {"acting": acting, "form": form, "unit": found, "conflict": conflict}
    return render(request, f"{PAGES}/unit.html", context, status=409 if conflict else 422 if form.is_bound else 200)


@requires(can_edit_facts, load=acting_organisation)
def our_unit_close(request: HttpRequest, acting: Acting, unit: str) -> HttpResponse:
    """Let a unit cease on a day; what is written about it stays."""
    found = _unit(acting, unit)
    form = CloseUnitForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            units.end_unit(by=request.user, unit=found, on=form.cleaned_data["valid_to"])
            messages.success(request, _("{unit} är avslutad.").format(unit=found.name))
            return redirect("our_units", org=acting.organisation.public_id)
    context = {"acting": acting, "form": form, "unit": found}
    return render(request, f"{PAGES}/unit_close.html", context, status=422 if form.is_bound else 200)


@requires(can_edit_parts, load=acting_organisation)
@creates_once
def our_functions(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Our office addresses: the list, and setting one."""
    organisation = acting.organisation
    current = within_reach(acting, organisation.units.current(), EDIT_FACTS, of="pk")
    form = FunctionForm(request.POST or None, units=current, whole=whole_name(acting, EDIT_FACTS))
    if form.is_valid():
        values = dict(form.cleaned_data)
        unit = next((u for u in current if u.public_id == values.pop("unit")), None)
        with refusals_on(form):
            functions.set_function(by=request.user, organisation=organisation, unit=unit, **values)
            messages.success(request, _("Adressen är sparad."))
            return redirect("our_functions", org=organisation.public_id)
    rows = organisation.functions.filter(withdrawn_at=None).select_related("unit")
    context = {"acting": acting, "form": form, "rows": rows, "within_reach": within_reach(acting, rows, EDIT_FACTS)}
    return render(request, f"{PAGES}/functions.html", context, status=422 if form.is_bound else 200)


@requires(can_edit_parts, load=acting_organisation)
@require_POST
def our_function_confirm(request: HttpRequest, acting: Acting, function: str) -> HttpResponse:
    """Note that the address is right today."""
    functions.confirm_function(by=request.user, function=_function(acting, function))
    messages.success(request, _("Adressen är bekräftad i dag."))
    return redirect("our_functions", org=acting.organisation.public_id)


@requires(can_edit_parts, load=acting_organisation)
def our_function_withdraw(request: HttpRequest, acting: Acting, function: str) -> HttpResponse:
    """Take an office address away, with the reason."""
    found = _function(acting, function)
    require_part(acting, found.unit)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            functions.withdraw_function(by=request.user, function=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("Adressen är borttagen."))
            return redirect("our_functions", org=acting.organisation.public_id)
    context = {"acting": acting, "form": form, "what": found.email, "back": "our_functions"}
    return render(request, f"{PAGES}/withdraw.html", context, status=422 if form.is_bound else 200)


def _unit(acting: Acting, public_id: str) -> Unit:
    found: Unit | None = acting.organisation.units.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def _function(acting: Acting, public_id: str) -> Function:
    found = acting.organisation.functions.filter(public_id=public_id, withdrawn_at=None).first()
    if found is None:
        raise NotVisible
    return found


def _values(form: UnitForm, organisation: Organisation) -> dict[str, Any]:
    values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    values["predecessor"] = organisation.units.filter(public_id=values["predecessor"]).first()
    return values


def _initial(unit: Unit) -> dict[str, Any]:
    initial = {name: getattr(unit, name) for name in UnitForm.base_fields}
    return {**initial, "predecessor": unit.predecessor.public_id if unit.predecessor else ""}
