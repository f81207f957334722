"""What passes blocks of a form on to a colleague, takes them back, and says that they are done."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samverka.kernel.addresses import site_address
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.questionnaires.reading import definition_of

from ..blocks import blocks_of
from ..emails_answering import BlocksPassedOn
from ..enums import ANSWERING, RoundState
from ..holders import Holder
from ..links import passed_key
from ..models import Asked, Passed
from .trail import closed_words, record

#: Whoever holds a link may have mail sent to any address: not without end.
MOST_A_DAY = 30


@transaction.atomic
def pass_on(*, by: Holder, blocks: Sequence[str], email: str, message: str) -> Passed:
    """Pass blocks on: a mail with the matter, the last day and a link that opens these blocks and nothing else.

    Raises Refused when the form takes no answers or nothing is chosen, NotVisible for a link that was passed on itself.
    """
    asked = _open_form(by)
    definition = definition_of(asked.round.version)
    known = [block for block in blocks_of(definition) if block.code in blocks]
    if not known:
        raise Refused(_("Välj minst ett block att skicka."), field="blocks")
    allow(f"passed:{asked.public_id}", most=MOST_A_DAY, within=timedelta(days=1))
    passed = Passed.objects.create(
        asked=asked, blocks=[block.code for block in known], email=email, message=message, passed_by=by.name
    )
    _send(passed)
    named = ", ".join(definition.text(block.label, definition.language) for block in known)
    record("asked.passed_on", asked, by=by, changes={"blocks": ["", named]})
    return passed


def _send(passed: Passed) -> None:
    asked, found = passed.asked, passed.asked.round
    definition = definition_of(found.version)
    blocks = [block for block in blocks_of(definition) if block.code in passed.blocks]
    with translation.override(asked.language):
        link = site_address("survey_passed", passed_key(passed))
    contact = (found.contact_name, found.contact_phone, found.contact_email)
    mail = BlocksPassedOn(
        passed_by=passed.passed_by or str(asked.organisation), organisation=str(asked.organisation), matter=str(found),
        sender=found.sender, blocks=tuple(definition.text(block.label, asked.language) for block in blocks),
        message=passed.message, closes_on=found.closes_on.isoformat() if found.closes_on else "", link=link,
        round_contact=", ".join(part for part in contact if part),
    )  # fmt: skip
    told = {"language": asked.language, "organisation": asked.organisation.public_id, "reply_to": asked.email}
    outbox.send(mail, to=passed.email, **told)


@transaction.atomic
def take_back(*, by: Holder, passed_id: str) -> None:
    """Take back what was passed on: the link is dead. Answers that were saved by it stay. Raises NotVisible."""
    asked = _open_form(by)
    there = Passed.objects.filter(asked=asked, public_id=passed_id, withdrawn_at=None)
    if not there.update(withdrawn_at=timezone.now()):
        raise NotVisible
    record("asked.taken_back", asked, by=by, changes={"passed_id": [passed_id, None]})


@transaction.atomic
def mark_done(*, by: Holder) -> None:
    """Say that the blocks one was passed are done. Raises Refused when the form takes no answers."""
    if by.passed is None:
        raise NotVisible
    asked = _locked(by)
    if asked.round.state != RoundState.OPEN or asked.state not in ANSWERING:
        raise Refused(closed_words(asked))
    Passed.objects.filter(pk=by.passed.pk).update(done_at=timezone.now(), done_by=by.name)
    record("asked.passed_done", asked, by=by, changes={"passed_id": [None, by.passed.public_id]})


def _open_form(by: Holder) -> Asked:
    if by.passed is not None:
        raise NotVisible
    asked = _locked(by)
    if asked.round.state != RoundState.OPEN or asked.state not in ANSWERING:
        raise Refused(closed_words(asked))
    return asked


def _locked(by: Holder) -> Asked:
    around = Asked.objects.select_for_update(of=("self",)).select_related("round__version", "organisation")
    found: Asked = around.defer("round__version__document").get(pk=by.asked.pk)
    return found
