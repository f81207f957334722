"""What sends the invitations of a round, once to each, and the link again to one who asks for it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samverka.kernel import audit
from samverka.kernel.errors import Refused
from samverka.kernel.models import JobProgress

from ..emails import SurveyInvitation
from ..enums import AskedState
from ..letters import name_of
from ..models import Asked
from .checks import require_analyst
from .mailing import put_in_outbox
from .steps import locked_asked, locked_round, note, require_open, set_values

#: The kind of the rows that tell how far the sending is; `label` is the round's slug.
SENDING = "survey_invitations"
BATCH = 50


@transaction.atomic
def invite(*, by: Any, slug: str) -> JobProgress:
    """Queue the invitations of all in the panel who have an address and no invitation; the row tells how far it is.

    The same row comes back while it is being sent. Raises NotAllowed; Refused when the round is not open, or there is
    nobody to invite.
    """
    require_analyst(by)
    found = locked_round(slug)
    require_open(found)
    waiting = Asked.objects.filter(round=found).to_invite().count()
    running = JobProgress.objects.filter(kind=SENDING, label=slug, state__in=["waiting", "running"]).first()
    if running:
        return running
    if not waiting:
        raise Refused(_("Det finns ingen att bjuda in: alla med en adress är redan inbjudna."))
    progress = JobProgress.objects.create(kind=SENDING, label=slug, owner_id=by.pk, total=waiting)
    app.configure_task("samverka.surveys.tasks.send_invitations").defer(progress_id=progress.pk)
    note("round.invitations_queued", found, by=by, changes={"invitations": [None, waiting]})
    return progress


@transaction.atomic
def invite_some(*, by: Any, slug: str) -> int:
    """Put the next BATCH of a round's invitations in the outbox; return how many. Nobody gets two: each is locked, and
    has its time, in the transaction that its mail is a row of.
    """
    require_analyst(by)
    rows = Asked.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "round", "organisation", "unit"
    )
    asked = list(rows.filter(round__slug=slug, round__state="open").to_invite().order_by("pk")[:BATCH])
    for one in asked:
        put_in_outbox(SurveyInvitation, one)
        one.state, one.invited_at, one.row_version = AskedState.INVITED, timezone.now(), one.row_version + 1
    Asked.objects.bulk_update(asked, ["state", "invited_at", "row_version"])
    audit.record_many(
        audit.entry("round.invited", by=by, kind="asked", object_id=one.public_id, label=f"{name_of(one)}: {one.round}")
        for one in asked
    )
    return len(asked)


@transaction.atomic
def send_link_again(*, by: Any, asked_id: str) -> None:
    """Send the invitation with the same link once more. Raises NotAllowed; Refused without an address, for one who is
    not invited, or in a round that is not open.
    """
    require_analyst(by)
    asked = locked_asked(asked_id)
    _require_link(asked)
    put_in_outbox(SurveyInvitation, asked)
    note("round.link_sent_again", asked, by=by)


@transaction.atomic
def renew_link(*, by: Any, asked_id: str) -> None:
    """Make the old link dead and send a new one. Blocks that were passed on need new links too. Raises as above."""
    require_analyst(by)
    asked = locked_asked(asked_id)
    _require_link(asked)
    set_values(asked, {"link_number": asked.link_number + 1})
    put_in_outbox(SurveyInvitation, asked)
    note("round.link_renewed", asked, by=by)


def _require_link(asked: Asked) -> None:
    require_open(asked.round)
    if not asked.email:
        raise Refused(_("Det finns ingen adress att skicka till. Skriv in en först."))
    if asked.state in {AskedState.WAITING, AskedState.DECLINED}:
        raise Refused(_("Länken skickas bara till den som är inbjuden och inte har avstått."))
