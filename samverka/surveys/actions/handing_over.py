"""What hands a form over, and opens it again: from then on its answers count."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samverka.kernel.addresses import site_address
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.questionnaires.engine import INVALID, REQUIRED
from samverka.questionnaires.reading import engine_of

from ..emails_answering import HandedOver
from ..enums import ANSWERING, AskedState, RoundState
from ..holders import Holder
from ..links import asked_key
from ..models import Asked, Presence, Response, Round
from ..sheet import sheet_of, to_document
from .trail import closed_words, record


@transaction.atomic
def hand_over(*, by: Holder, role: str = "") -> Asked:
    """Hand the form over: what is confirmed, shown and valid becomes the response that counts, in place of an earlier
    one. Raises Refused when the form takes no answers, or something required is missing or something is wrong.
    """
    asked = _locked(by)
    if asked.round.state != RoundState.OPEN or asked.state not in ANSWERING:
        raise Refused(closed_words(asked))
    if asked.round.is_anonymous:
        raise NotVisible
    answers = _what_counts(asked)
    asked.response = _response(asked, answers)
    now = timezone.now()
    asked.state, asked.handed_over_at = AskedState.HANDED_OVER, now
    asked.handed_over_by = ", ".join(part for part in (by.name, role) if part)[:150]
    asked.opened_at, asked.begun_at = asked.opened_at or now, asked.begun_at or now
    asked.signed_at, asked.signed_by, asked.signed_role = None, "", ""
    asked.row_version += 1
    asked.save()
    # The columns are made when somebody counts: handing over does not wait for them.
    Round.objects.filter(pk=asked.round_id).update(revision=F("revision") + 1)
    Presence.objects.filter(asked=asked).delete()
    record("asked.handed_over", asked, by=by, changes={"answers": [None, len(answers)]})
    _send_receipt(asked)
    return asked


def _what_counts(asked: Asked) -> dict[str, Any]:
    sheet = sheet_of(asked)
    outcome = engine_of(asked.round.version).evaluate(sheet.answers(confirmed=True), today=timezone.localdate())
    wrong = [place for place in sheet.faults() if place in outcome.shown]
    if wrong or outcome.of_kind(REQUIRED, INVALID):
        raise Refused(_("Något behöver rättas innan svaret kan lämnas in. Det står här nedanför."))
    return to_document(sheet.definition, outcome)


def _response(asked: Asked, answers: dict[str, Any]) -> Response:
    """Return the response with these answers: the one it had, or a new one. An association's names nobody."""
    today = timezone.localdate()
    if asked.response_id:
        Response.objects.filter(pk=asked.response_id).update(answers=answers, received_on=today)
        kept: Response = Response.objects.get(pk=asked.response_id)
        return kept
    body, named = asked.organisation, ""
    if body.is_public_body:
        named = f"{body.public_id}:{asked.unit.public_id}" if asked.unit else body.public_id
    made: Response = Response.objects.create(
        round_id=asked.round_id, respondent=named, organisation=body if body.is_public_body else None,
        answers=answers, received_on=today,
    )  # fmt: skip
    return made


def _send_receipt(asked: Asked) -> None:
    if not asked.email:
        return
    with translation.override(asked.language):
        key = asked_key(asked)
        link, paper = site_address("survey_receipt", key), site_address("survey_receipt_pdf", key)
    mail = HandedOver(
        organisation=str(asked.organisation), matter=str(asked.round), handed_over_by=asked.handed_over_by,
        handed_over_at=timezone.localtime(asked.handed_over_at).strftime("%Y-%m-%d %H:%M"), sender=asked.round.sender,
        round_diary_number=asked.round.diary_number, link=link, paper=paper,
    )  # fmt: skip
    outbox.send(mail, to=asked.email, language=asked.language, organisation=asked.organisation.public_id,
                reply_to=asked.round.contact_email)  # fmt: skip


@transaction.atomic
def note_diary_number(*, by: Holder, number: str) -> None:
    """Keep the body's own diary number of its answer. Raises NotVisible for a link that was passed on."""
    asked = _locked(by)
    before, asked.diary_number = asked.diary_number, number[:60]
    asked.row_version += 1
    asked.save(update_fields=["diary_number", "row_version"])
    record("asked.diary_number", asked, by=by, changes={"diary_number": [before, asked.diary_number]})


def _locked(by: Holder) -> Asked:
    if by.passed is not None:
        raise NotVisible
    around = Asked.objects.select_for_update(of=("self",)).select_related("round__version", "organisation", "unit")
    found: Asked = around.defer("round__version__document").get(pk=by.asked.pk)
    return found
