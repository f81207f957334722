"""How every page of the knowledge bank is sent in, returned, scheduled, published, withdrawn and reviewed."""

import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.search import store_vector

from ..documents import document_of, faults_of, tell_published, words_of
from ..emails import PagePublished, PageReturned
from ..enums import PageState
from ..models import Page, PageEdition
from ..rules import can_edit_knowledge, is_writer
from ..workflow import require_step
from .checks import hold_version, locked_page, require_editor, said
from .trail import note_page

log = structlog.get_logger("samverka.knowledge")


@transaction.atomic
def submit_page(*, by: Any, page_id: str, version: int | None = None) -> Page:
    """Send a page to the editor, by writer or editor. Raises NotAllowed, Conflict, Refused with what it lacks."""
    page = locked_page(page_id)
    if not (is_writer(by, page) or can_edit_knowledge(by)):
        raise NotAllowed
    hold_version(page, version)
    require_step(page.state, PageState.SUBMITTED)
    if found := faults_of(page):
        raise Refused(found[0])
    _now(page, PageState.SUBMITTED, publish_at=None)
    note_page("page.submitted", page, by=by)
    return page


@transaction.atomic
def return_page(*, by: Any, page_id: str, reason: str) -> Page:
    """Ask the writer for changes, with what is asked for; the writer gets it by mail. Raises NotAllowed, Refused."""
    require_editor(by)
    page = locked_page(page_id)
    require_step(page.state, PageState.RETURNED)
    asked = said(
        reason, field="reason", empty=_("Skriv vad som behöver ändras. Den som skrev får läsa det."), most=1000
    )
    _now(page, PageState.RETURNED, returned_reason=asked)
    note_page("page.returned", page, by=by, changes={"reason": [None, asked]})
    if page.sent_in_by and page.sent_in_by_id != getattr(by, "pk", None):
        outbox.send(PageReturned(page.title, asked), to=page.sent_in_by.email)
    return page


@transaction.atomic
def schedule_page(*, by: Any, page_id: str, publish_at: datetime.datetime, version: int | None = None) -> Page:
    """Let the page be published by itself at `publish_at`. Raises NotAllowed, Conflict, Refused with what it lacks."""
    require_editor(by)
    page = locked_page(page_id)
    hold_version(page, version)
    require_step(page.state, PageState.SCHEDULED)
    if publish_at <= timezone.now():
        raise Refused(_("Välj en tid som inte har varit, eller publicera nu."), field="publish_at")
    if found := faults_of(page):
        raise Refused(found[0])
    _now(page, PageState.SCHEDULED, publish_at=publish_at)
    note_page("page.scheduled", page, by=by, changes={"publish_at": [None, publish_at.isoformat()]})
    return page


@transaction.atomic
def unschedule_page(*, by: Any, page_id: str) -> Page:
    """Take back the time at which the page was to be published. Raises NotAllowed, Refused."""
    require_editor(by)
    page = locked_page(page_id)
    require_step(page.state, PageState.SUBMITTED)
    state = PageState.PUBLISHED if page.published_at and not page.withdrawn_at else PageState.SUBMITTED
    _now(page, state, publish_at=None)
    note_page("page.unscheduled", page, by=by)
    return page


@transaction.atomic
def publish_page(
    *, by: Any, page_id: str, version: int | None = None, what_changed: str = "", at: datetime.datetime | None = None
) -> PageEdition:
    """Publish the page as it stands: a new edition, the words that search finds, and the page in every list.

    `at` is when it was published elsewhere, for what is imported. Raises NotAllowed, Conflict, Refused with what it
    lacks.
    """
    require_editor(by)
    page = locked_page(page_id)
    hold_version(page, version)
    require_step(page.state, PageState.PUBLISHED)
    if found := faults_of(page):
        raise Refused(found[0])
    number, now = page.editions.count() + 1, at or timezone.now()
    made: PageEdition = PageEdition.objects.create(
        page=page, number=number, document=document_of(page), published_by=by, published_at=now,
        what_changed=what_changed.strip()[:300] if number > 1 else "",
    )  # fmt: skip
    _now(
        page, PageState.PUBLISHED, publish_at=None, published_at=page.published_at or now, withdrawn_at=None,
        withdrawn_reason="", returned_reason="", reviewed_on=timezone.localdate(now), search_text=words_of(page),
    )  # fmt: skip
    store_vector(page)
    tell_published(page)
    note_page("page.published", page, by=by, changes={"edition": [None, number]})
    _tell_writer(page, by, number)
    return made


@transaction.atomic
def withdraw_page(*, by: Any, page_id: str, reason: str) -> Page:
    """Take a page out of lists and search; its address says so, and why. Raises NotAllowed, Refused."""
    require_editor(by)
    page = locked_page(page_id)
    require_step(page.state, PageState.WITHDRAWN)
    if page.published_at is None:
        raise Refused(_("Sidan är inte publicerad än. Ta bort tiden i stället."))
    why = said(reason, field="reason", empty=_("Skriv varför. Det står på sidans adress."), most=300)
    _now(page, PageState.WITHDRAWN, publish_at=None, withdrawn_at=timezone.now(), withdrawn_reason=why)
    store_vector(page)
    note_page("page.withdrawn", page, by=by, changes={"reason": [None, why]})
    return page


@transaction.atomic
def note_review(*, by: Any, page_id: str, day: datetime.date | None = None) -> Page:
    """Note that somebody has read the page through and it holds. Raises NotAllowed, Refused where it is not out."""
    require_editor(by)
    page = locked_page(page_id)
    if page.published_at is None or page.withdrawn_at is not None:
        raise Refused(_("Bara en publicerad sida kan granskas."))
    before, page.reviewed_on = page.reviewed_on, day or timezone.localdate()
    page.save(update_fields=["reviewed_on"])
    note_page("page.reviewed", page, by=by, changes={"reviewed_on": [str(before or ""), str(page.reviewed_on)]})
    return page


def publish_due(*, by: Any = None) -> int:
    """Publish every page whose time has come; return how many. One that lacks something goes back to the editor."""
    due = Page.objects.filter(state=PageState.SCHEDULED, publish_at__lte=timezone.now()).order_by("publish_at")
    done = 0
    for page_id in due.values_list("public_id", flat=True):
        try:
            publish_page(by=by, page_id=page_id)
            done += 1
        except Refused as refused:
            log.warning("page.not_published", page=page_id)
            _back_to_editor(page_id, str(refused.message))
    return done


@transaction.atomic
def _back_to_editor(page_id: str, why: str) -> None:
    page = locked_page(page_id)
    _now(page, PageState.SUBMITTED, publish_at=None, returned_reason=why[:1000])
    note_page("page.not_published", page, by=None, changes={"reason": [None, why]})


def _now(page: Page, state: str, **values: Any) -> None:
    page.state = state
    page.version += 1
    for name, value in values.items():
        setattr(page, name, value)
    page.save(update_fields=["state", "version", *values])


def _tell_writer(page: Page, by: Any, number: int) -> None:
    """Tell who sent the page in that it is out, the first time, unless that is who published it."""
    if number == 1 and page.sent_in_by and by is not None and page.sent_in_by_id != by.pk:
        outbox.send(PagePublished(page.title, page.public_id), to=page.sent_in_by.email)
