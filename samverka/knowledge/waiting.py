"""What waits for a person whose organisation is named in an example, or is asked something about one."""

from django.utils.translation import gettext as _

from samverka.kernel.waiting import Waiting, register_waiting
from samverka.organisations.queries import Acting
from samverka.organisations.rules import can_take_part

from .enums import Approval, PageState, QuestionState
from .models import PageQuestion
from .rules import can_speak_for
from .writing import asked_of, feedback_to, state_of

MOST = 50
_OVER = (PageState.WITHDRAWN,)


@register_waiting
def texts_to_approve(acting: Acting) -> list[Waiting]:
    """Return the texts that the organisation has been asked about and has not answered."""
    if not can_take_part(acting.user, acting):
        return []
    asked = asked_of(acting).exclude(page__state__in=_OVER)[:MOST]
    return [
        Waiting(
            _("Läs och godkänn exemplet"), party.page.title,
            ("our_example", acting.organisation.public_id, party.page.public_id),
            party.asked_at.date() if party.asked_at else None,
        )
        for party in asked
        if state_of(party, party.page) == Approval.WAITING
    ]  # fmt: skip


@register_waiting
def questions_to_answer(acting: Acting) -> list[Waiting]:
    """Return the questions about what the organisation has told."""
    if not can_speak_for(acting.user, acting):
        return []
    asked = PageQuestion.objects.filter(organisation=acting.organisation, state=QuestionState.WAITING)
    return [
        Waiting(
            _("Svara på en fråga"), question.page.title,
            ("our_question", acting.organisation.public_id, question.public_id), question.created_at.date(),
        )
        for question in asked.select_related("page").order_by("created_at")[:MOST]
    ]  # fmt: skip


@register_waiting
def visitors_to_answer(acting: Acting) -> list[Waiting]:
    """Return what visitors have said of the organisation's pages and want an answer to."""
    if not can_take_part(acting.user, acting):
        return []
    said = feedback_to(acting).waiting().exclude(reply_email="").order_by("created_at")
    return [
        Waiting(
            _("Svara på en synpunkt"), one.page.title,
            ("our_feedback_one", acting.organisation.public_id, one.public_id), one.created_at.date(),
        )
        for one in said[:MOST]
    ]  # fmt: skip
