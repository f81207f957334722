"""The register: its list, its pages, its files, and adding what it lacks."""

import tempfile
from datetime import timedelta

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from samverka.collaborations.queries import count_active_of, may_invite
from samverka.kernel.access import public, signed_in
from samverka.kernel.idempotency import creates_once
from samverka.kernel.ratelimit import allow
from samverka.newsletters.rules_sending import bodies_that_write
from samverka.organisations.actions import bodies
from samverka.organisations.exports import FORMATS, export_register
from samverka.organisations.models import Organisation
from samverka.organisations.queries import similar_organisations
from samverka.organisations.register import RegisterFilters, register_page
from samverka.organisations.shown import shown, shown_rows
from samverka.web.client import client_address
from samverka.web.components.refusals import refusals_on
from samverka.web.errand import end_errand
from samverka.web.found import visible_organisation

from .forms_register import MissingOrganisationForm
from .register_list import register_list

#: A file of the whole register takes seconds to make; a whole office may come from one address.
MOST_FILES, FILES_WITHIN = 20, timedelta(minutes=10)


@public
def organisations(request: HttpRequest) -> HttpResponse:
    """The list: search, filters, counts; htmx gets only what changes."""
    listing = register_list(register_page(RegisterFilters.from_query(request.GET)))
    htmx = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    template = "public/organisations_list.html" if htmx else "public/organisations.html"
    context = {"listing": listing, "page": listing.page, "filters": listing.page.filters,
               "writers": bodies_that_write(request.user)}  # fmt: skip
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@public
def organisations_export(request: HttpRequest, format: str) -> FileResponse:
    """The whole selection as a file, not only the page one sees; how often is limited by address."""
    if format not in FORMATS:
        raise Http404
    allow(f"export:{client_address(request)}", most=MOST_FILES, within=FILES_WITHIN)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    export_register(RegisterFilters.from_query(request.GET), format=format, file=file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"organisationer.{format}", content_type=FORMATS[format])


@public
def organisation(request: HttpRequest, pid: str, name: str = "") -> HttpResponse:
    """An organisation's page. A wrong or old name in the address leads to the right one."""
    found = visible_organisation(request.user, pid)
    facts = shown(found, to=request.user)
    if facts.path != f"{pid}-{name}":
        return HttpResponsePermanentRedirect(organisation_url(facts.path))
    inviters = may_invite(request.user, found) if request.user.is_authenticated else []
    context = {"organisation": facts, "active": count_active_of(found), "inviters": inviters}
    return render(request, "public/organisation.html", context)


@signed_in
@creates_once
def organisation_add(request: HttpRequest) -> HttpResponse:
    """Add an organisation that the register lacks; those that look the same are shown first."""
    form = MissingOrganisationForm(request.POST or None, initial={"name": request.GET.get("namn", "")})
    alike: list[Organisation] = []
    if form.is_valid():
        values = form.values()
        if "sure" not in request.POST:
            alike = similar_organisations(
                name=values["name"], number=values["org_number"], municipality=form.municipality_code
            )
        if not alike:
            with refusals_on(form):
                added = bodies.add_organisation(
                    by=request.user, values=values, person_role=form.cleaned_data["person_role"]
                )
                messages.success(request, _("{name} finns nu i registret.").format(name=added.name))
                return redirect(end_errand(request) or reverse("our_organisation", args=[added.public_id]))
    context = {"form": form, "alike": shown_rows(alike)}
    return render(request, "public/organisation_add.html", context, status=422 if form.is_bound else 200)


def organisation_url(path: str) -> str:
    """Return the address of the organisation whose `path` is "<public id>-<name>"."""
    return f"{reverse('organisations')}{path}/"
