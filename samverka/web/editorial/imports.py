"""Reading registers from files: upload, look at what would change, confirm, follow the job, read the report."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samverka.accounts.rules import can_import_register
from samverka.kernel.access import requires
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.files import MOST_BYTES, TABLES, store_upload
from samverka.kernel.idempotency import creates_once
from samverka.kernel.models import JobProgress
from samverka.organisations.actions import imports
from samverka.web.components.refusals import refusals_on
from samverka.web.components.uploads import takes_files

from .forms_organisations import ImportForm

PAGE_SIZE = 20
#: as many refused rows as a page shows; the report has more
REFUSED_SHOWN = 50
NOTED_SHOWN = 20
#: htmx stops polling when it gets this status
STOP_POLLING = 286
LABELS = {
    "created": gettext_lazy("nya"),
    "changed": gettext_lazy("ändrade"),
    "unchanged": gettext_lazy("oförändrade"),
    "refused": gettext_lazy("avvisade"),
}


@requires(can_import_register)
@takes_files(MOST_BYTES, rule=can_import_register)
@creates_once
def editorial_imports(request: HttpRequest) -> HttpResponse:
    """Upload a file; earlier imports, newest first."""
    form = ImportForm(request.POST or None, request.FILES or None, initial={"what": "import_register"})
    if form.is_valid():
        with refusals_on(form):
            progress = _tried(request, form)
            request.session[_source_key(progress.public_id)] = form.cleaned_data["source"]
            return redirect("editorial_import", pid=progress.public_id)
    earlier = JobProgress.objects.filter(kind__in=imports.KINDS).order_by("-id")
    page = Paginator(earlier, PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {"form": form, "page": page, "rows": page.object_list}
    return render(request, "editorial/imports.html", context, status=422 if form.is_bound else 200)


@requires(can_import_register)
def editorial_import(request: HttpRequest, pid: str) -> HttpResponse:
    """How far an import has come, and what came of it. The page can be left and found again."""
    progress = _progress(pid)
    refused = progress.report.get("refused", [])
    counts = progress.report.get("counts", {})
    running = progress.state in {"waiting", "running"}
    context = {
        "progress": progress,
        "running": running,
        "dry_run": progress.report.get("dry_run", False),
        "counts": [(label, counts[name]) for name, label in LABELS.items() if name in counts],
        "refused": refused[:REFUSED_SHOWN],
        "noted": progress.report.get("noted", [])[:NOTED_SHOWN],
        "more_refused": max(0, counts.get("refused", 0) - REFUSED_SHOWN),
        "would_write": counts.get("created", 0) + counts.get("changed", 0),
    }
    htmx = bool(request.headers.get("HX-Request"))
    template = "editorial/import_state.html" if htmx else "editorial/import.html"
    response = render(request, template, context, status=STOP_POLLING if htmx and not running else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


@requires(can_import_register)
@require_POST
@creates_once
def editorial_import_confirm(request: HttpRequest, pid: str) -> HttpResponse:
    """Write what the trial showed: a new job over the same file."""
    trial = _progress(pid)
    if trial.state != "done" or not trial.report.get("dry_run"):
        raise Refused(_("Filen är redan inläst eller inte färdigprovad. Ladda om sidan."))
    progress = imports.queue_import(
        by=request.user,
        kind=trial.kind,
        label=trial.label,
        file_id=trial.file_id,
        source=request.session.get(_source_key(pid), ""),
    )
    messages.success(request, _("Inläsningen har börjat. Du kan lämna sidan."))
    return redirect("editorial_import", pid=progress.public_id)


@requires(can_import_register)
def editorial_import_report(request: HttpRequest, pid: str) -> JsonResponse:
    """The report as JSON."""
    progress = _progress(pid)
    response = JsonResponse(progress.report, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="import-{progress.public_id}.json"'
    return response


def _tried(request: HttpRequest, form: ImportForm) -> JobProgress:
    """Keep the uploaded file and queue a trial of it, which writes nothing."""
    kind, user = form.cleaned_data["what"], request.user
    with transaction.atomic():
        stored = store_upload(
            form.cleaned_data["file"], by=user, owner_kind=kind, owner_id=str(user.pk), allowed=TABLES
        )
        return imports.queue_import(
            by=user,
            kind=kind,
            label=stored.name,
            file_id=stored.public_id,
            source=form.cleaned_data["source"],
            dry_run=True,
        )


def _source_key(pid: str) -> str:
    """Return where the session keeps the register's name between the trial and the import."""
    return f"import-source-{pid}"


def _progress(pid: str) -> JobProgress:
    found = JobProgress.objects.filter(public_id=pid, kind__in=imports.KINDS).first()
    if found is None:
        raise NotVisible
    return found
