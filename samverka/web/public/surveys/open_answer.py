"""Answering by an open link: no account, no name, nothing kept until it is sent, and then nothing of who or when.

All pages stand at one address, since the server has no draft that an address could name: each is the answer to the
form that was sent. The view knows no user, and what it answers leaves no line in the log.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.logs import unlogged
from samverka.kernel.pace import keep_pace
from samverka.kernel.ratelimit import TooMany
from samverka.questionnaires.engine import INVALID, REQUIRED
from samverka.questionnaires.reading import definition_of
from samverka.surveys.actions.anonymous import send_anonymously
from samverka.surveys.blocks import Block, blocks_of
from samverka.surveys.enums import RoundState
from samverka.surveys.models import Round
from samverka.surveys.sheet import to_document
from samverka.web.components.answer_words import AnswerWords, ToldPart
from samverka.web.components.words import language

from .answer_start import about_round, lines
from .drivers import drivers_of
from .open_form import TRAP, OpenForm, is_ours, is_too_fast, names_on, new_key, open_form_of

#: So many a minute, of all together, in each process.
MOST_A_MINUTE = 120


@public
@unlogged
@require_http_methods(["GET", "HEAD", "POST"])
def survey_open(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a round that everybody answers by the same link."""
    request.user = AnonymousUser()
    found = _open_round(slug)
    if request.method != "POST":
        return _start(request, found)
    if found.state != RoundState.OPEN:
        return _start(request, found, status=409)
    form, do = open_form_of(found, request.POST), request.POST.get("do", "")
    return _send(request, found, form) if do == "send" else _onwards(request, found, form, do)


def _open_round(slug: str) -> Round:
    rows = Round.objects.select_related("version").defer("version__document")
    found: Round | None = rows.filter(slug=slug).first()
    if found is None or not found.is_anonymous:
        raise NotVisible
    return found


def _start(request: HttpRequest, found: Round, *, status: int = 200) -> HttpResponse:
    definition = definition_of(found.version)
    words, blocks = AnswerWords(definition, language()), blocks_of(definition)
    context = {
        "round": found, "title": words.text(definition.title), "about": about_round(found), "key": new_key(),
        "at_hand": lines(found.at_hand), "minutes": sum(block.minutes or 0 for block in blocks),
        "blocks": [(words.text(block.label), block.minutes) for block in blocks], "sent": request.method == "POST",
    }  # fmt: skip
    return render(request, "public/surveys/open_start.html", context, status=status)


# From block to block


def _onwards(request: HttpRequest, found: Round, form: OpenForm, do: str) -> HttpResponse:
    here = form.block(request.POST.get("block", ""))
    if here and do in {"next", "review"}:
        faults, careful = form.faults(here), form.careful(here)
        more = bool(_new_questions(form, here)) and do == "next"
        if faults or careful or more:
            return _block(request, found, form, here, _Shown(faults, careful, more))
    goal = _goal(form, here, do)
    return _block(request, found, form, goal, _Shown()) if goal else _review(request, found, form, _Stop())


@dataclass(frozen=True)
class _Shown:
    """Why the same block is shown again."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    careful: list[tuple[str, str]] = field(default_factory=list)
    more: bool = False


def _new_questions(form: OpenForm, here: Block) -> set[str]:
    """Return the questions that came up by what was answered on the page."""
    seen = form.posted.get("on_page")
    return set(names_on(form.parts(here)).split()) - set(seen.split()) if seen is not None else set()


def _goal(form: OpenForm, here: Block | None, do: str) -> Block | None:
    """Return the block to show, None for looking through it all."""
    codes = [block.code for block in form.blocks]
    place = codes.index(here.code) if here else -1
    match do.partition(":"):
        case ("review", _, _):
            return None
        case ("go", _, code) if code in codes:
            return form.block(code)
        case ("next", _, _):
            return form.blocks[place + 1] if place + 1 < len(codes) else None
        case ("previous", _, _) if place > 0:
            return form.blocks[place - 1]
    return here or (form.blocks[0] if form.blocks else None)


def _block(request: HttpRequest, found: Round, form: OpenForm, block: Block, why: _Shown) -> HttpResponse:
    words, parts = AnswerWords(form.engine.definition, form.language), form.parts(block)
    place = [one.code for one in form.blocks].index(block.code)
    context = {
        "round": found, "form": form, "title": words.text(form.engine.definition.title), "code": block.code,
        "heading": form.maker.piped(block.label), "help": form.maker.piped(block.help), "minutes": block.minutes,
        "parts": parts, "on_page": names_on(parts), "carried": list(form.carried(parts)), "links": why.faults,
        "careful": why.careful, "more": why.more, "number": place + 1, "blocks": len(form.blocks),
        "is_last": place + 1 == len(form.blocks), "key": _key(form), "trap": TRAP,
        "drivers": " ".join(sorted(drivers_of(form.engine.definition, block))),
        "keep_numbers": form.posted.get("keep_numbers", ""),
    }  # fmt: skip
    status = 422 if why.faults or why.careful else 200
    return render(request, "public/surveys/open_block.html", context, status=status)


def _key(form: OpenForm) -> str:
    sent = form.posted.get("key", "")
    return sent if is_ours(sent) else new_key()


# The end


@dataclass(frozen=True)
class _Stop:
    """Why nothing was sent."""

    words: str = ""
    status: int = 200


@dataclass(frozen=True)
class _BlockTold:
    """A block with what was answered in it, and what has to be mended."""

    code: str
    label: str
    parts: list[ToldPart]
    unanswered: int
    wrong: list[str]


def _review(request: HttpRequest, found: Round, form: OpenForm, stop: _Stop) -> HttpResponse:
    told = _told(form)
    context = {
        "round": found, "form": form, "title": form.maker.definition.text(form.maker.definition.title, form.language),
        "told": told, "stops": any(one.wrong for one in told), "carried": list(form.carried(())), "key": _key(form),
        "trap": TRAP, "why": stop.words, "last": form.blocks[-1].code if form.blocks else "",
        "keep_numbers": form.posted.get("keep_numbers", ""),
    }  # fmt: skip
    return render(request, "public/surveys/open_review.html", context, status=stop.status)


def _told(form: OpenForm) -> list[_BlockTold]:
    document = to_document(form.engine.definition, form.maker.outcome)
    words = AnswerWords(form.engine.definition, form.language, document)
    return [_block_told(form, block, words, document) for block in form.blocks]


def _block_told(form: OpenForm, block: Block, words: AnswerWords, document: dict[str, Any]) -> _BlockTold:
    parts = list(words.block(block, document))
    answered = [replace(part, rows=tuple(row for row in part.rows if row.answer)) for part in parts]
    unanswered = sum(len(part.rows) for part in parts) - sum(len(part.rows) for part in answered)
    return _BlockTold(block.code, words.text(block.label), answered, unanswered, _wrong(form, block, words))


def _wrong(form: OpenForm, block: Block, words: AnswerWords) -> list[str]:
    """Return what has to be mended in a block before the answer can be sent."""
    mine = {question.code: question for question in block.questions()}
    said = [message for _id, message in form.faults(block)]
    said += [
        f"{words.text(mine[problem.code].label)} {words.text(problem.message) or _('Frågan behöver ett svar.')}"
        for problem in form.maker.outcome.of_kind(REQUIRED)
        if problem.code in mine
    ]
    return [*said, *(_("{question} verkar innehålla ett personnummer.").format(question=label)
                     for _id, label in form.careful(block))]  # fmt: skip


def _send(request: HttpRequest, found: Round, form: OpenForm) -> HttpResponse:
    key = form.posted.get("key", "")
    if stop := _stopped(form, key):
        return _review(request, found, form, stop)
    document = to_document(form.engine.definition, form.maker.outcome)
    try:
        keep_pace("survey_open", most=MOST_A_MINUTE, seconds=60)
        send_anonymously(slug=found.slug, key=key, answers=document)
    except Refused as refused:
        return _review(request, found, form, _Stop(str(refused.message), 429 if isinstance(refused, TooMany) else 409))
    context = {
        "round": found, "title": form.maker.definition.text(form.maker.definition.title, form.language),
        "told": _told(form), "today": timezone.localdate(), "contact": about_round(found),
    }  # fmt: skip
    return render(request, "public/surveys/open_sent.html", context)


def _stopped(form: OpenForm, key: str) -> _Stop | None:
    outcome = form.maker.outcome
    if form.posted.get(TRAP):
        return _Stop(_("Ett dolt fält var ifyllt, som när en robot svarar. Vi har tömt det. Skicka igen."), 422)
    if is_too_fast(key):
        return _Stop(_("Det gick ovanligt fort. Vänta några sekunder och tryck på Skicka igen."), 422)
    if outcome.of_kind(REQUIRED, INVALID) or any(one.wrong for one in _told(form)):
        return _Stop(_("Något behöver rättas innan svaret kan skickas. Det står här nedanför."), 422)
    if form.is_empty:
        return _Stop(_("Inget är ifyllt än. Svara på minst en fråga."), 422)
    return None
