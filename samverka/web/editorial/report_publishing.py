"""A report read through before others do, published as an edition, and withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samverka.kernel.access import requires
from samverka.kernel.errors import Conflict, NotVisible
from samverka.kernel.idempotency import creates_once
from samverka.surveys.actions.report_editions import publish_report, withdraw_report
from samverka.surveys.queries.reports import report_called
from samverka.surveys.reporting import faults
from samverka.surveys.rules import can_run_surveys
from samverka.web.components.refusals import refusals_on
from samverka.web.public.surveys.report import draw_body
from samverka.web.public.surveys.report_drawing import report_pdf
from samverka.web.public.surveys.report_resolve import resolve

from .forms_reports import PublishForm, WithdrawForm


@requires(can_run_surveys)
def editorial_report_preview(request: HttpRequest, report: str) -> HttpResponse:
    """The whole draft as readers will meet it, with the figures as they are now."""
    found = report_called(report)
    document = resolve(found, list(found.blocks.standing()))
    context = {"report": found, "document": document, "body": draw_body(document)}
    return render(request, "editorial/report_preview.html", context)


@requires(can_run_surveys)
def editorial_report_paper(request: HttpRequest, report: str) -> HttpResponse:
    """The draft as PDF, marked as one."""
    found = report_called(report)
    document = resolve(found, list(found.blocks.standing()))
    paper = report_pdf(document, {"edition": None, "cite": ""})
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="utkast-{found.round.slug}.pdf"'
    return response


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
@creates_once
def editorial_report_publish(request: HttpRequest, report: str) -> HttpResponse:
    """What stands in the way; where nothing does, publish."""
    found = report_called(report)
    is_first, status = not found.editions.exists(), 200
    initial = {"version": found.row_version}
    form = PublishForm(request.POST or None, is_first=is_first, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        try:
            with refusals_on(form):
                made = publish_report(
                    by=request.user, report_id=report, version=told["version"], resolve=resolve,
                    what_changed=told.get("what_changed", ""),
                )  # fmt: skip
                messages.success(request, _("Utgåva {number} är publicerad.").format(number=made.number))
                return redirect("survey_report_edition", found.round.slug, made.number)
        except Conflict as conflict:
            form = PublishForm({**request.POST.dict(), **initial}, is_first=is_first)
            form.add_error(None, str(conflict.message))
            status = 409
    wrong = faults(found, list(found.blocks.standing()))
    context = {"report": found, "form": form, "wrong": wrong, "is_first": is_first}
    status = status if status == 409 or not form.is_bound else 422
    return render(request, "editorial/report_publish.html", context, status=status)


@requires(can_run_surveys)
@require_http_methods(["GET", "HEAD", "POST"])
def editorial_report_withdraw(request: HttpRequest, report: str) -> HttpResponse:
    """Say that the latest edition no longer holds, and why."""
    found = report_called(report)
    latest = found.editions.defer("document").first()
    if latest is None or latest.withdrawn_at:
        raise NotVisible
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            withdraw_report(by=request.user, report_id=report, reason=form.cleaned_data["reason"])
            messages.success(request, _("Utgåvan är tillbakadragen. På dess sida står varför."))
            return redirect("editorial_report", report)
    context = {"report": found, "form": form, "latest": latest}
    return render(request, "editorial/report_withdraw.html", context, status=422 if form.is_bound else 200)
