"""The organisation's log: what was done, by whom and when, from the audit trail."""

import tempfile

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from samverka.kernel.access import requires
from samverka.kernel.models import AuditEntry
from samverka.kernel.spreadsheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Column, write_csv, write_xlsx
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_read_log

from .acting import acting_organisation
from .log_words import log_line

PAGE_SIZE = 50
COLUMNS = [
    Column("at", _("Tid"), "datetime"),
    Column("who", _("Vem")),
    Column("what", _("Vad")),
    Column("about", _("Gäller")),
    Column("changes", _("Ändringar")),
]


@requires(can_read_log, load=acting_organisation)
def our_log(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The newest first."""
    page = Paginator(_entries(acting), PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {"acting": acting, "page": page, "lines": [log_line(entry) for entry in page]}
    return render(request, "workspace/organisation/log.html", context)


@requires(can_read_log, load=acting_organisation)
def our_log_export(request: HttpRequest, acting: Acting, format: str) -> FileResponse:
    """The whole log as a file."""
    if format not in {"csv", "xlsx"}:
        raise Http404
    rows = (log_line(entry).as_row() for entry in _entries(acting).iterator())
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    if format == "csv":
        write_csv(COLUMNS, rows, file, language=request.LANGUAGE_CODE)
    else:
        write_xlsx(COLUMNS, rows, file, title=acting.organisation.name, language=request.LANGUAGE_CODE)
    file.seek(0)
    kind = CSV_CONTENT_TYPE if format == "csv" else XLSX_CONTENT_TYPE
    return FileResponse(file, as_attachment=True, filename=f"logg.{format}", content_type=kind)


def _entries(acting: Acting) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(organisation_id=acting.organisation.public_id).order_by("-id")
