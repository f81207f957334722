"""Publications for everybody: the list, a publication's page, its PDF and its cover."""

import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from samverka.kernel import files
from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.knowledge.enums import Licence, PageKind, PublicationKind
from samverka.knowledge.models import Page, PageEdition, PublicationFile
from samverka.knowledge.queries import editions_of, latest_edition, page_ever_out, published_page
from samverka.web.components.rich_text import formed
from samverka.web.components.words import language

from .addresses import page_path
from .feeds import feeds_of
from .inspiration import drawn_parts
from .listing import listing
from .page_foot import page_foot

_KEPT = 3600


@public
def publications(request: HttpRequest) -> HttpResponse:
    """The list, newest first, with filters; each choice is an address."""
    return render(request, "public/knowledge/publications.html", {"listing": listing(request.GET)})


@public
def publication(request: HttpRequest, pid: str, name: str = "") -> HttpResponse:
    """A publication. A wrong or old name in the address leads to the right one; a withdrawn one says so (410)."""
    page = page_ever_out(pid, PageKind.PUBLICATION)
    if page.slug != name:
        return HttpResponsePermanentRedirect(page_path(page))
    if page.withdrawn_at:
        return render(request, "public/knowledge/withdrawn.html", {"page": page}, status=410)
    edition = latest_edition(page)
    return render(request, "public/knowledge/publication.html", publication_context(page, edition))


def publication_context(page: Page, edition: PageEdition, *, preview: bool = False) -> dict[str, Any]:
    """Return what the page of a publication shows of an edition; `preview`: of one that is not made yet."""
    body = edition.document["body"]
    file = page.publication.files.filter(number=body["file"]).select_related("file", "cover").first()
    return {
        "page": page,
        "document": edition.document,
        "body": body,
        "html": formed(body["html"]),
        "kind_label": PublicationKind(body["kind"]).label,
        "licence_label": Licence(edition.document["licence"]).label,
        "days": {key: _day(body[key]) for key in ("adopted_on", "valid_to", "review_on")},
        "is_over": bool(body["valid_to"]) and body["valid_to"] < datetime.date.today().isoformat(),
        "former_senders": [(said, _day(until)) for said, until in body["former_senders"]],
        "file": file,
        "older": list(page.publication.files.exclude(number=body["file"]).select_related("file")) if file else [],
        "parts": drawn_parts(body["parts"]),
        "editions": [] if preview else editions_of(page),
        "feeds": feeds_of(edition.document),
        "foot": None if preview else page_foot(page, edition),
        "preview": preview,
        "is_other_language": edition.document["language"] != language(),
    }


def _day(value: str) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


@public
def publication_file(request: HttpRequest, pid: str, number: int) -> FileResponse:
    """A version of the PDF, to be saved. It opens outside the site, so that nothing in it runs here."""
    response = files.as_attachment(_file(pid, number).file)
    response["Cache-Control"] = f"public, max-age={_KEPT}"
    return response


@public
def publication_cover(request: HttpRequest, pid: str, number: int) -> FileResponse:
    """The first page of the PDF as a picture that we have drawn."""
    found = _file(pid, number)
    if found.cover is None:
        raise NotVisible
    response = files.as_picture(found.cover)
    response["Cache-Control"] = f"public, max-age={_KEPT}"
    return response


def _file(pid: str, number: int) -> PublicationFile:
    """Return a version that has been published: none newer than what the edition that is out names."""
    page = published_page(pid, PageKind.PUBLICATION)
    newest = latest_edition(page).document["body"]["file"] or 0
    rows = page.publication.files.select_related("file", "cover")
    found: PublicationFile | None = rows.filter(number=number, number__lte=newest).first()
    if found is None:
        raise NotVisible
    return found
