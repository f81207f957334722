"""The terms for public bodies: read them, see who has accepted, accept, or ask somebody who may (users.md R8)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samverka.kernel.access import requires
from samverka.kernel.errors import NotAllowed, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.organisations.acceptances import acceptance_of, may_accept_names
from samverka.organisations.actions.terms import accept_terms, ask_for_terms
from samverka.organisations.models import TermsAcceptance, Unit
from samverka.organisations.queries import Acting, office_address
from samverka.organisations.rules import is_member
from samverka.organisations.terms import Terms, current_terms, terms_version
from samverka.web.account.adapter import is_safe_path
from samverka.web.legal_papers import Accepted, pdf_answer, terms_on_paper

from .acting import acting_organisation
from .forms_terms import AcceptTermsForm
from .terms_places import Place, places_of, wanted_places

UNIT, ONWARD = "enhet", "vidare"


def terms_address(acting: Acting, unit: Unit | None = None, onward: str = "") -> str:
    """Return the address of the page where the terms are accepted for `unit` (None: the whole body), which goes on to
    the path `onward` afterwards.
    """
    asked = {UNIT: unit.public_id if unit else "", ONWARD: onward}
    query = urlencode({name: value for name, value in asked.items() if value})
    page = reverse("our_terms", args=[acting.organisation.public_id])
    return f"{page}?{query}" if query else page


@requires(is_member, load=acting_organisation)
@creates_once
def our_terms(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The terms, who has accepted them, and the form to accept them with."""
    terms = current_terms() if acting.organisation.is_public_body else None
    places = places_of(acting, terms) if terms else []
    form = _form(request, terms, places)
    if form is not None and form.is_valid():
        return _accept(request, acting, form)
    wanted = wanted_places(acting, places, request.GET.get(UNIT, ""))
    context = {
        "acting": acting,
        "terms": terms,
        "places": places,
        "form": form,
        "to_ask": [(place, may_accept_names(acting.organisation, place.unit)) for place in wanted if _must_ask(place)],
        "done": bool(wanted) and all(place.acceptance for place in wanted),
        "onward": _onward(request),
        "has_office": bool(office_address(acting.organisation)),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "workspace/organisation/terms.html", context, status=status)


@requires(is_member, load=acting_organisation)
@require_POST
@creates_once
def our_terms_ask(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Mail those who may accept the terms."""
    terms = current_terms()
    places = places_of(acting, terms) if terms and acting.organisation.is_public_body else []
    unit = next((place.unit for place in places if place.key == request.POST.get("unit")), None)
    ask_for_terms(by=acting, unit=unit)
    messages.success(request, _("Frågan är skickad. Ni kan skriva vidare för er själva så länge."))
    return HttpResponseRedirect(terms_address(acting, unit, _onward(request)))


@requires(is_member, load=acting_organisation)
@require_safe
def our_terms_pdf(request: HttpRequest, acting: Acting, acceptance: str) -> HttpResponse:
    """The version that was accepted, with who accepted it and when."""
    found: TermsAcceptance | None = acceptance_of(acting.organisation, acceptance)
    terms = terms_version(found.version, provider=found.provider) if found else None
    if found is None or terms is None:
        raise NotVisible
    return pdf_answer(terms_on_paper(terms, Accepted.of(found)), _("villkor-{number}").format(number=found.version))


def _form(request: HttpRequest, terms: Terms | None, places: list[Place]) -> AcceptTermsForm | None:
    """Return the form, None where there is nothing to accept for this person."""
    within = [place for place in places if place.may_accept]
    posted = request.method == "POST"
    if posted and not within:
        raise NotAllowed
    # What somebody else has accepted meanwhile may still be posted: the answer is then that it is done.
    offered = [place for place in within if place.acceptance is None or place.key == request.POST.get("unit")]
    if terms is None or not offered:
        return None
    return AcceptTermsForm(request.POST if posted else None, terms=terms, places=offered)


def _accept(request: HttpRequest, acting: Acting, form: AcceptTermsForm) -> HttpResponse:
    version, role = form.cleaned_data["version"], form.cleaned_data["role"]
    accepted = accept_terms(by=acting, unit=form.chosen_unit, version=version, role=role)
    said = _("Villkoren är godkända för {party}.")
    if accepted.accepted_by_id != acting.user.pk:
        said = _("Villkoren var redan godkända för {party}, av {name}.")
    messages.success(request, said.format(party=accepted.party, name=accepted.accepted_name))
    return HttpResponseRedirect(_onward(request) or terms_address(acting))


def _must_ask(place: Place) -> bool:
    return place.acceptance is None and not place.may_accept


def _onward(request: HttpRequest) -> str:
    asked: Any = request.POST.get(ONWARD) or request.GET.get(ONWARD) or ""
    return asked if is_safe_path(asked) else ""
