"""Questionnaires as analysts see them: which there are, and each tried out as those asked will meet it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible
from samverka.questionnaires.enums import NO, YES, QuestionType
from samverka.questionnaires.models import Version
from samverka.questionnaires.reading import engine_of, published_version
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.questionnaire import FormMaker, faults_of
from samverka.web.components.typed_answers import read_typed
from samverka.web.components.words import language


@requires(can_run_surveys)
def editorial_questionnaires(request: HttpRequest) -> HttpResponse:
    versions = Version.objects.published().select_related("questionnaire").defer("document")
    return render(request, "editorial/questionnaires.html", {"versions": versions.order_by("questionnaire__title")})


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_questionnaire(request: HttpRequest, slug: str) -> HttpResponse:
    """Try it out: the same questions, conditions and checks as for those asked. Nothing is kept."""
    version = published_version(slug)
    if version is None:
        raise NotVisible
    engine, checked = engine_of(version), request.POST.get("do") == "check"
    typed = read_typed(engine.definition, request.POST)
    maker = FormMaker(engine, typed, language=language(), today=timezone.localdate(), checked=checked)
    parts = maker.parts()
    links = faults_of(parts)
    context = {
        "version": version,
        "title": engine.definition.text(engine.definition.title, language()),
        "parts": parts,
        "links": links,
        "is_complete": checked and not links,
        "calculated": _calculated(maker),
    }
    return render(request, "editorial/questionnaire.html", context, status=422 if links else 200)


def _calculated(maker: FormMaker) -> list[tuple[str, Any]]:
    """Return (what it is, value) of what is calculated outside of repeated groups."""
    definition, values = maker.definition, maker.outcome.values
    said: dict[Any, Any] = {YES: _("Ja"), NO: _("Nej"), None: _("Inget svar än"), "": _("Inget svar än")}
    return [
        (definition.text(question.label, language()) or question.code, said.get(value := values[question.code], value))
        for question in definition.questions
        if question.type == QuestionType.CALCULATED and question.code in values
    ]
