"""One block of an issue: added, written with a look at it, and kept while it is typed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.errors import Conflict, Refused
from samverka.kernel.idempotency import creates_once
from samverka.newsletters.actions.blocks import add_block, change_block, drop_draft, keep_draft
from samverka.newsletters.actions.pictures import MOST_BYTES, add_picture
from samverka.newsletters.blocks import FIELDS
from samverka.newsletters.enums import BlockKind
from samverka.newsletters.models import Block, BlockDraft, Issue, Picture
from samverka.newsletters.queries import block_called, draft_of, text_in
from samverka.web.components.autosave import Autosave, draft_answer, draft_revision
from samverka.web.components.refusals import refusals_on
from samverka.web.components.uploads import takes_files
from samverka.web.workspace.conflicts import conflict_rows

from .desk import Desk
from .forms import BlockForm
from .forms_deadlines import rows_of

KINDS: tuple[tuple[BlockKind, Any], ...] = (
    (BlockKind.LEAD, gettext_lazy("Vad det handlar om, i två till fyra meningar. Står först.")),
    (BlockKind.ITEM, gettext_lazy("Det ni vill berätta: rubrik, text, bild, citat, länk och vem man frågar.")),
    (BlockKind.EXAMPLE, gettext_lazy("Ett exempel, ett porträtt eller en rapport som redan finns här.")),
    (BlockKind.EVENT, gettext_lazy("Ett möte med dag och plats. Läsaren får det i sin kalender.")),
    (BlockKind.FIGURE, gettext_lazy("En siffra med bas och källa.")),
    (BlockKind.QUOTE, gettext_lazy("Någons egna ord, med vem som säger dem.")),
    (BlockKind.ACTION, gettext_lazy("En enda sak som läsaren kan göra på fem minuter.")),
    (BlockKind.DEADLINES, gettext_lazy("Högst fem dagar som läsaren inte får missa: sista dag att söka eller svara.")),
    (BlockKind.PASS_ON, gettext_lazy("Högst 400 tecken att klistra in i ett brev till föreningar.")),
    (BlockKind.BUTTON, gettext_lazy("En länk som syns tydligt.")),
    (BlockKind.PICTURE, gettext_lazy("En bild med text för den som inte ser den.")),
    (BlockKind.HEADING, gettext_lazy("En rad som delar av.")),
    (BlockKind.TEXT, gettext_lazy("Löpande text utan rubrik.")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def issue_add(request: HttpRequest, desk: Desk, issue: str, language: str) -> HttpResponse:
    """Add a block: what it is. `?efter=` says after which block."""
    found = desk.issue(issue)
    text_in(found, language)
    after = request.GET.get("efter", "")
    if after:
        block_called(found, after)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in BlockKind.values:
            raise Refused(_("Välj vad du vill lägga till."))
        made = add_block(by=request.user, issue_id=issue, kind=BlockKind(kind), language=language, after=after)
        return redirect(desk.url("issue_part", issue, made.public_id))
    kinds = [(kind.value, kind.label, said) for kind, said in KINDS]
    context = desk.context(issue=found, kinds=kinds, language=language)
    return render(request, "editorial/issues/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(MOST_BYTES)
def issue_part(request: HttpRequest, desk: Desk, issue: str, block: str) -> HttpResponse:
    """Write a block."""
    found = desk.issue(issue)
    part = block_called(found, block)
    draft = draft_of(request.user, part)
    form = BlockForm(request.POST or None, request.FILES or None, block=part, initial=_initial(part, draft))
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                _save(request, found, part, form)
                return redirect(f"{desk.url('issue', issue)}?sprak={part.language}#b_{block}")
        except Conflict as both:
            conflict = conflict_rows(form, both)
            data = {**request.POST.dict(), "version": both.details["version"]}
            form = BlockForm(data, block=block_called(found, block))
    return _page(request, desk, found, form, draft, conflict=conflict)


def _save(request: HttpRequest, issue: Issue, part: Block, form: BlockForm) -> None:
    values = form.values()
    if upload := form.cleaned_data.get("picture_file"):
        values["picture"] = add_picture(by=request.user, issue_id=issue.public_id, upload=upload).token
    change_block(by=request.user, block_id=part.public_id, version=form.cleaned_data["version"], values=values)
    drop_draft(by=request.user, block_id=part.public_id, revision=draft_revision(request))
    messages.success(request, _("Delen är sparad."))


def _initial(part: Block, draft: BlockDraft | None) -> dict[str, Any]:
    """Return what the form begins with: what is typed and not saved, or what stands."""
    if draft is None:
        return {**part.content, "version": part.version}
    typed = {name: text for name, text in draft.values.items() if name in FIELDS[part.kind]}
    return {**part.content, **typed, "version": draft.base_version}


def _page(
    request: HttpRequest, desk: Desk, issue: Issue, form: BlockForm, draft: BlockDraft | None, *, conflict: Any
) -> HttpResponse:
    part = form.block
    token = str(form["picture"].value() or "") if "picture" in form.fields else ""
    context = desk.context(
        issue=issue, form=form, part=part, kind=part.get_kind_display(), conflict=conflict,
        autosave=_autosave(request, desk, issue, part, draft, conflict=bool(conflict)),
        picture=Picture.objects.filter(issue=issue, token=token).first() if token else None,
        may_change=issue.state in {"draft", "scheduled"}, rows=rows_of(part.kind),
    )  # fmt: skip
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "editorial/issues/part.html", context, status=status)


# Kept while it is typed


def _autosave(
    request: HttpRequest, desk: Desk, issue: Issue, part: Block, draft: BlockDraft | None, *, conflict: bool
) -> Autosave:
    user: Any = request.user
    url = desk.url("issue_part_draft", issue.public_id, part.public_id)
    version = None if conflict else part.version
    return Autosave.of(draft, key=f"u:{part.public_id}", url=url, owner=user.public_id, version=version)


@require_POST
def issue_part_draft(request: HttpRequest, desk: Desk, issue: str, block: str) -> HttpResponse:
    """Keep what is typed."""
    part = block_called(desk.issue(issue), block)
    return draft_answer(request, partial(keep_draft, by=request.user, block_id=part.public_id))


@require_POST
def issue_part_drop(request: HttpRequest, desk: Desk, issue: str, block: str) -> HttpResponse:
    """Throw away what was typed and show the block as it is saved."""
    part = block_called(desk.issue(issue), block)
    drop_draft(by=request.user, block_id=part.public_id, revision=draft_revision(request))
    return redirect(desk.url("issue_part", issue, block))
