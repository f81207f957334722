"""Our contacts, each with a deputy, and the question "Är det fortfarande du?" (users.md R14)."""

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
from samverka.organisations.actions import contacts
from samverka.organisations.models import Contact
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_edit_parts, is_member
from samverka.organisations.shown import shown
from samverka.web.components.refusals import refusals_on

from .acting import acting_organisation
from .conflicts import conflict_rows
from .forms_organisation import ContactForm, ReasonForm
from .reach import require_part, whole_name, within_reach

EDIT_FACTS = Permission.EDIT_FACTS
PAGES = "workspace/organisation"


@requires(is_member, load=acting_organisation)
def our_contacts(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The persons to turn to, with those that nobody has confirmed for a year marked."""
    rows = within_reach(acting, acting.organisation.contacts.filter(withdrawn_at=None), EDIT_FACTS)
    context = {
        "acting": acting,
        "organisation": shown(acting.organisation, to=request.user),
        "may_edit_parts": can_edit_parts(request.user, acting),
        "within_reach": {contact.public_id for contact in rows},
    }
    return render(request, f"{PAGES}/contacts.html", context)


@requires(can_edit_parts, load=acting_organisation)
@creates_once
def our_contact_add(request: HttpRequest, acting: Acting) -> HttpResponse:
    """One more contact."""
    form = _form(request, acting)
    if form.is_valid():
        with refusals_on(form):
            contacts.add_contact(by=request.user, organisation=acting.organisation, values=_values(form, acting))
            messages.success(request, _("Kontakten är tillagd."))
            return redirect("our_contacts", org=acting.organisation.public_id)
    context = {"acting": acting, "form": form, "contact": None, "conflict": []}
    return render(request, f"{PAGES}/contact.html", context, status=422 if form.is_bound else 200)


@requires(can_edit_parts, load=acting_organisation)
def our_contact(request: HttpRequest, acting: Acting, contact: str) -> HttpResponse:
    """Change a contact."""
    found = _contact(acting, contact)
    require_part(acting, found.unit)
    form = _form(request, acting, found)
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                contacts.change_contact(
                    by=request.user,
                    contact=found,
                    version=form.cleaned_data["version"] or 0,
                    values=_values(form, acting),
                )
                messages.success(request, _("Kontakten är sparad."))
                return redirect("our_contacts", org=acting.organisation.public_id)
        except Conflict as both:
            conflict = conflict_rows(form, both)
            current = Contact.objects.get(pk=found.pk)
            form = _form(request, acting, found, version=current.version)
    context = {"acting": acting, "form": form, "contact": found, "conflict": conflict}
    return render(request, f"{PAGES}/contact.html", context, status=409 if conflict else 422 if form.is_bound else 200)


@requires(can_edit_parts, load=acting_organisation)
@require_POST
def our_contact_confirm(request: HttpRequest, acting: Acting, contact: str) -> HttpResponse:
    """Note that it is still this person."""
    found = _contact(acting, contact)
    contacts.confirm_contact(by=request.user, contact=found)
    messages.success(request, _("{name} är bekräftad i dag.").format(name=found.name))
    return redirect("our_contacts", org=acting.organisation.public_id)


@requires(can_edit_parts, load=acting_organisation)
def our_contact_withdraw(request: HttpRequest, acting: Acting, contact: str) -> HttpResponse:
    """Take a contact away, with the reason."""
    found = _contact(acting, contact)
    require_part(acting, found.unit)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            contacts.withdraw_contact(by=request.user, contact=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("Kontakten är borttagen."))
            return redirect("our_contacts", org=acting.organisation.public_id)
    context = {"acting": acting, "form": form, "what": found.name, "back": "our_contacts"}
    return render(request, f"{PAGES}/withdraw.html", context, status=422 if form.is_bound else 200)


def _form(
    request: HttpRequest, acting: Acting, contact: Contact | None = None, version: int | None = None
) -> ContactForm:
    """Return the form for a contact, with our units and the other contacts to choose a deputy among."""
    organisation = acting.organisation
    data = request.POST.dict() if request.method == "POST" else None
    if data is not None and version is not None:
        data["version"] = str(version)
    others = organisation.contacts.filter(withdrawn_at=None)
    if contact is not None:
        others = others.exclude(pk=contact.pk)
    return ContactForm(
        data,
        units=within_reach(acting, organisation.units.current(), EDIT_FACTS, of="pk"),
        others=others,
        whole=whole_name(acting, EDIT_FACTS),
        may_be_public=not organisation.protected,
        initial=_initial(contact) if contact else None,
    )


def _contact(acting: Acting, public_id: str) -> Contact:
    found: Contact | None = (
        acting.organisation.contacts.filter(public_id=public_id, withdrawn_at=None)
        .select_related("unit", "deputy")
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def _values(form: ContactForm, acting: Acting) -> dict[str, Any]:
    values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    if "unit" in values:
        values["unit"] = acting.organisation.units.filter(public_id=values["unit"]).first()
    values["deputy"] = acting.organisation.contacts.filter(public_id=values["deputy"]).first()
    return values


def _initial(contact: Contact) -> dict[str, Any]:
    initial = {name: getattr(contact, name) for name in ContactForm.base_fields}
    initial["unit"] = contact.unit.public_id if contact.unit else ""
    initial["deputy"] = contact.deputy.public_id if contact.deputy else ""
    return initial
