"""The issues of a desk: the list, starting one, its outline, and throwing a draft away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.errors import Refused
from samverka.kernel.idempotency import creates_once
from samverka.newsletters.actions import blocks as actions
from samverka.newsletters.actions.issues import add_language, discard_issue, start_from_earlier, start_issue
from samverka.newsletters.actions.templates import start_from_own
from samverka.newsletters.checks import lacking
from samverka.newsletters.models import Block, Issue
from samverka.newsletters.queries import block_called, issues_of, templates_of
from samverka.newsletters.rendering import languages_of
from samverka.newsletters.templates import template_called, templates
from samverka.web.components.words import language

from .desk import Desk, may_write_here

PAGE_SIZE = 50
MOST_EARLIER = 20
_LONGEST = 90


@dataclass(frozen=True)
class Row:
    """A block as the outline shows it."""

    block: Block
    label: str
    lacks: str
    is_first: bool
    is_last: bool


def issue_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All issues, newest first; for the registrar those that have been sent, with their records."""
    may_write = may_write_here(request.user, desk)
    if desk.sender is None and may_write:
        return redirect(desk.url("issue_sender"))
    rows = issues_of(desk.organisation)
    page = Paginator(rows if may_write else rows.public(), PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, "editorial/issues/list.html", desk.context(page=page, may_write=may_write))


@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def issue_start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Start an issue: from a template, one of the sender's own too, or from an earlier issue."""
    if desk.sender is None or desk.organisation is None:
        return redirect(desk.url("issue_sender"))
    if request.method == "POST":
        made = _started(request, desk)
        messages.success(request, _("Utskicket är påbörjat. Fyll i delarna, en i taget."))
        return redirect(desk.url("issue", made.public_id))
    earlier = list(issues_of(desk.organisation)[:MOST_EARLIER])
    own = templates_of(desk.organisation)
    context = desk.context(templates=_fitting(desk), own=own, earlier=earlier)
    return render(request, "editorial/issues/start.html", context)


def _fitting(desk: Desk) -> list[Any]:
    """Return the templates that suit the desk: a public body writes to its own associations."""
    wanted = {"plain"} if desk.acting else {"official", "magazine", "plain"}
    return [one for one in templates() if one.format in wanted]


def _started(request: HttpRequest, desk: Desk) -> Issue:
    what, _sign, which = request.POST.get("from", "").partition(":")
    if what == "issue":
        return start_from_earlier(by=request.user, earlier_id=desk.issue(which).public_id)
    if what == "own" and desk.organisation is not None:
        return start_from_own(by=request.user, sender=desk.organisation, template_id=which)
    # A Swedish issue begins with the template's Swedish words, whatever language its writer reads in.
    with translation.override(settings.LANGUAGE_CODE):
        template = template_called(which) if what == "template" else None
    if template is None or template.code not in {one.code for one in _fitting(desk)} or desk.organisation is None:
        raise Refused(_("Välj vad utskicket ska börja med."))
    return start_issue(by=request.user, sender=desk.organisation, template=template)


def issue_outline(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """Every block of the issue in one language, and what stands at its head. `?sprak=` says which language."""
    found = desk.issue(issue)
    shown = chosen_language(request, found)
    blocks = list(found.blocks.standing().filter(language=shown))
    context = desk.context(
        issue=found, language=shown, languages=languages_of(found), rows=outline(blocks),
        text=next(text for text in found.texts.all() if text.language == shown),
        removed=[(block, label_of(block)) for block in found.blocks.removed().filter(language=shown)[:20]],
        may_change=found.state in {"draft", "scheduled"},
    )  # fmt: skip
    return render(request, "editorial/issues/issue.html", context)


def chosen_language(request: HttpRequest, issue: Issue) -> str:
    """Return the language that the address asks for, else the reader's own, else the first."""
    there = languages_of(issue)
    for code in (request.GET.get("sprak", ""), language()):
        if code in there:
            return code
    return there[0]


def outline(blocks: Sequence[Block]) -> list[Row]:
    """Return the blocks in rows."""
    last = len(blocks) - 1
    return [Row(one, label_of(one), lacking(one), place == 0, place == last) for place, one in enumerate(blocks)]


def label_of(block: Block) -> str:
    """Return what a block is called here: its heading, or how it begins."""
    told = block.content
    said = next((str(told[name]) for name in ("heading", "text", "link_label", "alt", "what_1") if told.get(name)), "")
    said = " ".join(said.split())
    short = said if len(said) <= _LONGEST else said[:_LONGEST].rstrip() + "…"
    return short or _("{kind} utan innehåll").format(kind=block.get_kind_display())


@require_POST
@creates_once
def issue_act(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """Move a block up or down, take it away, put it back, or begin another language: `do` says what."""
    found = desk.issue(issue)
    what, _sign, which = request.POST.get("do", "").partition(":")
    if what == "language" and which in {"sv", "en"}:
        add_language(by=request.user, issue_id=issue, language=which)
        messages.success(request, _("Delarna är kopierade. Översätt dem en i taget."))
        return redirect(f"{desk.url('issue', issue)}?sprak={which}")
    return _moved(request, desk, found, what, which)


def _moved(request: HttpRequest, desk: Desk, issue: Issue, what: str, which: str) -> HttpResponse:
    if what == "back" and issue.blocks.removed().filter(public_id=which).exists():
        block = actions.put_back(by=request.user, block_id=which)
        messages.success(request, _("Delen är tillbaka där den stod."))
        return redirect(_place(desk, block))
    if what not in {"up", "down", "remove"}:
        raise Refused(_("Välj vad du vill göra med delen."))
    block = block_called(issue, which)
    if what == "remove":
        actions.remove_block(by=request.user, block_id=which)
        messages.success(
            request, _("Delen är borttagen. Den ligger kvar under Borttaget, så att den går att lägga tillbaka.")
        )
        return redirect(f"{desk.url('issue', issue.public_id)}?sprak={block.language}")
    actions.shift_block(by=request.user, block_id=which, steps=-1 if what == "up" else 1)
    return redirect(_place(desk, block))


def _place(desk: Desk, block: Block) -> str:
    return f"{desk.url('issue', block.issue.public_id)}?sprak={block.language}#b_{block.public_id}"


@require_http_methods(["GET", "HEAD", "POST"])
def issue_discard(request: HttpRequest, desk: Desk, issue: str) -> HttpResponse:
    """Ask, then throw a draft away."""
    found = desk.issue(issue)
    if request.method == "POST":
        discard_issue(by=request.user, issue_id=issue)
        messages.success(request, _("Utkastet är borta."))
        return redirect(desk.url("issues"))
    return render(request, "editorial/issues/discard.html", desk.context(issue=found))
