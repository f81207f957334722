"""Questions about an example or a portrait: asked of an office, answered, shown under the page, taken away."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotAllowed, NotVisible, Refused
from samverka.kernel.mail import outbox
from samverka.kernel.ratelimit import allow
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting, office_address

from ..emails_examples import QuestionAnswered, QuestionAsked
from ..enums import QuestionState
from ..models import Page, PageQuestion
from ..rules import can_speak_for
from .checks import require_editor
from .trail import note_page

MOST_OF_ONE, MOST_TO_ONE = 5, 20
A_DAY = timedelta(days=1)
#: An unanswered question is kept a year, an answered one so long after the answer.
KEPT_UNANSWERED, KEPT_ANSWERED = timedelta(days=365), timedelta(days=90)


def asked_at(page: Page) -> Organisation | None:
    """Return the organisation whose office answers for the page: who owns it, else a party; None where none can."""
    if page.owner and office_address(page.owner):
        return page.owner
    parties = page.parties.filter(wrote=True, organisation__isnull=False).select_related("organisation")
    organisations = [party.organisation for party in parties if party.organisation]
    found = [organisation for organisation in organisations if office_address(organisation)]
    return found[0] if found else None


@transaction.atomic
def ask_question(
    *, by: Any, page: Page, sender: str, text: str, name: str, place: str, email: str, may_show: bool
) -> PageQuestion:
    """Ask the office; `by` is a person or None, `sender` what limits are counted by. Raises Refused where there is no
    office to ask, TooMany when one asks, or is asked, too often.
    """
    asked = asked_at(page)
    if asked is None:
        raise Refused(_("Det finns ingen adress att fråga på. Använd kontakten på sidan."))
    allow(f"question:{sender}", most=MOST_OF_ONE, within=A_DAY)
    allow(f"question-to:{asked.public_id}", most=MOST_TO_ONE, within=A_DAY)
    made: PageQuestion = PageQuestion.objects.create(
        page=page, organisation=asked, text=text, asker_name=name, asker_from=place, asker_email=email,
        may_show=may_show, language=(get_language() or "sv")[:2], purge_on=timezone.localdate() + KEPT_UNANSWERED,
    )  # fmt: skip
    mail = QuestionAsked(made.public_id, page.title)
    outbox.send(mail, to=office_address(asked), organisation=asked.public_id, thread=made.public_id)
    note_page("page.question_asked", page, by=by, changes={"question": ["", made.public_id]})
    return made


@transaction.atomic
def answer_question(*, by: Acting | None, question: PageQuestion, answer: str, show: bool) -> PageQuestion:
    """Answer, for the organisation that is asked: `by` acts for it, or is None when the link of its office was used.
    With `show` both stand under the page, if the one who asked has said yes. Raises Refused when it is answered.
    """
    if by is not None and not (can_speak_for(by.user, by) and question.organisation_id == by.organisation.pk):
        raise NotAllowed
    found = _locked(question)
    if found.state != QuestionState.WAITING:
        raise Refused(_("Frågan är redan besvarad eller avslutad."))
    now = timezone.now()
    found.state, found.answer, found.answered_at = QuestionState.ANSWERED, answer, now
    found.answered_by = by.user if by else None
    found.shown_at = now if show and found.may_show else None
    found.purge_on = timezone.localdate() + KEPT_ANSWERED
    found.save()
    if found.asker_email:
        mail = QuestionAnswered(found.public_id, found.page.title)
        outbox.send(mail, to=found.asker_email, language=found.language, thread=found.public_id)
    note_page("page.question_answered", found.page, by=by.user if by else None, changes=_of(found))
    return found


@transaction.atomic
def close_question(*, by: Acting | None, question: PageQuestion) -> PageQuestion:
    """Close a question that nobody will answer, such as one that was sent for fun. The one who asked is not told."""
    if by is not None and not (can_speak_for(by.user, by) and question.organisation_id == by.organisation.pk):
        raise NotAllowed
    found = _locked(question)
    if found.state != QuestionState.WAITING:
        raise Refused(_("Frågan är redan besvarad eller avslutad."))
    found.state, found.purge_on = QuestionState.CLOSED, timezone.localdate() + timedelta(days=30)
    found.save(update_fields=["state", "purge_on"])
    note_page("page.question_closed", found.page, by=by.user if by else None, changes=_of(found))
    return found


@transaction.atomic
def hide_question(*, by: Any, question_id: str) -> PageQuestion:
    """Take question and answer off the page: the host's editor. Raises NotAllowed, NotVisible."""
    require_editor(by)
    found: PageQuestion | None = PageQuestion.objects.filter(public_id=question_id).select_related("page").first()
    if found is None:
        raise NotVisible
    PageQuestion.objects.filter(pk=found.pk).update(shown_at=None)
    note_page("page.question_hidden", found.page, by=by, changes=_of(found))
    return found


def _locked(question: PageQuestion) -> PageQuestion:
    rows = PageQuestion.objects.select_for_update(of=("self",)).select_related("page__owner", "organisation")
    found: PageQuestion = rows.get(pk=question.pk)
    return found


def _of(question: PageQuestion) -> dict[str, Any]:
    return {"question": [question.public_id, question.state]}
