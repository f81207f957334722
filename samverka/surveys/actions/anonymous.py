"""What takes answers by an open link, so that nobody can tell who sent which, in what order or when.

What has to hold, and is held by `tests/surveys/test_anonymous.py`: a dump of the database together with the product's
own logs tells of an answer which day it came, and nothing more of who or when. So there is no row in the trail for an
answer, no count that goes up by one, and no row that lies after the one before it.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotVisible, Refused

from ..enums import RoundAccess, RoundState
from ..models import HeldResponse, Response, Round, SentForm
from ..models.anonymous import random_key

_BATCH = 500


class NotKept(Exception):
    """The database did not take an answer. It says nothing of the answer: the message goes to the log."""


def send_anonymously(*, slug: str, key: str, answers: dict[str, Any]) -> bool:
    """Keep an answer to a round with an open link; `key` is the browser's own. Return whether it is new.

    Raises NotVisible for a round without an open link, Refused when it takes no answers, NotKept.
    """
    try:
        with transaction.atomic():
            return _keep(_open_round(slug), key, answers)
    except DatabaseError:
        pass
    # Outside of the handler: what the database says of a row it refuses holds the whole row.
    raise NotKept


def _open_round(slug: str) -> Round:
    # The lock lets one at a time in. It writes nothing that a dump holds.
    found: Round | None = Round.objects.select_for_update().filter(slug=slug).first()
    if found is None or not found.is_anonymous:
        raise NotVisible
    if found.state != RoundState.OPEN:
        raise Refused(_("Omgången är stängd och tar inte emot svar."))
    return found


def _keep(found: Round, key: str, answers: dict[str, Any]) -> bool:
    digest = hashlib.sha256(f"{found.slug}:{key}".encode()).hexdigest()
    if SentForm.objects.filter(pk=digest).exists():
        return False
    new = HeldResponse(id=random_key(), round=found, answers=answers, received_on=timezone.localdate())
    _write_anew(HeldResponse, [*HeldResponse.objects.filter(round=found), new])
    _write_anew(SentForm, [*SentForm.objects.all(), SentForm(digest=digest)])
    return True


def _write_anew(model: Any, rows: Iterable[Any]) -> None:
    """Write rows in the order of their keys, so that where they lie tells nothing of when they came."""
    kept = sorted(rows, key=lambda row: row.pk)
    model.objects.filter(pk__in=[row.pk for row in kept]).delete()
    model.objects.bulk_create(kept, batch_size=_BATCH)


@transaction.atomic
def count_held(*, by: None = None) -> int:
    """Let the answers of days gone by count, in an order that tells nothing; return how many. Today's wait, also when
    the round has closed: whoever could have them counted at any time could tell when one came. So no person may.
    """
    held = HeldResponse.objects.filter(received_on__lt=timezone.localdate())
    rounds = Round.objects.select_for_update().filter(pk__in=held.values("round")).order_by("pk")
    counted = sum(_count(found, held.filter(round=found), by) for found in rounds)
    if not Round.objects.open().filter(access=RoundAccess.OPEN).exists():
        SentForm.objects.all().delete()
    return counted


def require_all_counted(found: Round) -> None:
    """Raise Refused while answers wait for the night."""
    if HeldResponse.objects.filter(round=found).exists():
        raise Refused(_("De senaste svaren räknas i natt. Visa resultatet i morgon."))


def _count(found: Round, held: Any, by: None) -> int:
    days: dict[date, list[Response]] = {}
    for row in held:
        made = Response(id=random_key(), round=found, answers=row.answers, received_on=row.received_on)
        days.setdefault(row.received_on, []).append(made)
    responses = [one for _day, some in sorted(days.items()) for one in sorted(some, key=lambda one: one.pk)]
    held.delete()
    Response.objects.bulk_create(responses, batch_size=_BATCH)
    Round.objects.filter(pk=found.pk).update(revision=F("revision") + 1)
    audit.record(
        "round.answers_counted", by=by, kind="round", object_id=found.slug[:40], label=str(found),
        changes={"responses": [None, len(responses)]},
    )  # fmt: skip
    return len(responses)
