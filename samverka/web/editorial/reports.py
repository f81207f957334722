"""Reports as analysts see them: the list, starting one, its outline, and what it is called."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, Refused
from samverka.kernel.idempotency import creates_once
from samverka.surveys.actions import report_blocks
from samverka.surveys.actions import reports as actions
from samverka.surveys.enums import REQUIRED_CHAPTERS, BlockKind
from samverka.surveys.models import Edition, Report, ReportBlock
from samverka.surveys.queries.reports import block_called, report_called
from samverka.surveys.report_numbers import question_of
from samverka.surveys.reporting import Chapter, chapters, faults, round_of
from samverka.surveys.results import RoundResults
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.refusals import refusals_on
from samverka.web.workspace.conflicts import conflict_rows

from .forms_reports import FactsForm, StartForm

PAGE_SIZE = 50
_LONGEST = 90


@dataclass(frozen=True)
class Row:
    """A part as the outline shows it."""

    block: ReportBlock
    label: str
    faults: list[str]
    is_first: bool
    is_last: bool
    may_go: bool
    rows: list["Row"]
    #: After which part something is added last in the chapter.
    end: str = ""


@requires(can_run_surveys)
def editorial_reports(request: HttpRequest) -> HttpResponse:
    """All reports, newest first."""
    rows = Report.objects.select_related("round").prefetch_related(
        Prefetch("editions", queryset=Edition.objects.defer("document"))
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sida"))
    return render(request, "editorial/reports.html", {"page": page})


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_report_start(request: HttpRequest) -> HttpResponse:
    """Start a report of a round, with chapters and figures to begin with."""
    form = StartForm(request.POST or None, initial={"language": "sv", "round": request.GET.get("omgang")})
    if form.is_valid():
        told = form.cleaned_data
        with refusals_on(form):
            made = actions.start_report(
                by=request.user, round_id=told["round"].pk, language=told["language"], title=told["title"],
                beside=told["beside"],
            )  # fmt: skip
            messages.success(
                request, _("Rapporten är påbörjad. Frågorna i formuläret ligger som siffror i varsitt kapitel.")
            )
            return redirect("editorial_report", made.public_id)
    return render(request, "editorial/report_start.html", {"form": form}, status=422 if form.is_bound else 200)


@requires(can_run_surveys)
def editorial_report(request: HttpRequest, report: str) -> HttpResponse:
    """The outline: every part, with what must be mended before it is published."""
    found = report_called(report)
    blocks = list(found.blocks.standing())
    wrong = faults(found, blocks)
    outline = _Outline(found, blocks, wrong)
    context = {
        "report": found,
        "rows": outline.rows(),
        "own_faults": [fault.reason for fault in wrong if fault.block is None],
        "wrong": len(wrong),
        "removed": [(block, outline.label(block)) for block in found.blocks.removed()[:20]],
        "latest": found.editions.defer("document").first(),
    }
    return render(request, "editorial/report.html", context)


class _Outline:
    """The parts of a report in rows."""

    def __init__(self, report: Report, blocks: list[ReportBlock], wrong: list[Any]) -> None:
        self.report, self.blocks = report, blocks
        self._results = {one.pk: RoundResults(one, report.language) for one in (report.round, report.beside) if one}
        self._faults: dict[int, list[str]] = {}
        for fault in wrong:
            if fault.block is not None:
                self._faults.setdefault(fault.block.pk, []).append(fault.reason)

    def rows(self) -> list[Row]:
        found: list[Row] = []
        for chapter in chapters(self.blocks):
            parts = [self._row(block) for block in chapter.parts]
            found += [self._row(chapter.head, parts, _end(chapter))] if chapter.head else parts
        return found

    def _row(self, block: ReportBlock, rows: list[Row] | None = None, end: str = "") -> Row:
        first, last = block is self.blocks[0], block is self.blocks[-1]
        may_go = block.role not in REQUIRED_CHAPTERS
        return Row(block, self.label(block), self._faults.get(block.pk, []), first, last, may_go, rows or [], end)

    def label(self, block: ReportBlock) -> str:
        """Return what a part is called here: its heading, its question, or how it begins."""
        if block.kind in {BlockKind.FIGURE, BlockKind.MAP} and not block.heading:
            return self._question(block)
        said = block.heading or " ".join(block.text.split())
        short = said if len(said) <= _LONGEST else said[:_LONGEST].rstrip() + "…"
        return short or _("{kind} utan innehåll").format(kind=block.get_kind_display())

    def _question(self, block: ReportBlock) -> str:
        results = self._results[round_of(self.report, block).pk]
        question = question_of(results, block.variable)
        return (
            (results.definition.text(question.label, results.language) or question.code)
            if question
            else _("Ingen fråga vald än")
        )


def _end(chapter: Chapter) -> str:
    last = chapter.parts[-1] if chapter.parts else chapter.head
    return last.public_id if last else ""


@requires(can_run_surveys)
@require_POST
@creates_once
def editorial_report_act(request: HttpRequest, report: str) -> HttpResponse:
    """Move a part up or down, take it away, or put it back: `do` says what, and of which part."""
    found = report_called(report)
    on_page = reverse("editorial_report", args=[report])
    what, _sign, block = request.POST.get("do", "").partition(":")
    if what in {"up", "down"}:
        report_blocks.shift_block(
            by=request.user, block_id=block_called(found, block).public_id, steps=-1 if what == "up" else 1
        )
        return redirect(f"{on_page}#b_{block}")
    if what == "remove":
        report_blocks.remove_block(by=request.user, block_id=block_called(found, block).public_id)
        messages.success(
            request, _("Delen är borttagen. Den ligger kvar under Borttaget, så att den går att lägga tillbaka.")
        )
        return redirect(on_page)
    if what == "back" and found.blocks.removed().filter(public_id=block).exists():
        report_blocks.put_back(by=request.user, block_id=block)
        messages.success(request, _("Delen är tillbaka där den stod."))
        return redirect(f"{on_page}#b_{block}")
    raise Refused(_("Välj vad du vill göra med delen."))


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_report_facts(request: HttpRequest, report: str) -> HttpResponse:
    """Change what it is called and begins with."""
    found = report_called(report)
    form = FactsForm(request.POST or None, instance=found, initial={"version": found.row_version})
    conflict: list[Any] = []
    if form.is_valid():
        try:
            with refusals_on(form):
                actions.change_report(
                    by=request.user, report_id=report, version=form.cleaned_data["version"], values=form.facts()
                )
                messages.success(request, _("Uppgifterna är sparade."))
                return redirect("editorial_report", report)
        except Conflict as both:
            conflict = conflict_rows(form, both)
            form = FactsForm({**request.POST.dict(), "version": both.details["version"]}, instance=found)
    context = {"form": form, "report": found, "conflict": conflict}
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "editorial/report_facts.html", context, status=status)
