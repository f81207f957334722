"""A block of the form: five questions, saved as they are answered, or all together without a script."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.files import MOST_ATTACHMENT_BYTES, as_attachment
from samverka.questionnaires.reading import definition_of, engine_of
from samverka.surveys.actions import add_row, confirm_answers, remove_row, save_answers, take_over
from samverka.surveys.actions.files import attach, detach
from samverka.surveys.blocks import Block, block_with, blocks_of
from samverka.surveys.enums import ANSWERING, RoundState
from samverka.surveys.files import file_for_holder
from samverka.surveys.links import asked_by_key, passed_by_key
from samverka.surveys.offers import offers_of
from samverka.surveys.sheet import sheet_of
from samverka.web.components.answer_words import AnswerWords
from samverka.web.components.questionnaire import faults_of
from samverka.web.components.uploads import takes_files

from .answer_form import BlockForm, Sent, row_numbers, sent, sent_file
from .answer_merging import Clash, changes_among, clashes
from .offers import Suggestion, known_in, offered_in
from .respondent import Link, open_form, open_passed

#: Before the name of a question stands this in that of its file.
UPLOAD = "upload:"


#: Stands in a page that has told what is wrong: the next press goes on.
TOLD = "sagt"


@dataclass
class _Left:
    """What a save left to be decided: two texts for one place, personal numbers to ask about, files not taken."""

    clashes: list[Clash] = field(default_factory=list)
    careful: list[Sent] = field(default_factory=list)
    changed: bool = False
    refused: dict[str, str] = field(default_factory=dict)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def survey_block(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """A block, by the link to the whole form."""
    return _block(request, open_form(request, key), block)


def _may_send(key: str) -> bool:
    """Return whether the form of a link takes answers now."""
    try:
        asked = asked_by_key(key, to_save=True)
    except NotVisible:
        return False
    return asked.round.state == RoundState.OPEN and asked.state in ANSWERING


def _may_send_passed(key: str) -> bool:
    try:
        asked = passed_by_key(key, to_save=True).asked
    except NotVisible:
        return False
    return asked.round.state == RoundState.OPEN and asked.state in ANSWERING


@public
@takes_files(MOST_ATTACHMENT_BYTES, link=_may_send)
@require_http_methods(["GET", "HEAD", "POST"])
def survey_block_file(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """A block that asks for a file is sent here, by the link to the whole form."""
    link = open_form(request, key)
    return _block(request, link, block) if request.method == "POST" else redirect(link.block_url(block))


@public
@takes_files(MOST_ATTACHMENT_BYTES, link=_may_send_passed)
@require_http_methods(["GET", "HEAD", "POST"])
def survey_passed_block_file(request: HttpRequest, key: str, block: str) -> HttpResponse:
    """A block that asks for a file is sent here, by the link to some of them."""
    link = open_passed(request, key)
    return _block(request, link, block) if request.method == "POST" else redirect(link.block_url(block))


@public
@require_GET
def survey_file(request: HttpRequest, key: str, pid: str) -> FileResponse:
    """A file of the form, by the link to all of it."""
    return as_attachment(file_for_holder(open_form(request, key).holder, pid))


@public
@require_GET
def survey_passed_file(request: HttpRequest, key: str, pid: str) -> FileResponse:
    """A file of the blocks that the link opens."""
    return as_attachment(file_for_holder(open_passed(request, key).holder, pid))


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
    if left.clashes or left.careful or left.refused:
        return _page(request, link, block, left, status=409 if left.clashes else 422)
    do = request.POST.get("do", "save")
    _change_rows(request, link, do)
    # What was saved while it was typed is no change of the press: it is told all the same, once.
    if do in {"next", "save"} and (left.changed or TOLD not in request.POST) and _is_wrong(link, block):
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
    refused = _keep_files(request, link, block)
    changed = bool(done) or bool(request.FILES)
    return _Left([*merged.clashes, *clashes(merged.changed, overtaken)], careful, changed, refused)


def _keep_files(request: HttpRequest, link: Link, block: Block) -> dict[str, str]:
    """Keep the files that were sent, and take away the one whose button was pressed; return why not, by name."""
    definition, refused = definition_of(link.holder.asked.round.version), dict[str, str]()
    what, _sign, gone = request.POST.get("do", "").partition(":")
    sent = {key.removeprefix(UPLOAD): file for key, file in request.FILES.items() if key.startswith(UPLOAD)}
    for name in [*sent, *([gone] if what == "unfile" else [])]:
        to = sent_file(definition, block, request.POST, name)
        if to is None:
            raise NotVisible
        try:
            if isinstance(file := sent.get(name), File):
                attach(by=link.holder, place=to.place, base=to.base, upload=file)
            else:
                detach(by=link.holder, place=to.place, base=to.base)
        except Refused as why:
            refused[name] = str(why.message)
    if what == "file" and gone not in sent:
        refused[gone] = _("Välj en fil först.")
    return refused


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
    what, _sign, name = do.partition(":")
    if what == "next" and place + 1 == len(here):
        return link.form_url if link.is_passed else link.to("survey_handing")
    if what == "next" or (what == "previous" and place):
        return link.block_url(here[place + (1 if what == "next" else -1)])
    if what in {"previous", "list"}:
        return link.form_url
    return link.block_url(block.code) + _anchor(what, name)


def _anchor(what: str, name: str) -> str:
    """Return what follows the address of the block, so that one comes back to where one was."""
    if what in {"add", "remove"}:
        return f"#s_{name.partition(':')[0]}"
    query = f"?{urlencode({'sok': name})}" if what == "find" else ""
    return f"{query}#q_{name.replace(':', '_')}" if what in {"find", "file", "unfile"} else ""


def _page(request: HttpRequest, link: Link, block: Block, left: _Left, *, status: int = 200) -> HttpResponse:
    typed = {one.name: one for one in [*left.careful, *(clash.mine for clash in left.clashes)]}
    form = _form(link, block, typed)
    form.find, form.files_at, form.refused = request.GET.get("sok", ""), link.files_url, left.refused
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
        "files_url": link.file_block_url(block.code) if form.takes_files else "",
        "told": TOLD if links and posted else "",
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
