"""Starting a collaboration: with those one invites, alone as a preparation, or by putting in what runs already."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samverka.collaborations import actions
from samverka.collaborations.facts import Facts, level_of, place_of
from samverka.collaborations.models import Collaboration
from samverka.kernel.access import requires
from samverka.kernel.idempotency import creates_once
from samverka.organisations.queries import Acting, current_fields
from samverka.organisations.rules import can_start_collaboration
from samverka.processes.reading import SHIPPED, StepView, published_model
from samverka.web.components.refusals import refusals_on
from samverka.web.components.words import names_in_words

from .acting import acting_organisation
from .choosing import BROUGHT, Choosing, as_typed, choosing, names_of
from .forms_facts import MORE, proposed
from .forms_starting import PrepareAloneForm, RecordForm, StartForm
from .pages import units_of

PAGES = "workspace/collaborations"


@requires(can_start_collaboration, load=acting_organisation)
@creates_once
def start(request: HttpRequest, acting: Acting) -> HttpResponse:
    """First whom to invite, then what it is about; more may be invited on the second page."""
    chosen = choosing(request, acting)
    if request.method != "POST" and not chosen.invited:
        return _choose(request, acting, chosen)
    form = StartForm(request.POST if chosen.sends else None, initial=proposed(acting.organisation), **_ours(acting))
    if not chosen.sends and request.method == "POST":
        form.initial = {**form.initial, **as_typed(request, form)}
    if chosen.sends and all([form.is_valid(), chosen.is_valid, _somebody(form, chosen)]):
        with refusals_on(form):
            return _started(request, acting, form, chosen)
    context = {
        **_around(request, acting, form),
        "chosen": chosen,
        "readers": (acting.organisation.name, *names_of(chosen)),
        "names": names_in_words([one.name for one in chosen.invited]),
    }
    return render(request, f"{PAGES}/start.html", context, status=chosen.status)


def _choose(request: HttpRequest, acting: Acting, chosen: Choosing) -> HttpResponse:
    steps = _steps(request)
    kept = [("steg", step.code) for step in steps]
    context = {
        "acting": acting, "chosen": chosen, "heading": _("Starta en samverkan"), "steps": steps, "kept": kept,
    }  # fmt: skip
    return render(request, f"{PAGES}/choose.html", context, status=chosen.status)


def _somebody(form: StartForm, chosen: Choosing) -> bool:
    if not (chosen.invited or chosen.not_added):
        form.add_error(None, _("Välj vem ni vill bjuda in. Är det för tidigt kan ni förbereda ensamma först."))
    return bool(chosen.invited)


def _started(request: HttpRequest, acting: Acting, form: StartForm, chosen: Choosing) -> HttpResponse:
    language = request.LANGUAGE_CODE
    made, _tokens = actions.start_collaboration(
        by=acting,
        facts=form.facts(),
        unit=form.cleaned_data.get("unit"),
        invited=chosen.asked(form.cleaned_data["message"], language),
        chosen_steps=[step.code for step in _steps(request)],
        language=language,
    )
    names = names_in_words([one.name for one in chosen.invited])
    messages.success(request, _("Samverkan är startad och inbjudan är på väg till %(name)s.") % {"name": names})
    return _to(acting, made)


@requires(can_start_collaboration, load=acting_organisation)
@creates_once
def prepare_alone(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Begin alone: the questions that one has chosen come along, and whom to invite is chosen later."""
    initial = proposed(acting.organisation)
    form = PrepareAloneForm(_with(request, initial, acting), initial=initial, **_ours(acting))
    if form.is_valid():
        with refusals_on(form):
            made, _none = actions.start_collaboration(
                by=acting,
                facts=form.facts(),
                unit=form.cleaned_data.get("unit"),
                chosen_steps=[step.code for step in _steps(request)],
                language=request.LANGUAGE_CODE,
            )
            messages.success(request, _("Förberedelsen är sparad. Bara ni läser den tills ni bjuder in någon."))
            return _to(acting, made)
    context = {**_around(request, acting, form), "readers": (_party_name(acting),)}
    return render(request, f"{PAGES}/prepare_alone.html", context, status=422 if form.is_bound else 200)


def _with(request: HttpRequest, initial: dict[str, Any], acting: Acting) -> Any:
    """Return what was posted; what comes from "Förbered själv" lacks what stands filled in beforehand here."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if BROUGHT in data:
        for name, value in initial.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        if acting.units:
            data["unit"] = str(acting.units[0].pk)
    return data


@requires(can_start_collaboration, load=acting_organisation)
@creates_once
def record_collaboration(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Put in what runs already, in a minute (users.md R7)."""
    form = RecordForm(request.POST or None, **_units(acting))
    if form.is_valid():
        with refusals_on(form):
            data = form.cleaned_data
            made = actions.record_collaboration(
                by=acting,
                facts=_recorded_facts(acting, data),
                unit=data.get("unit"),
                names=data["parties"].splitlines(),
                diary_number=data["diary_number"],
                language=request.LANGUAGE_CODE,
            )
            messages.success(request, _("Inlagt. Det räknas nu med bland det som pågår."))
            return redirect("collaboration_about", acting.organisation.public_id, made.public_id)
    context = {"acting": acting, "form": form, "readers": (_party_name(acting),)}
    return render(request, f"{PAGES}/record.html", context, status=422 if form.is_bound else 200)


def _recorded_facts(acting: Acting, data: dict[str, Any]) -> Facts:
    municipality, county = place_of(acting.organisation)
    return Facts(
        title=data["title"],
        forms=(data["form"],),
        municipality=municipality,
        county=county,
        society_level=level_of(acting.organisation),
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        link=data["link"],
    )


def _units(acting: Acting) -> dict[str, Any]:
    return {"units": units_of(acting.organisation, acting), "whole": not acting.units}


def _ours(acting: Acting) -> dict[str, Any]:
    return {"areas": current_fields("mapping"), **_units(acting)}


def _around(request: HttpRequest, acting: Acting, form: Any) -> dict[str, Any]:
    """Return what the page of a start and that of a preparation share; what is optional opens when it has a fault."""
    faulty = any(form.errors.get(name) for name in MORE.split()) if form.is_bound else False
    return {"acting": acting, "form": form, "steps": _steps(request), "more": MORE, "more_open": faulty}


def _steps(request: HttpRequest) -> tuple[StepView, ...]:
    """Return the steps that were chosen in "Förbered själv"; unknown codes are passed over."""
    model = published_model(SHIPPED)
    codes = {*request.GET.getlist("steg"), *request.POST.getlist("steg")}
    return tuple(step for step in model.steps if step.code in codes) if model else ()


def _party_name(acting: Acting) -> str:
    return str(acting.units[0].name if len(acting.units) == 1 else acting.organisation.name)


def _to(acting: Acting, made: Collaboration) -> HttpResponse:
    return redirect("collaboration", acting.organisation.public_id, made.public_id)
