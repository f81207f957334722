"""Our organisation: what it is, and changing it. Two people who change the same thing both see both texts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.knowledge.rules import can_speak_for
from samverka.newsletters.rules import can_read_records, can_send_dispatches
from samverka.newsletters.rules_sending import can_route
from samverka.organisations.actions import facts, offers
from samverka.organisations.actions.corrections import answer_correction
from samverka.organisations.briefly import fetch_rest
from samverka.organisations.models import ActivityField, Organisation
from samverka.organisations.queries import Acting, corrections_waiting, current_fields
from samverka.organisations.rules import can_edit_facts, can_edit_parts, can_manage_members, can_read_log, is_member
from samverka.organisations.shown import shown
from samverka.web.components.refusals import refusals_on

from .acting import acting_organisation
from .conflicts import conflict_rows, differing
from .forms_organisation import AnswerForm, FactsForm, FieldsForm, OfferForm, ProtectedForm

PAGES = "workspace/organisation"


@requires(is_member, load=acting_organisation)
def our_organisation(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What stands about us, and the ways to change it."""
    context = {
        "acting": acting,
        "organisation": shown(acting.organisation, to=request.user),
        "may_edit": can_edit_facts(request.user, acting),
        "may_edit_parts": can_edit_parts(request.user, acting),
        "may_speak": can_speak_for(request.user, acting),
        "may_manage": can_manage_members(request.user, acting),
        "may_read_log": can_read_log(request.user, acting),
        "may_see_issues": can_read_records(request.user, acting),
        "may_route": can_route(request.user, acting),
        "may_write_letters": can_send_dispatches(request.user, acting),
        "corrections": corrections_waiting(request.user).filter(organisation=acting.organisation).count(),
    }
    return render(request, f"{PAGES}/overview.html", context)


@requires(can_edit_facts, load=acting_organisation)
def our_facts(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The facts on one page."""
    organisation = acting.organisation
    body = organisation.is_public_body
    form = FactsForm(request.POST or None, initial=_facts_of(organisation), public_body=body)
    conflict: list[Any] = []
    if form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            with refusals_on(form):
                facts.change_facts(by=request.user, organisation=organisation, version=version, values=values)
                messages.success(request, _("Uppgifterna är sparade."))
                return redirect("our_organisation", org=organisation.public_id)
        except Conflict as both:
            current = Organisation.objects.get(pk=organisation.pk)
            conflict = conflict_rows(form, both)
            form = FactsForm({**request.POST.dict(), "version": str(current.version)}, public_body=body)
    context = {"acting": acting, "form": form, "conflict": conflict}
    return render(request, f"{PAGES}/facts.html", context, status=_status(form, conflict))


@requires(can_edit_facts, load=acting_organisation)
def our_fields(request: HttpRequest, acting: Acting) -> HttpResponse:
    """In which fields we work."""
    organisation = acting.organisation
    fields: list[ActivityField] = list(current_fields())
    held = set(organisation.fields.values_list("pk", flat=True))
    initial = {**_ticked(fields, held), "version": organisation.version}
    form = FieldsForm(request.POST or None, fields=fields, initial=initial)
    conflict: list[Any] = []
    if form.is_valid():
        values = {"fields": form.chosen(fields)}
        version = form.cleaned_data["version"]
        try:
            with refusals_on(form):
                facts.change_facts(by=request.user, organisation=organisation, version=version, values=values)
                messages.success(request, _("Era verksamhetsområden är sparade."))
                return redirect("our_organisation", org=organisation.public_id)
        except Conflict as both:
            conflict = [differing(_("Verksamhet"), both, "fields")]
            again = request.POST.copy()
            again["version"] = str(both.details["version"])
            form = FieldsForm(again, fields=fields)
    context = {"acting": acting, "form": form, "conflict": conflict}
    return render(request, f"{PAGES}/fields.html", context, status=_status(form, conflict))


@requires(can_edit_facts, load=acting_organisation)
@creates_once
def our_offers(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What we can and what we need: the list, and one more."""
    organisation = acting.organisation
    form = OfferForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            offers.add_offer(
                by=request.user, organisation=organisation, language=request.LANGUAGE_CODE, **form.cleaned_data
            )
            messages.success(request, _("Tillagt. Det syns nu på er öppna sida."))
            return redirect("our_offers", org=organisation.public_id)
    context = {"acting": acting, "form": form, "organisation": shown(organisation, to=request.user)}
    return render(request, f"{PAGES}/offers.html", context, status=_status(form))


@requires(can_edit_facts, load=acting_organisation)
@require_POST
def our_offer_withdraw(request: HttpRequest, acting: Acting, offer: str) -> HttpResponse:
    """Take an offer or a need away."""
    found = acting.organisation.offers.filter(public_id=offer, withdrawn_at=None).first()
    if found is None:
        raise NotVisible
    offers.withdraw_offer(by=request.user, offer=found)
    messages.success(request, _("Borttaget."))
    return redirect("our_offers", org=acting.organisation.public_id)


@requires(can_edit_facts, load=acting_organisation)
def our_protection(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Whether we are a skyddad organisation (users.md R10)."""
    organisation = acting.organisation
    form = ProtectedForm(request.POST or None)
    if form.is_valid():
        change = facts.protect_organisation if form.cleaned_data["protected"] == "yes" else facts.unprotect_organisation
        with refusals_on(form):
            changed = change(by=request.user, organisation=organisation, reason=form.cleaned_data["reason"])
            said = _("Organisationen är nu skyddad.") if changed.protected else _("Organisationen visas nu som andra.")
            messages.success(request, said)
            return redirect("our_organisation", org=organisation.public_id)
    context = {"acting": acting, "form": form, "organisation": shown(organisation, to=request.user)}
    return render(request, f"{PAGES}/protection.html", context, status=_status(form))


@requires(can_edit_facts, load=acting_organisation)
def our_corrections(request: HttpRequest, acting: Acting) -> HttpResponse:
    """What visitors say is wrong about us."""
    waiting = corrections_waiting(request.user).filter(organisation=acting.organisation).order_by("id")
    return render(request, f"{PAGES}/corrections.html", {"acting": acting, "corrections": waiting})


@requires(can_edit_facts, load=acting_organisation)
def our_correction(request: HttpRequest, acting: Acting, correction: str) -> HttpResponse:
    """Answer one and close it."""
    found = corrections_waiting(request.user).filter(organisation=acting.organisation, public_id=correction).first()
    if found is None:
        raise NotVisible
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            answer_correction(by=request.user, correction=found, answer=form.cleaned_data["answer"])
            messages.success(request, _("Svaret är sparat."))
            return redirect("our_corrections", org=acting.organisation.public_id)
    context = {"acting": acting, "form": form, "correction": found}
    return render(request, f"{PAGES}/correction.html", context, status=_status(form))


def _facts_of(organisation: Organisation) -> dict[str, Any]:
    fetch_rest(organisation)
    return {name: getattr(organisation, name) for name in FactsForm.base_fields}


def _ticked(fields: list[ActivityField], held: set[int]) -> dict[str, list[str]]:
    ticked: dict[str, list[str]] = {}
    for field in fields:
        if field.pk in held:
            ticked.setdefault(field.scheme, []).append(str(field.pk))
    return ticked


def _status(form: Any, conflict: Any = None) -> int:
    return 409 if conflict else 422 if form.is_bound else 200
