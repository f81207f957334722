"""What visitors say of a page, and what the editor or the page's owner answers."""

import datetime
import hashlib
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.queries import Acting

from ..emails import FeedbackAnswered
from ..models import Feedback, Page
from ..writing import TOLD, feedback_to
from .checks import require_editor, said

MOST_AN_HOUR = 30
#: So long after the yes or no one may add why, and so long is anything kept.
ADD_WITHIN = timedelta(hours=2)
KEPT = timedelta(days=365)
#: Stands as the actor in the language of the records: a visitor is not named.
VISITOR = "En besökare"


@transaction.atomic
def say_if_helped(*, page: Page, helped: bool, sender: str = "", by: Any = None) -> Feedback:
    """Note whether a page helped a visitor, signed in or not: nobody is told who. `sender` is what the rate limit
    counts by (an IP address; not stored).
    """
    counted = hashlib.sha256(sender.encode()).hexdigest()[:40]
    allow(f"feedback:{counted}", most=MOST_AN_HOUR, within=timedelta(hours=1))
    made: Feedback = Feedback.objects.create(page=page, helped=helped, purge_on=_purge_on())
    return made


@transaction.atomic
def say_why(*, feedback_id: str, text: str, reply_email: str = "", by: Any = None) -> Feedback:
    """Add why, and where an answer goes if one is wanted; once, and soon after. Raises NotVisible, Refused."""
    rows = Feedback.objects.select_for_update(of=("self",)).select_related("page")
    found: Feedback | None = rows.filter(public_id=feedback_id).first()
    if found is None or found.created_at < timezone.now() - ADD_WITHIN:
        raise NotVisible
    if found.said_at:
        raise Refused(_("Du har redan skrivit. Tack!"))
    found.text = said(
        text, field="text", empty=_("Skriv med några ord vad som var bra eller vad du saknade."), most=2000
    )
    found.reply_email = _address(reply_email)
    found.wants_answer, found.said_at = bool(found.reply_email), timezone.now()
    found.save()
    audit.record(
        "feedback.said", by=VISITOR, kind="feedback", object_id=found.public_id, label=found.page.title,
        changes={"text": audit.hidden_text(found.text)},
    )  # fmt: skip
    return found


@transaction.atomic
def handle_feedback(*, by: Any, feedback_id: str, answer: str = "", led_to_change: bool = False) -> Feedback:
    """Close what a visitor said; mails the answer to one who wanted one, and forgets the address. Raises NotAllowed,
    NotVisible, Refused.
    """
    require_editor(by)
    found = _waiting(Feedback.objects.all(), feedback_id)
    _close(found, by, answer, led_to_change)
    return found


@transaction.atomic
def handle_own_feedback(*, by: Acting, feedback_id: str, answer: str = "", led_to_change: bool = False) -> Feedback:
    """Close what a visitor said of a page that the organisation answers for, as the editor does. Only the text of an
    example or a portrait is the owner's to change. Raises NotVisible, Refused.
    """
    found = _waiting(feedback_to(by), feedback_id)
    _close(found, by.user, answer, led_to_change and found.page.kind in TOLD, who=str(by.organisation))
    return found


def _waiting(rows: Any, feedback_id: str) -> Feedback:
    """Return what was said, locked, if it is among the rows and nobody has handled it."""
    held = rows.select_for_update(of=("self",)).select_related("page")
    found: Feedback | None = held.filter(public_id=feedback_id).first()
    if found is None:
        raise NotVisible
    if found.handled_at:
        raise Refused(_("Någon har redan tagit hand om synpunkten."))
    return found


def _close(found: Feedback, by: Any, answer: str, led_to_change: bool, who: str = "") -> None:
    if found.reply_email:
        empty = _("Skriv ett svar. Den som skrev vill ha ett.")
        answer = said(answer, field="answer", empty=empty, most=2000)
        mail = FeedbackAnswered(found.page.title, found.page.public_id, found.text, answer, who)
        outbox.send(mail, to=found.reply_email)
    found.answer, found.led_to_change, found.reply_email = answer.strip(), led_to_change, ""
    found.handled_at, found.handled_by = timezone.now(), by
    found.save()
    audit.record(
        "feedback.handled", by=by, kind="feedback", object_id=found.public_id, label=found.page.title,
        organisation=found.page.owner.public_id if found.page.owner else "",
        changes={"led_to_change": [None, led_to_change]},
    )  # fmt: skip


def _address(text: str) -> str:
    address = text.strip()
    try:
        if address:
            validate_email(address)
    except ValidationError as wrong:
        raise Refused(
            _("Adressen är inte skriven som en e-postadress. Skriv den som namn@exempel.se."), field="reply_email"
        ) from wrong
    return address


def _purge_on() -> datetime.date:
    return timezone.localdate() + KEPT
