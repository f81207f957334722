"""The foot of every page: whom to ask, dates, "Hjälpte informationen på sidan dig?", share, print, cite, QR code."""

import datetime
import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from samverka.kernel.access import public
from samverka.knowledge.models import Page, PageEdition
from samverka.knowledge.queries import changed_after_feedback, published_page
from samverka.web.components.words import day

from .addresses import lasting_address, page_path

_QR_KEPT = 24 * 3600


@dataclass(frozen=True)
class Foot:
    """What `public/knowledge/_page_foot.html` shows of a page, from the edition that everybody reads."""

    page: Page
    contacts: list[dict[str, str]]
    published: datetime.datetime
    changed: datetime.datetime | None
    what_changed: str
    reviewed: datetime.date | None
    after_feedback: datetime.datetime | None
    address: str
    mail_link: str
    cite: str


def page_foot(page: Page, edition: PageEdition) -> Foot:
    """Return the foot of a published page; give it to the template as `foot`."""
    document = edition.document
    address = lasting_address(page)
    first = document["contact"]
    more = document["body"].get("contacts", [])
    return Foot(
        page=page,
        contacts=[one for one in [first, *more] if any(one.values())],
        published=page.published_at or edition.published_at,
        changed=edition.published_at if edition.number > 1 else None,
        what_changed=edition.what_changed,
        reviewed=page.reviewed_on,
        after_feedback=changed_after_feedback(page),
        address=address,
        mail_link=_mail_link(document["title"], address),
        cite=cite(page, edition),
    )


def cite(page: Page, edition: PageEdition) -> str:
    """Return how one refers to a page: who, year, title, what it is, address."""
    document: dict[str, Any] = edition.document
    owner = document["owner"]["name"] if document["owner"] else settings.SITE_NAME
    published = page.published_at or edition.published_at
    return _("{who} ({year}). {title}. {site}. Läst {day}: {address}").format(
        who=owner, year=document["year"] or published.year, title=document["title"].rstrip("."),
        site=settings.SITE_NAME, day=day(datetime.date.today()), address=lasting_address(page),
    )  # fmt: skip


def _mail_link(title: str, address: str) -> str:
    body = _("Hej! Den här sidan kan vara något för dig:") + f"\n\n{title}\n{address}\n"
    return f"mailto:?subject={quote(title)}&body={quote(body)}"


@public
def page_by_id(request: HttpRequest, pid: str) -> HttpResponse:
    """The lasting address: leads to the page where it stands now."""
    return HttpResponseRedirect(page_path(published_page(pid)))


@public
def page_qr(request: HttpRequest, pid: str) -> HttpResponse:
    """The lasting address as a QR code, to print on a poster."""
    page, file = published_page(pid), io.BytesIO()
    segno.make(lasting_address(page), error="m").save(file, kind="svg", scale=8, border=4, dark="#000", light="#fff")
    response = HttpResponse(file.getvalue(), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = f"public, max-age={_QR_KEPT}"
    return response
