"""The mails of notices: what waits for a person in a collaboration when its time has come goes into one mail."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from samverka.kernel.ids import public_id
from samverka.kernel.mail import outbox

from .emails import notice_email
from .enums import CollaborationState, CommitmentState, NoticeKind
from .letters import correspondents, is_discreet
from .models import Commitment, Notice
from .notices import tell

#: Notices in one turn; the next turn takes the rest.
AT_MOST = 500
#: Promises that fall due within this are told of, once.
SOON = timedelta(days=7)


@transaction.atomic
def send_due() -> int:
    """Put a mail in the outbox for each person and collaboration where something is to be told by now; return how
    many. Two workers never take the same notice.
    """
    due = Notice.objects.select_for_update(skip_locked=True, of=("self",)).filter(batch="", due_at__lte=timezone.now())
    around = ("user", "party__organisation", "collaboration", "by", "by_party__organisation", "by_party__unit")
    rows = due.select_related(*around).order_by("user", "collaboration", "id")[:AT_MOST]
    mails = [list(group) for _key, group in groupby(rows, key=lambda row: (row.user_id, row.collaboration_id))]
    for notices in mails:
        _send(notices)
    return len(mails)


def _send(notices: Sequence[Notice]) -> None:
    first, batch = notices[0], public_id()
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(batch=batch)
    outbox.send(
        notice_email(notices, batch, hidden=is_discreet(notices)),
        to=first.user.email,
        language=first.user.language,
        organisation=first.party.organisation.public_id,
        reply_to=[person.email for person in correspondents(notices)],
        thread=f"collaboration.{first.collaboration.public_id}",
    )


@transaction.atomic
def note_due_commitments() -> None:
    """Tell those who have promised something that it is to be done within a week; once for each day it was set to."""
    today = timezone.localdate()
    told = Notice.objects.filter(
        kind=NoticeKind.COMMITMENT_DUE, about=OuterRef("pk"), created_at__date__gte=OuterRef("due_on") - SOON
    )
    soon = Commitment.objects.filter(state__in=CommitmentState.open_ones(), due_on__range=(today, today + SOON))
    soon = soon.exclude(collaboration__state=CollaborationState.ENDED)
    for commitment in soon.filter(~Exists(told)).select_related("collaboration"):
        tell(NoticeKind.COMMITMENT_DUE, by=None, about=commitment)
