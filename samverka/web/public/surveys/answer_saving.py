"""What the page's script asks for: one answer saved as it is given, and who else is there."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible, Refused
from samverka.questionnaires.definition import Definition
from samverka.questionnaires.reading import definition_of
from samverka.surveys.actions import Change, Saved, note_presence, save_answers
from samverka.surveys.blocks import block_with
from samverka.surveys.kept import fault_in
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.words import clock, language

from .answer_block import block_of
from .answer_form import Sent, sent
from .answer_merging import clashes
from .respondent import Link, open_form, open_passed


@public
@require_POST
def survey_answer(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """Save an answer, by the link to the whole form."""
    return _answer(request, open_form(request, key, to_save=True), block)


@public
@require_POST
def survey_passed_answer(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """Save an answer, by the link to some blocks."""
    return _answer(request, open_passed(request, key, to_save=True), block)


def _answer(request: HttpRequest, link: Link, code: str) -> HttpResponse:
    block = block_of(link, code)
    definition = definition_of(link.holder.asked.round.version)
    found = sent(definition, block, request.POST)
    if not link.holder.name:
        return JsonResponse({"message": _("Ladda om sidan och skriv ditt namn, så sparas svaren.")}, status=400)
    if any(one.mentions_number for one in found) and not request.POST.get("keep_numbers"):
        return JsonResponse({"message": _number_words()}, status=422)
    try:
        done = save_answers(by=link.holder, changes=[Change(one.place, one.base, one.value) for one in found])
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=400)
    overtaken = [saved for saved in done if saved.theirs is not None]
    if overtaken:
        return JsonResponse(_two_texts(definition, found, overtaken), status=409)
    return JsonResponse(_told(definition, found, done))


def _number_words() -> str:
    return _(
        "Inte sparat: texten verkar innehålla ett personnummer. "
        "Ta bort det, eller tryck på Spara längst ned om det ska stå kvar."
    )


def _told(definition: Definition, found: list[Sent], done: list[Saved]) -> dict[str, Any]:
    pairs = list(zip(found, done, strict=True))
    faults = {one.name: fault_in(definition, one.question, saved.change.value) for one, saved in pairs}
    return {
        "saved": _("Sparat %(clock)s") % {"clock": clock(timezone.now())},
        "versions": {one.name: saved.version for one, saved in pairs},
        "faults": {name: fault for name, fault in faults.items() if fault},
    }


def _two_texts(definition: Definition, found: list[Sent], overtaken: list[Saved]) -> dict[str, Any]:
    words = AnswerWords(definition, language())
    told = [clash.told(words) for clash in clashes(found, overtaken)]
    html = render_to_string("public/surveys/_clashes.html", {"clashes": told})
    return {"names": [clash["name"] for clash in told], "html": html}


@public
@require_POST
def survey_presence(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """Note who is there, by the link to the whole form."""
    return _presence(request, open_form(request, key, to_save=True), block)


@public
@require_POST
def survey_passed_presence(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """Note who is there, by the link to some blocks."""
    return _presence(request, open_passed(request, key, to_save=True), block)


def _presence(request: HttpRequest, link: Link, code: str) -> HttpResponse:
    block_of(link, code)
    if not link.window:
        raise NotVisible
    definition = definition_of(link.holder.asked.round.version)
    words = AnswerWords(definition, language())
    there = [
        (other.name or _("Någon"), words.text(block.label), other.block == code)
        for other in note_presence(by=link.holder, key=link.window, block=code)
        if (block := block_with(definition, other.block))
    ]
    return render(request, "public/surveys/_present.html", {"there": there})
