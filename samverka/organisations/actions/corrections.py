"""What visitors say is wrong: "Stämmer inte?"."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samverka.kernel.errors import Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.emails import CorrectionAnswered
from samverka.organisations.models import Correction, Organisation
from samverka.organisations.rules import can_answer_correction

from . import checks
from .steps import locked, note, refuse, require

MOST_AN_HOUR = 10
#: Stands as the actor, in the language of the records: whoever criticises an organisation is not named in its log.
VISITOR = "En besökare"


@transaction.atomic
def report_correction(*, organisation: Organisation, text: str, reply_email: str = "", sender: str = "") -> Correction:
    """Note what a visitor says is wrong, signed in or not: the organisation is not told who. `sender` is what the
    rate limit counts by (an IP address; not stored).
    """
    allow(
        f"correction:{hashlib.sha256(sender.encode()).hexdigest()[:40]}", most=MOST_AN_HOUR, within=timedelta(hours=1)
    )
    said = str(text).replace("\x00", "").strip()
    if not said:
        raise refuse(_("Skriv vad som inte stämmer."), field="text")
    if len(said) > 2000:
        raise refuse(_("Texten får ha högst 2 000 tecken."), field="text")
    address = checks.email(reply_email, field="reply_email")
    correction = Correction.objects.create(organisation=organisation, text=said, reply_email=address)
    note("correction.reported", correction, by=VISITOR, organisation=organisation, label=organisation.name)
    return correction


@transaction.atomic
def answer_correction(*, by: Any, correction: Correction, answer: str) -> Correction:
    """Answer and close; mails the answer if the visitor left an address. Editors and the organisation's
    administrators.
    """
    require(can_answer_correction(by, correction))
    correction = locked(correction)
    if correction.handled_at is not None:
        raise Refused(_("Någon har redan svarat."))
    said = str(answer).replace("\x00", "").strip()
    if not said:
        raise refuse(_("Skriv vad som är gjort, eller varför inget ändras."), field="answer")
    correction.answer, correction.handled_at, correction.handled_by = said[:2000], timezone.now(), by
    correction.save()
    organisation = correction.organisation
    note("correction.answered", correction, by=by, organisation=organisation, label=organisation.name)
    if correction.reply_email:
        mail = CorrectionAnswered(organisation=organisation.name, text=correction.text, answer=correction.answer)
        outbox.send(mail, to=correction.reply_email, organisation=organisation.public_id)
    return correction
