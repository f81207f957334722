"""What adds responses that came from elsewhere, many at once."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import Refused

from ..bodies import bodies_called
from ..columns import store_columns
from ..enums import RoundSide, RoundState
from ..models import Response, Round
from .checks import require_analyst

#: A response on its way in: what the respondent is called, and the answers as JSON text.
Incoming = tuple[str, str]


@transaction.atomic
def add_responses(
    *, by: Any, round_id: int, responses: Iterable[Incoming], check: Callable[[], None] = lambda: None
) -> int:
    """Add many responses at once and count them anew; return how many. `check` is called when all have been read, and
    whatever it raises leaves nothing behind. Raises NotAllowed, Refused.
    """
    require_analyst(by)
    found = Round.objects.select_for_update().get(pk=round_id)
    if found.state != RoundState.OPEN:
        raise Refused(_("Omgången %(name)s är stängd och tar inte emot svar.") % {"name": found.slug})
    added = _copy(found, responses)
    check()
    if found.side == RoundSide.PUBLIC:
        _connect(found)
    Round.objects.filter(pk=found.pk).update(revision=F("revision") + 1)
    found.refresh_from_db()
    store_columns(round=found)
    audit.record(
        "round.responses_added", by=by, kind="round", object_id=found.slug, changes={"responses": [None, added]}
    )
    return added


def _copy(found: Round, responses: Iterable[Incoming]) -> int:
    table, today, added = Response._meta.db_table, timezone.localdate(), 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (round_id, respondent, answers, received_on) FROM STDIN") as copy,
    ):
        for respondent, answers in responses:
            copy.write_row((found.pk, respondent, answers, today))
            added += 1
    return added


def _connect(found: Round) -> None:
    """Let responses be those of the bodies that their respondents are called by; one response for each body."""
    alone = Response.objects.filter(round=found, organisation=None).exclude(respondent="").in_order()
    taken = set(Response.objects.filter(round=found).exclude(organisation=None).values_list("organisation", flat=True))
    keys, called, changed = dict(alone.values_list("respondent", "pk")), {}, []
    if keys:
        called = bodies_called(keys)
    for name, body in called.items():
        if body not in taken:
            taken.add(body)
            changed.append(Response(pk=keys[name], organisation_id=body))
    Response.objects.bulk_update(changed, ["organisation"], batch_size=500)
