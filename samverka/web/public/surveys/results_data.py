"""Open data from the rounds, at addresses that stay."""

import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from samverka.kernel.access import public
from samverka.kernel.ratelimit import allow
from samverka.kernel.spreadsheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE
from samverka.surveys.background import KIND, NAMES, day_of
from samverka.surveys.codebook import code_book, write_code_book
from samverka.surveys.enums import RoundSide
from samverka.surveys.json_stat import dataset
from samverka.surveys.open_data import write_rounds
from samverka.surveys.series import published_rounds
from samverka.web.client import client_address
from samverka.web.components.words import language

from .results import published_round

_TYPES = {"csv": CSV_CONTENT_TYPE, "xlsx": XLSX_CONTENT_TYPE, "json": "application/json"}
MOST_FILES, FILES_WITHIN = 60, timedelta(minutes=10)


@public
def data_index(request: HttpRequest) -> HttpResponse:
    """Every file there is, round by round."""
    rounds = [(one, day_of(one).year) for one in published_rounds()]
    has_public = any(one.side == RoundSide.PUBLIC for one, _year in rounds)
    return render(request, "public/surveys/results_data.html", {"rounds": rounds, "has_public": has_public})


@public
def data(request: HttpRequest, slug: str, format: str) -> HttpResponse | FileResponse:
    """One round as CSV, XLSX or JSON-stat 2.0 (`grupp` says the division)."""
    if format not in _TYPES:
        raise Http404
    found = published_round(slug)
    allow(f"survey-data:{client_address(request)}", most=MOST_FILES, within=FILES_WITHIN)
    if format == "json":
        by = request.GET.get("grupp", KIND)
        with translation.override("sv"):
            said = dataset(found, by=by if by in NAMES else KIND)
        return HttpResponse(json.dumps(said, ensure_ascii=False), content_type=_TYPES[format])
    return _file(f"{slug}.{format}", format, lambda file: write_rounds([found], format=format, file=file))


@public
def data_all(request: HttpRequest, format: str) -> FileResponse:
    """All rounds with public bodies in one file: a row for each body and round."""
    rounds = published_rounds(RoundSide.PUBLIC)
    if format not in {"csv", "xlsx"} or not rounds:
        raise Http404
    allow(f"survey-data:{client_address(request)}", most=MOST_FILES, within=FILES_WITHIN)
    return _file(f"kartlaggningen.{format}", format, lambda file: write_rounds(rounds, format=format, file=file))


@public
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """What the variables and values of a round mean."""
    found = published_round(slug)
    context = {"round": found, "variables": code_book(found, language())}
    return render(request, "public/surveys/results_codebook.html", context)


@public
def codebook_csv(request: HttpRequest, slug: str) -> FileResponse:
    """The code book as a file."""
    found = published_round(slug)
    return _file(f"{slug}-kodbok.csv", "csv", lambda file: write_code_book(found, file, language=language()))


def _file(name: str, format: str, write: Callable[[BinaryIO], None]) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=_TYPES[format])
