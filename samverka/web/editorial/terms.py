"""Who has accepted the terms: what the host can show of the agreements it has made."""

import tempfile

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samverka.accounts.rules import can_manage_installation
from samverka.kernel.access import requires
from samverka.organisations.acceptances import all_acceptances
from samverka.organisations.exports import FORMATS, export_acceptances
from samverka.organisations.terms import current_terms

PAGE_SIZE = 50


@requires(can_manage_installation)
def editorial_terms(request: HttpRequest) -> HttpResponse:
    """Every acceptance, the latest first; `?q=` is a part of a name."""
    q = request.GET.get("q", "").strip()
    page = Paginator(all_acceptances(q), PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {"page": page, "count": page.paginator.count, "q": q, "terms": current_terms()}
    return render(request, "editorial/terms.html", context)


@requires(can_manage_installation)
def editorial_terms_export(request: HttpRequest, format: str) -> FileResponse:
    """All of them as a file."""
    if format not in FORMATS:
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    export_acceptances(format=format, file=file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"villkor.{format}", content_type=FORMATS[format])
