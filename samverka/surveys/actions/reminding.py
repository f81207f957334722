"""What reminds those who have not answered."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samverka.kernel import audit

from ..emails import SurveyReminder
from ..letters import name_of
from ..models import Asked, Reminder, Round
from ..reminding import due, invited_before
from .mailing import put_in_outbox

BATCH = 50


def remind_silent(*, by: Any) -> int:
    """Remind in every open round those whose reminder is due today; return how many. Run again it reminds nobody twice.

    In an anonymous round nobody knows who has answered: all are reminded, and the mail thanks those who have.
    """
    today, reminded = timezone.localdate(), 0
    for found in Round.objects.open().filter(closes_on__gte=today):
        if number := due(found, today):
            while some := remind_some(by=by, round_id=found.pk, number=number, today=today):
                reminded += some
    return reminded


@transaction.atomic
def remind_some(*, by: Any, round_id: int, number: int, today: datetime.date) -> int:
    """Put the next BATCH of a reminder in the outbox; return how many."""
    rows = Asked.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "round", "organisation", "unit"
    )
    due_to = rows.filter(round_id=round_id, invited_at__date__lte=invited_before(today)).silent().exclude(email="")
    some = list(due_to.exclude(reminders__number__gte=number).order_by("pk")[:BATCH])
    Reminder.objects.bulk_create(Reminder(asked=one, number=number, sent_on=today) for one in some)
    for one in some:
        put_in_outbox(SurveyReminder, one)
    audit.record_many(
        audit.entry(
            "round.reminded", by=by, kind="asked", object_id=one.public_id, label=f"{name_of(one)}: {one.round}",
            changes={"number": [None, number]},
        )
        for one in some
    )  # fmt: skip
    return len(some)
