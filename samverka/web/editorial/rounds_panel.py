"""Who is asked in a round: put in by kind and place, one by one, by units, by lot or from a file; mended; taken out."""

import secrets
import tempfile
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.kernel.files import CSV, TXT, XLSX, remove_stored, store_upload, text_in
from samverka.kernel.idempotency import creates_once
from samverka.organisations.models import Organisation
from samverka.surveys.actions import panel
from samverka.surveys.actions.panel_reading import read_panel
from samverka.surveys.enums import AskedState, RoundSide
from samverka.surveys.models import Asked, Round
from samverka.surveys.panel_files import FORMATS, export
from samverka.surveys.queries.board import BoardFilters, board, listed
from samverka.surveys.queries.candidates import Choice, chosen_bodies, like, may_be_asked
from samverka.surveys.rules import can_run_surveys
from samverka.surveys.shown import shown_email, shown_phone
from samverka.web.components.refusals import refusals_on
from samverka.web.components.uploads import takes_files

from .forms_rounds import AddressForm, BodiesForm, PanelFileForm, SampleForm
from .rounds import round_called

PAGE_SIZE = 50
MOST_BYTES = 5 * 1024 * 1024


@requires(can_run_surveys)
def editorial_panel(request: HttpRequest, slug: str) -> HttpResponse:
    """The panel: searched, those without an address first where there are any."""
    found = round_called(slug)
    filters = BoardFilters.from_query(request.GET)
    rows = listed(found, filters)
    without = rows.filter(email="").exclude(state=AskedState.DECLINED)
    only = "utan" in request.GET
    page = Paginator(without if only else rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {
        "round": found,
        "counts": board(found).total,
        "filters": filters,
        "only": only,
        "without": without.count(),
        "page": page,
        "rows": [(one, shown_email(one), shown_phone(one)) for one in page],
    }
    return render(request, "editorial/rounds_panel.html", context)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_panel_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put bodies in by kind, county and class; single ones by search."""
    found = round_called(slug)
    form = BodiesForm(request.POST or None, side=found.side)
    q = request.GET.get("q", "").strip()[:200]
    if form.is_valid():
        chosen = chosen_bodies(found, _choice(form))
        with refusals_on(form):
            added = panel.add_to_panel(
                by=request.user, slug=slug, members=[panel.Member(organisation.pk) for organisation in chosen]
            )
            messages.success(request, _said(added))
            return redirect("editorial_panel", slug)
    asked = set(Asked.objects.filter(round=found, unit=None).values_list("organisation_id", flat=True)) if q else set()
    context = {
        "round": found,
        "form": form,
        "q": q,
        "hits": [(organisation, organisation.pk in asked) for organisation in like(found, q)],
        "civil": found.side == RoundSide.CIVIL,
    }
    return render(request, "editorial/rounds_panel_add.html", context, status=422 if form.is_bound else 200)


def _choice(form: BodiesForm) -> Choice:
    said = form.cleaned_data
    return Choice(tuple(said["kinds"]), tuple(said["counties"]), tuple(said.get("classes", ())))


def _said(added: int) -> str:
    if not added:
        return _("Ingen ny: alla fanns redan i panelen.")
    return ngettext("%(n)s är tillagd i panelen.", "%(n)s är tillagda i panelen.", added) % {"n": added}


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_panel_organisation(request: HttpRequest, slug: str, organisation: str) -> HttpResponse:
    """Put one organisation in, or some of its units."""
    found, body = round_called(slug), _organisation(slug, organisation)
    if request.method == "POST":
        added = 0
        if request.POST.get("whole"):
            added += panel.add_to_panel(by=request.user, slug=slug, members=[panel.Member(body.pk)])
        units = body.units.filter(public_id__in=request.POST.getlist("unit")).values_list("public_id", flat=True)
        added += panel.add_units(by=request.user, slug=slug, units=units)
        messages.success(request, _said(added))
        return redirect("editorial_panel", slug)
    there = set(Asked.objects.filter(round=found, organisation=body).values_list("unit_id", flat=True))
    parts = [(unit, unit.pk in there) for unit in body.units.current()]
    context = {"round": found, "organisation": body, "units": parts, "whole": None in there}
    return render(request, "editorial/rounds_panel_organisation.html", context)


def _organisation(slug: str, public_id: str) -> Organisation:
    body: Organisation | None = may_be_asked(round_called(slug)).filter(public_id=public_id).first()
    if body is None:
        raise NotVisible
    return body


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_panel_sample(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw a random sample from the register."""
    found = round_called(slug)
    form = SampleForm(request.POST or None, initial={"seed": secrets.randbelow(2**31), "stratified_by": ""})
    if form.is_valid():
        with refusals_on(form):
            sample = panel.add_sample(by=request.user, slug=slug, **form.cleaned_data)
            messages.success(request, _said(sample.size))
            return redirect("editorial_round", slug)
    there = may_be_asked(found).count()
    context = {"round": found, "form": form, "there": there, "samples": found.samples.all()}
    return render(request, "editorial/rounds_panel_sample.html", context, status=422 if form.is_bound else 200)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_panel_mend(request: HttpRequest, slug: str) -> HttpResponse:
    """Those without an address, each with a form in its row."""
    found = round_called(slug)
    rows = listed(found, BoardFilters()).filter(email="").exclude(state=AskedState.DECLINED)
    form = AddressForm(request.POST or None, prefix=request.POST.get("asked"))
    if form.is_valid():
        with refusals_on(form):
            panel.change_address(by=request.user, asked_id=_in_round(found, request), **form.cleaned_data)
            messages.success(request, _("Adressen är sparad."))
            return redirect("editorial_panel_mend", slug)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {"round": found, "page": page, "rows": [(one, _form_of(one, form)) for one in page]}
    return render(request, "editorial/rounds_panel_mend.html", context, status=422 if form.is_bound else 200)


def _form_of(one: Asked, sent: AddressForm) -> AddressForm:
    """Return the form of a row: as it was sent when it is the one, else with what stands."""
    if sent.is_bound and sent.prefix == one.public_id:
        return sent
    stands = {"phone": shown_phone(one), "language": one.language, "version": one.row_version}
    form = AddressForm(initial=stands, prefix=one.public_id)
    # What it says of the field stands above all the rows.
    form.fields["email"].help_text = ""
    return form


def _in_round(found: Round, request: HttpRequest) -> str:
    """Return the public id of whom the form is about, who is asked in this round. Raises NotVisible."""
    asked = Asked.objects.filter(round=found, public_id=request.POST.get("asked", "")[:16]).first()
    if asked is None:
        raise NotVisible
    return str(asked.public_id)


@requires(can_run_surveys)
@takes_files(MOST_BYTES, rule=can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_panel_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Read the panel from a file; what came of each row is told on the page."""
    found, told = round_called(slug), None
    form = PanelFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals_on(form):
            told = read_panel(by=request.user, slug=slug, text=_text_of(request, form.cleaned_data["file"]))
    context = {"round": found, "form": form, "told": told}
    status = 422 if form.is_bound and told is None else 200
    return render(request, "editorial/rounds_panel_file.html", context, status=status)


def _text_of(request: HttpRequest, upload: Any) -> str:
    """Return the sheet as text. The file is opened in a process of its own, and is not kept."""
    stored = store_upload(
        upload, by=request.user, owner_kind="survey_panel", owner_id=str(request.user.pk), allowed=(CSV, XLSX, TXT)
    )
    try:
        return text_in(stored)
    finally:
        remove_stored(stored)


@requires(can_run_surveys)
def editorial_panel_export(request: HttpRequest, slug: str, kind: str, format: str) -> FileResponse:
    """The panel, the board's list or the call list as a file: the whole selection."""
    if format not in FORMATS or kind not in {"panel", "svar", "ringlista"}:
        raise Http404
    found, filters = round_called(slug), BoardFilters.from_query(request.GET)
    rows = listed(found, filters).select_related("round__version", "organisation__county")
    if kind == "ringlista":
        rows = rows.silent()
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    export(found, rows, kind=kind, format=format, file=file)
    file.seek(0)
    name = f"{found.slug}-{kind}.{format}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[format])


@requires(can_run_surveys)
@require_POST
def editorial_panel_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take out one who is not invited yet."""
    found = round_called(slug)
    panel.remove_from_panel(by=request.user, asked_id=_in_round(found, request))
    messages.success(request, _("Borttagen ur panelen."))
    return redirect("editorial_panel", slug)
