"""One part of a report: added, written with a look at its figure, and kept while it is typed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, Refused
from samverka.kernel.idempotency import creates_once
from samverka.surveys.actions import report_blocks
from samverka.surveys.actions.report_drafts import drop_block_draft, keep_draft
from samverka.surveys.enums import BlockKind
from samverka.surveys.measures import shown_questions
from samverka.surveys.models import BlockDraft, Report, ReportBlock
from samverka.surveys.queries.reports import block_called, draft_of_block, report_called
from samverka.surveys.report_numbers import OF_NUMBERS, RATE
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.autosave import Autosave, draft_answer, draft_revision
from samverka.web.public.surveys.report_drawing import draw_part
from samverka.web.public.surveys.report_resolve import resolve_part
from samverka.web.workspace.conflicts import conflict_rows

from .forms_reports import BlockForm

KINDS: tuple[tuple[BlockKind, Any], ...] = (
    (BlockKind.FIGURE, gettext_lazy("En fråga som diagram eller tabell, för alla eller delad i grupper.")),
    (BlockKind.TEXT, gettext_lazy("Det ni vill säga om siffrorna, med siffror i texten som följer svaren.")),
    (BlockKind.MAP, gettext_lazy("Vad varje kommun och region svarade. Bara kommuner och regioner.")),
    (BlockKind.QUOTE, gettext_lazy("Ord från någon som har sagt ja till att bli citerad.")),
    (BlockKind.CHAPTER, gettext_lazy("En rubrik som det följande hör till.")),
)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_report_add(request: HttpRequest, report: str) -> HttpResponse:
    """Add a part: what it is. `?efter=` says after which part."""
    found = report_called(report)
    after = request.GET.get("efter", "")
    if after:
        block_called(found, after)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in BlockKind.values:
            raise Refused(_("Välj vad du vill lägga till."))
        made = report_blocks.add_block(by=request.user, report_id=report, kind=BlockKind(kind), after=after)
        return redirect("editorial_report_part", report, made.public_id)
    context = {"report": found, "kinds": [(kind.value, kind.label, said) for kind, said in KINDS]}
    return render(request, "editorial/report_add.html", context)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_report_part(request: HttpRequest, report: str, block: str) -> HttpResponse:
    """Write a part. `do=look` shows what it would be, and saves nothing."""
    found = report_called(report)
    part = block_called(found, block)
    draft = draft_of_block(request.user, part)
    form = BlockForm(request.POST or None, report=found, instance=part, initial=_initial(part, draft))
    is_look = request.POST.get("do") == "look"
    conflict: list[Any] = []
    if not is_look and form.is_valid():
        try:
            _save(request, part, form)
            return redirect(f"{reverse('editorial_report', args=[report])}#b_{block}")
        except Conflict as both:
            conflict = conflict_rows(form, both)
            data = {**request.POST.dict(), "version": both.details["version"]}
            form = BlockForm(data, report=found, instance=block_called(found, block))
    return _page(request, found, form, draft, is_look=is_look, conflict=conflict)


def _save(request: HttpRequest, part: ReportBlock, form: BlockForm) -> None:
    report_blocks.change_block(
        by=request.user, block_id=part.public_id, version=form.cleaned_data["version"], values=form.values()
    )
    drop_block_draft(by=request.user, block_id=part.public_id, revision=draft_revision(request))
    messages.success(request, _("Delen är sparad."))


def _initial(part: ReportBlock, draft: BlockDraft | None) -> dict[str, Any]:
    """Return what the form begins with: what is typed and not saved, or what stands."""
    if draft is None:
        return {"version": part.row_version}
    return {"consent": False, **draft.values, "version": draft.base_version}


def _page(
    request: HttpRequest, report: Report, form: BlockForm, draft: BlockDraft | None, *, is_look: bool, conflict: Any
) -> HttpResponse:
    part = form.instance
    is_right = form.is_valid() if form.is_bound else True
    shown = form.as_block() if is_look and is_right else block_called(report, part.public_id)
    context = {
        "report": report,
        "form": form,
        "part": part,
        "kind": part.get_kind_display(),
        "look": _look(report, shown),
        "is_look": is_look and is_right,
        "conflict": conflict,
        "autosave": _autosave(request, report, part, draft, conflict=bool(conflict)),
        "marks": _marks(form) if "text" in form.fields and part.kind != BlockKind.QUOTE else [],
        "rate": f"{{{{{RATE}}}}}",
        "example": "{{kod:svar:slag=region}}",
    }
    status = 409 if conflict else 422 if form.is_bound and not is_right else 200
    return render(request, "editorial/report_part.html", context, status=status)


def _look(report: Report, part: ReportBlock) -> SafeString | str:
    """Return a part as it is read now; "" for a chapter, and where nothing is chosen yet."""
    if part.kind == BlockKind.CHAPTER or not (part.text or part.variable):
        return ""
    told = resolve_part(report, part)
    with translation.override(report.language):
        return draw_part(told) if told else ""


def _marks(form: BlockForm) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each question with the marks that may stand in a text for it, and what each is."""
    results, found = form.results, []
    for question in shown_questions(results.round):
        values = results.values(question) or [(name, name) for name in OF_NUMBERS]
        label = results.definition.text(question.label, results.language) or question.code
        found.append((label, [(f"{{{{{question.code}:{value}}}}}", said) for value, said in values]))
    return found


# Kept while it is typed


def _autosave(
    request: HttpRequest, report: Report, part: ReportBlock, draft: BlockDraft | None, *, conflict: bool
) -> Autosave:
    url = reverse("editorial_report_part_draft", args=[report.public_id, part.public_id])
    user: Any = request.user
    version = None if conflict else part.row_version
    return Autosave.of(draft, key=f"r:{part.public_id}", url=url, owner=user.public_id, version=version)


@requires(can_run_surveys)
@require_POST
def editorial_report_part_draft(request: HttpRequest, report: str, block: str) -> HttpResponse:
    """Keep what is typed."""
    part = block_called(report_called(report), block)
    return draft_answer(request, partial(keep_draft, by=request.user, block_id=part.public_id))


@requires(can_run_surveys)
@require_POST
def editorial_report_part_drop(request: HttpRequest, report: str, block: str) -> HttpResponse:
    """Throw away what was typed and show the part as it is saved."""
    part = block_called(report_called(report), block)
    drop_block_draft(by=request.user, block_id=part.public_id, revision=draft_revision(request))
    return redirect("editorial_report_part", report, block)
