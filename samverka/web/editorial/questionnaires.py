"""Questionnaires as analysts see them: which there are, and each tried out as those asked will meet it."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible, Refused
from samverka.questionnaires.actions import start_draft
from samverka.questionnaires.checking import faults
from samverka.questionnaires.definition import Definition
from samverka.questionnaires.engine import Engine
from samverka.questionnaires.enums import NO, YES, QuestionType
from samverka.questionnaires.models import Questionnaire, Version
from samverka.questionnaires.reading import definition_of, engine_of, published_version
from samverka.questionnaires.xlsform import write_workbook
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.questionnaire import FormMaker, faults_of
from samverka.web.components.typed_answers import read_typed
from samverka.web.components.words import language

from .questionnaire_fields import language_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(can_run_surveys)
def editorial_questionnaires(request: HttpRequest) -> HttpResponse:
    found = Questionnaire.objects.order_by("title", "slug")
    versions: dict[int, dict[str, Version]] = {}
    for version in Version.objects.defer("document"):
        versions.setdefault(version.questionnaire_id, {})[version.state] = version
    rows = [(one, versions.get(one.pk, {}).get("published"), versions.get(one.pk, {}).get("draft")) for one in found]
    return render(request, "editorial/questionnaires.html", {"rows": rows})


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_questionnaire(request: HttpRequest, slug: str) -> HttpResponse:
    """Try out the version that applies. Nothing is kept."""
    version = published_version(slug)
    if version is None:
        raise NotVisible
    return try_out(request, version, engine_of(version))


def try_out(request: HttpRequest, version: Version, engine: Engine) -> HttpResponse:
    """Show the same questions, conditions and checks as to those asked, in the language of `?sprak=`."""
    definition, checked = engine.definition, request.POST.get("do") == "check"
    spoken = _spoken(request, definition)
    typed = read_typed(definition, request.POST)
    maker = FormMaker(engine, typed, language=spoken, today=timezone.localdate(), checked=checked)
    maker.find = request.POST.get("do", "").partition("find:")[2]
    # "Ja", "Nej" and "ca fyra minuter" in the language of the questions, where the product speaks it.
    with translation.override(spoken if spoken in dict(settings.LANGUAGES) else language()):
        parts = maker.parts()
    links = faults_of(parts)
    context = {
        "version": version,
        "is_draft": version.state == "draft",
        "title": definition.text(definition.title, spoken),
        "spoken": spoken,
        "languages": [(one.code, language_name(one.code)) for one in definition.languages],
        "parts": parts,
        "links": links,
        "is_complete": checked and not links,
        "calculated": _calculated(maker, spoken),
    }
    return render(request, "editorial/questionnaire.html", context, status=422 if links else 200)


@requires(can_run_surveys)
def editorial_questionnaire_export(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a version out as an XLSForm workbook; a draft only when it has no faults."""
    version = Version.objects.filter(questionnaire__slug=slug, number=number).first()
    if version is None:
        raise NotVisible
    definition = definition_of(version)
    if faults(definition):
        raise Refused(_("Utkastet har fel som behöver rättas först. De står på utkastets sida."))
    file = BytesIO()
    write_workbook(definition, file)
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.xlsx"'
    return response


@requires(can_run_surveys)
@require_POST
def editorial_draft_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a draft of the version that applies."""
    version = published_version(slug)
    if version is None:
        raise NotVisible
    start_draft(by=request.user, slug=slug, definition=definition_of(version), based_on=version)
    messages.success(request, _("Utkastet är klart att ändra. Den version som gäller är orörd tills du publicerar."))
    return redirect("editorial_draft", slug=slug)


def _spoken(request: HttpRequest, definition: Definition) -> str:
    """Return the language that is asked for, or else the reader's own, if the questionnaire has it."""
    codes = [found.code for found in definition.languages]
    return next((code for code in (request.GET.get("sprak", ""), language()) if code in codes), definition.language)


def _calculated(maker: FormMaker, spoken: str) -> list[tuple[str, Any]]:
    """Return (what it is, value) of what is calculated outside of repeated groups."""
    definition, values = maker.definition, maker.outcome.values
    said: dict[Any, Any] = {YES: _("Ja"), NO: _("Nej"), None: _("Inget svar än"), "": _("Inget svar än")}
    return [
        (definition.text(question.label, spoken) or question.code, said.get(value := values[question.code], value))
        for question in definition.questions
        if question.type == QuestionType.CALCULATED and question.code in values
    ]
