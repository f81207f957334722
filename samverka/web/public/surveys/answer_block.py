"""A block of the form: five questions, saved as they are answered, or all together without a script."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible, Refused
from samverka.questionnaires.reading import definition_of, engine_of
from samverka.surveys.actions import add_row, confirm_answers, remove_row, save_answers, take_over
from samverka.surveys.blocks import Block, block_with, blocks_of
from samverka.surveys.enums import ANSWERING, RoundState
from samverka.surveys.offers import offers_of
from samverka.surveys.sheet import sheet_of
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.questionnaire import faults_of

from .answer_form import BlockForm, Sent, row_numbers, sent
from .answer_merging import Clash, changes_among, clashes
from .offers import Suggestion, known_in, offered_in
from .respondent import Link, open_form, open_passed


@dataclass
class _Left:
    """What a save left to be decided: two texts for one place, personal numbers to ask about, and what is wrong."""

    clashes: list[Clash] = field(default_factory=list)
    careful: list[Sent] = field(default_factory=list)
    changed: bool = False


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_block(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """A block, by the link to the whole form."""
    return _block(request, open_form(request, key), block)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_passed_block(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """A block, by the link to some of them."""
    return _block(request, open_passed(request, key), block)


def block_of(link: Link, code: str) -> Block:
    """Return the block with that code. Raises NotVisible for one that the link does not open."""
    found = block_with(definition_of(link.holder.asked.round.version), code)
    if found is None or not link.holder.may_answer(code):
        raise NotVisible
    return found


def takes_answers(link: Link) -> bool:
    """Return whether the form can be answered now."""
    asked = link.holder.asked
    return asked.round.state == RoundState.OPEN and asked.state in ANSWERING


def _block(request: HttpRequest, link: Link, code: str) -> HttpResponse:
    block = block_of(link, code)
    if request.method != "POST":
        if not takes_answers(link) or not link.holder.name:
            return redirect(f"{link.form_url}?till={code}")
        return _page(request, link, block, _Left())
    if not link.holder.name:
        raise Refused(_("Skriv ditt namn på första sidan, så sparas svaren. Det ni skrev står kvar om ni går bakåt."))
    left = _save(request, link, block)
    if left.clashes or left.careful:
        return _page(request, link, block, left, status=409 if left.clashes else 422)
    do = request.POST.get("do", "save")
    _change_rows(request, link, do)
    if left.changed and do in {"next", "save"} and _is_wrong(link, block):
        return _page(request, link, block, left, status=422)
    return HttpResponseRedirect(_onwards(link, block, do))


def _save(request: HttpRequest, link: Link, block: Block) -> _Left:
    posted = request.POST
    sheet = sheet_of(link.holder.asked)
    found = sent(sheet.definition, block, posted)
    merged = changes_among(link.holder.asked, sheet, found)
    careful = [one for one in merged.changed if one.mentions_number and not posted.get("keep_numbers")]
    changes = [merged.change(one) for one in merged.changed if one not in careful]
    done = save_answers(by=link.holder, changes=changes)
    _confirm(link, block, posted.getlist("yes"), found)
    overtaken = [saved for saved in done if saved.theirs is not None]
    return _Left([*merged.clashes, *clashes(merged.changed, overtaken)], careful, changed=bool(done))


def _confirm(link: Link, block: Block, names: Sequence[str], found: Sequence[Sent]) -> None:
    """Say yes to the suggestions that were ticked."""
    wanted = [one.place for one in found if one.name in names and not one.keep]
    if wanted:
        confirm_answers(by=link.holder, places=wanted)
    mine = {question.code for question in block.questions()} | {group.code for group in block.groups()}
    if offered := mine.intersection(names):
        take_over(by=link.holder, codes=offered)


def _change_rows(request: HttpRequest, link: Link, do: str) -> None:
    what, _colon, rest = do.partition(":")
    group, _colon, index = rest.partition(":")
    if what == "add":
        add_row(by=link.holder, group=group)
    if what == "remove" and index.isdecimal():
        numbers = row_numbers(request.POST, group)
        if int(index) < len(numbers):
            remove_row(by=link.holder, group=group, number=numbers[int(index)])


def _is_wrong(link: Link, block: Block) -> bool:
    return bool(faults_of(_form(link, block, {}).parts))


def _form(link: Link, block: Block, typed: dict[str, Sent]) -> BlockForm:
    version = link.holder.asked.round.version
    return BlockForm(engine_of(version), sheet_of(link.holder.asked), block, readable(link), typed)


def _suggestions(link: Link, form: BlockForm, words: AnswerWords) -> list[Suggestion]:
    """Return what nobody has said yes to, kept or only offered; and let the form say what is known in here."""
    found = offers_of(link.holder.asked, form.sheet, {question.code for question in form.block.questions()})
    form.known = known_in(found)
    kept = suggestions(form, words)
    there = {one.name.rpartition(":")[2] for one in kept} | {one.name.partition(":")[0] for one in kept}
    return [*kept, *offered_in(form.block, found, words, there)]


def readable(link: Link) -> frozenset[str] | None:
    """Return the codes whose answers the link may show within texts; None: all."""
    if not link.is_passed:
        return None
    blocks = link.holder.of(blocks_of(definition_of(link.holder.asked.round.version)))
    return frozenset(question.code for block in blocks for question in block.questions())


def _onwards(link: Link, block: Block, do: str) -> str:
    here = [one.code for one in link.holder.of(blocks_of(definition_of(link.holder.asked.round.version)))]
    place = here.index(block.code)
    what = do.partition(":")
    if do == "next":
        if place + 1 < len(here):
            return link.block_url(here[place + 1])
        return link.form_url if link.is_passed else link.to("survey_handing")
    if do == "previous":
        return link.block_url(here[place - 1]) if place else link.form_url
    if do == "list":
        return link.form_url
    if what[0] == "find":
        return f"{link.block_url(block.code)}?{urlencode({'sok': what[2]})}#q_{what[2].replace(':', '_')}"
    anchor = f"#s_{what[2].partition(':')[0]}" if what[0] in {"add", "remove"} else ""
    return link.block_url(block.code) + anchor


def _page(request: HttpRequest, link: Link, block: Block, left: _Left, *, status: int = 200) -> HttpResponse:
    typed = {one.name: one for one in [*left.careful, *(clash.mine for clash in left.clashes)]}
    form = _form(link, block, typed)
    form.find = request.GET.get("sok", "")
    definition = form.engine.definition
    blocks = link.holder.of(blocks_of(definition))
    words = AnswerWords(definition, form.language)
    found = _suggestions(link, form, words)
    place = [one.code for one in blocks].index(block.code)
    links = faults_of(form.parts)
    posted = request.method == "POST"
    context = {
        "link": link, "title": words.text(definition.title), "heading": form.piped(block.label),
        "help": form.piped(block.help), "suits": words.suits(block), "minutes": block.minutes, "form": form,
        # On a page that is only opened the faults stand at their questions: nothing takes the focus.
        "links": links if posted else [], "number": place + 1, "blocks": len(blocks),
        "is_last": place + 1 == len(blocks), "clashes": [clash.told(words) for clash in left.clashes],
        "careful": left.careful, "suggestions": found,
        "known_url": "" if link.is_passed else link.to("survey_known"), "last": form.sheet.written_by(block),
        "answer_url": link.answer_url(block.code),
        "presence_url": link.presence_url(block.code) if link.window else "",
    }  # fmt: skip
    status = 422 if links and status == 200 and posted else status
    return render(request, "public/surveys/answer_block.html", context, status=status)


def suggestions(form: BlockForm, words: AnswerWords) -> list[Suggestion]:
    """Return what is kept in the form and nobody has said yes to."""
    shown = form.maker.outcome.shown
    return [
        Suggestion(name, words.text(question.label), words.said(question, kept.value), kept.get_origin_display())
        for index, name, place, question in form.places()
        if (question.code, index) in shown and (kept := form.sheet.newest.get(place)) and not kept.is_confirmed
    ]
