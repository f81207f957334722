"""Asking the contact of an old page whether it still holds, and the answer."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samverka.kernel.mail import outbox

from ..emails_examples import StillHolds
from ..enums import Holds, PageKind
from ..models import Page, told_of
from .checks import require_editor
from .trail import note_page

#: A page that nobody has confirmed for this long asks its contact; silence is asked again some time later.
CONFIRMED_FOR = timedelta(days=730)
ASKED_AGAIN = timedelta(days=90)
MOST_A_NIGHT = 500


@transaction.atomic
def ask_if_they_hold(*, by: Any = None) -> int:
    """Ask the contacts of the pages that nobody has confirmed for two years; return how many were asked."""
    today, asked = timezone.localdate(), 0
    for page in _unconfirmed(today)[:MOST_A_NIGHT]:
        told = told_of(page)
        told.asked_on = today
        told.save(update_fields=["asked_on"])
        mail = StillHolds(page.public_id, str(today), page.title)
        outbox.send(mail, to=page.contact_email, language=page.language)
        asked += 1
    return asked


def _unconfirmed(today: Any) -> Any:
    old, silent = Q(), Q()
    for kind in (PageKind.EXAMPLE, PageKind.PORTRAIT):
        old |= Q(kind=kind, **{f"{kind}__confirmed_on__lte": today - CONFIRMED_FOR})
        silent |= Q(kind=kind) & (
            Q(**{f"{kind}__asked_on": None}) | Q(**{f"{kind}__asked_on__lte": today - ASKED_AGAIN})
        )
    ended = Q(example__holds=Holds.NO) | Q(portrait__holds=Holds.NO)
    pages = Page.objects.published().filter(old, silent).exclude(contact_email="").exclude(ended)
    return pages.select_related("example", "portrait").order_by("pk")


@transaction.atomic
def say_if_it_holds(*, by: Any, page: Page, holds: Holds, comment: str = "") -> Page:
    """Take the contact's answer, `by` a person or None by the link: the page says when it was last confirmed, or that
    it holds no longer. The editor sees what has changed.
    """
    told = type(told_of(page)).objects.select_for_update().get(pk=told_of(page).pk)
    told.holds, told.holds_comment = holds, comment
    if holds != Holds.NO:
        told.confirmed_on = timezone.localdate()
    told.save(update_fields=["holds", "holds_comment", "confirmed_on"])
    note_page("page.confirmed", page, by=by, changes={"holds": ["", str(holds)]})
    return page


@transaction.atomic
def note_handled(*, by: Any, page: Page) -> None:
    """Note that an editor has seen to what the contact said."""
    require_editor(by)
    type(told_of(page)).objects.filter(page=page).update(holds_comment="")
    note_page("page.holds_handled", page, by=by)
