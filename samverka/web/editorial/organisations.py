"""The register's editors: find, add, mend, withdraw, protect."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.accounts.rules import can_edit_register
from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.organisations.actions import bodies, facts
from samverka.organisations.enums import State
from samverka.organisations.models import Organisation
from samverka.organisations.queries import similar_organisations
from samverka.organisations.register import RegisterFilters, RegisterPage, register_page
from samverka.organisations.shown import shown, shown_rows
from samverka.web.components.refusals import refusals_on
from samverka.web.workspace.conflicts import conflict_rows
from samverka.web.workspace.forms_organisation import ProtectedForm

from .forms_organisations import RegisterForm, StateForm

PAGE_SIZE = 50


@requires(can_edit_register)
def editorial_organisations(request: HttpRequest) -> HttpResponse:
    """Search, or what has been withdrawn (`?borttagna=1`)."""
    withdrawn = "borttagna" in request.GET
    context: dict[str, Any] = {"withdrawn": withdrawn, "listing": None, "page": None, "rows": [], "q": ""}
    if withdrawn:
        found = Organisation.objects.filter(state=State.WITHDRAWN)
        page = Paginator(found.select_related("municipality", "county"), PAGE_SIZE).get_page(request.GET.get("sida"))
        context |= {"page": page, "rows": shown_rows(list(page))}
    else:
        filters = RegisterFilters.from_query(request.GET)
        listing = register_page(filters, page_size=PAGE_SIZE)
        context |= {"listing": listing, "q": filters.q, **_around(listing)}
    return render(request, "editorial/organisations.html", context)


@requires(can_edit_register)
@creates_once
def editorial_organisation_add(request: HttpRequest) -> HttpResponse:
    """Add an organisation or a public body; those that look the same are shown first."""
    form = RegisterForm(request.POST or None)
    alike: list[Organisation] = []
    if form.is_valid():
        values = form.values()
        if "sure" not in request.POST:
            code = form.place.code if form.place else ""
            alike = similar_organisations(name=values["name"], number=values["org_number"], municipality=code)
        if not alike:
            with refusals_on(form):
                added = bodies.add_organisation(by=request.user, values=values)
                messages.success(request, _("{name} finns nu i registret.").format(name=added.name))
                return redirect("editorial_organisation", pid=added.public_id)
    context = {"form": form, "alike": shown_rows(alike)}
    return render(request, "editorial/organisation_add.html", context, status=422 if form.is_bound else 200)


@requires(can_edit_register)
def editorial_organisation(request: HttpRequest, pid: str) -> HttpResponse:
    """Mend the facts of an organisation."""
    organisation = _organisation(pid)
    form = RegisterForm(request.POST or None, initial=_facts_of(organisation))
    conflict: list[Any] = []
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            with refusals_on(form):
                facts.change_facts(by=request.user, organisation=organisation, version=version, values=form.values())
                messages.success(request, _("Uppgifterna är sparade."))
                return redirect("editorial_organisation", pid=pid)
        except Conflict as both:
            conflict = conflict_rows(form, both)
            form = RegisterForm({**request.POST.dict(), "version": str(_organisation(pid).version)})
    context = {
        "form": form,
        "conflict": conflict,
        "organisation": shown(organisation, to=request.user),
        "reason": organisation.protected_reason,
    }
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "editorial/organisation.html", context, status=status)


@requires(can_edit_register)
def editorial_organisation_state(request: HttpRequest, pid: str) -> HttpResponse:
    """Active, dormant or withdrawn, with the reason."""
    organisation = _organisation(pid)
    form = StateForm(request.POST or None, initial={"state": organisation.state})
    if form.is_valid():
        with refusals_on(form):
            facts.change_state(by=request.user, organisation=organisation, **form.cleaned_data)
            messages.success(request, _("Läget är ändrat."))
            return redirect("editorial_organisation", pid=pid)
    context = {"form": form, "organisation": shown(organisation, to=request.user)}
    return render(request, "editorial/organisation_state.html", context, status=422 if form.is_bound else 200)


@requires(can_edit_register)
def editorial_organisation_protection(request: HttpRequest, pid: str) -> HttpResponse:
    """Whether it is a skyddad organisation."""
    organisation = _organisation(pid)
    form = ProtectedForm(request.POST or None)
    if form.is_valid():
        change = facts.protect_organisation if form.cleaned_data["protected"] == "yes" else facts.unprotect_organisation
        with refusals_on(form):
            change(by=request.user, organisation=organisation, reason=form.cleaned_data["reason"])
            messages.success(request, _("Skyddet är ändrat."))
            return redirect("editorial_organisation", pid=pid)
    context = {"form": form, "organisation": shown(organisation, to=request.user)}
    return render(request, "editorial/organisation_protection.html", context, status=422 if form.is_bound else 200)


def _around(listing: RegisterPage) -> dict[str, str]:
    """Return the addresses of the page before and after."""
    filters, here = listing.filters, listing.filters.page
    return {
        "previous": f"?{filters.at_page(here - 1).query_string()}" if here > 1 else "",
        "next": f"?{filters.at_page(here + 1).query_string()}" if here < listing.pages else "",
    }


def _organisation(pid: str) -> Organisation:
    rows = Organisation.objects.select_related("municipality", "county", "source")
    found: Organisation | None = rows.filter(public_id=pid).first()
    if found is None:
        raise NotVisible
    return found


def _facts_of(organisation: Organisation) -> dict[str, Any]:
    initial = {name: getattr(organisation, name) for name in RegisterForm.base_fields}
    initial["municipality"] = organisation.municipality.display_name if organisation.municipality else ""
    return {**initial, "county": organisation.county_id or ""}
