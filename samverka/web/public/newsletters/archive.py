"""What has been sent, for everybody: the archive, each issue on the web, the feed, pictures and calendar files."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from samverka.kernel.access import public
from samverka.kernel.errors import NotVisible
from samverka.kernel.files import open_stored
from samverka.newsletters.calendars import calendar_of
from samverka.newsletters.models import Issue, Picture
from samverka.newsletters.queries import archive_choices, public_issue, public_issues
from samverka.newsletters.resolving import resolve
from samverka.web.components.words import day, language

from .drawing import draw_web

PAGE_SIZE, IN_FEED = 50, 30


@public
def issues(request: HttpRequest) -> HttpResponse:
    """The archive, newest first: search, year, sender, language."""
    found = _found(request.GET)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("sida"))
    years, senders = archive_choices()
    rows = [_row(one) for one in page.object_list]
    context = {
        "page": page, "rows": rows, "years": years, "senders": senders, "q": request.GET.get("q", "")[:200],
        "year": request.GET.get("ar", ""), "sender": request.GET.get("fran", ""),
        "asked_language": request.GET.get("sprak", ""), "is_filtered": bool(set(request.GET) - {"sida"}),
    }  # fmt: skip
    return render(request, "public/issues/archive.html", context)


def _found(asked: QueryDict) -> Any:
    year = asked.get("ar", "")
    code = asked.get("sprak", "")
    return public_issues(
        words=asked.get("q", "")[:200], year=int(year) if year.isdecimal() and len(year) == 4 else None,
        sender=asked.get("fran", "")[:16], language=code if code in {"sv", "en"} else "",
    )  # fmt: skip


def _row(issue: Issue) -> dict[str, Any]:
    """Return a row of the archive: in the reader's language where the issue has it."""
    told = _document(issue)
    return {"issue": issue, "title": told["title"], "preview": told["preview"], "language": told["language"],
            "matter": told["matter"], "dnr": told["dnr"], "sender": told["sender"]["name"],
            "day": day(issue.sending_began_at)}  # fmt: skip


def _document(issue: Issue, asked: str = "") -> dict[str, Any]:
    """Return an issue as data, as it was sent: in `asked`, else the reader's language, else the first."""
    there = issue.document
    code = next((one for one in (asked, language()) if one in there), next(iter(there)))
    web = there[code].get("web")
    return web or resolve(issue, code)


@public
def issue_page(request: HttpRequest, pid: str, name: str = "") -> HttpResponse:
    """An issue on the web; the address is permanent. A wrong or old name in it leads to the right one. `?sprak=`."""
    issue = public_issue(pid)
    if issue.slug != name:
        return HttpResponsePermanentRedirect(reverse("issue_page", args=[pid, issue.slug]))
    asked = request.GET.get("sprak", "")
    told = _document(issue, asked)
    context = {
        "issue": issue, "letter": told, "body": draw_web(told), "languages": sorted(issue.document, reverse=True),
        "address": told["web"], "is_other_language": told["language"] != language(),
        "is_read": not issue.reply_read_until or issue.reply_read_until >= timezone.localdate(),
    }  # fmt: skip
    return render(request, "public/issues/issue.html", context)


@public
def issues_feed(request: HttpRequest) -> HttpResponse:
    """The newest issues as an Atom feed; the archive's filters hold here too."""
    home = f"{settings.BASE_URL}{reverse('issues')}"
    feed = Atom1Feed(
        title=_("Utskick från {name}").format(name=settings.SITE_NAME), link=home, language=language(),
        description="", feed_url=f"{settings.BASE_URL}{request.get_full_path()}",
    )  # fmt: skip
    for issue in _found(request.GET)[:IN_FEED]:
        told = _document(issue)
        with translation.override(told["language"]):
            feed.add_item(
                title=told["title"], link=told["web"], description=told["preview"], unique_id=told["web"],
                pubdate=issue.sending_began_at, updateddate=issue.sending_began_at, author_name=told["sender"]["name"],
            )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
def issue_calendar(request: HttpRequest, pid: str, block: str) -> HttpResponse:
    """An event of an issue as a calendar file; of a sent one only."""
    issue = public_issue(pid)
    for told in issue.document.values():
        parts = (told.get("web") or {}).get("parts", [])
        part = next((one for one in parts if one["id"] == block and one["kind"] == "event"), None)
        if part:
            response = HttpResponse(calendar_of(issue, part), content_type="text/calendar; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="{block}.ics"'
            return response
    raise NotVisible


@public
def issue_picture(request: HttpRequest, token: str) -> FileResponse:
    """A picture of an issue, for mail programs and pages: whoever has its secret address sees it."""
    found = Picture.objects.select_related("file").filter(token=token).first()
    if found is None:
        raise NotVisible
    response = FileResponse(open_stored(found.file), content_type=found.file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=604800, immutable"
    return response
