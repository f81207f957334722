"""What the tests of notices share: a text that is shared, a promise, the mails that went."""

from datetime import UTC, datetime
from typing import Any

from samverka.collaborations import actions, sending
from samverka.collaborations.actions import Place
from samverka.collaborations.enums import Circle
from samverka.collaborations.models import (
    Commitment,
    Entry,
    Notice,
    Party,
)
from samverka.kernel.mail import outbox
from samverka.kernel.models import OutboxMessage, SinkMail
from tests.people import Together
from tests.world import seat_of

WORD = "qvellsinne"
NOON = datetime(2027, 3, 12, 11, 0, tzinfo=UTC)


def shared(together: Together, name: str = "karin", text: str = f"Vårt {WORD}", **options: Any) -> Entry:
    by = seat_of(together, name)
    entry = actions.write_entry(by=by, text=text, place=Place.of("3.2.1"))
    return actions.share_entry(by=by, entry_id=entry.public_id, circle=Circle.ALL, version=1, **options)


def delivered() -> list[SinkMail]:
    """Let the time come for what waits now, send it, and return the mails."""
    sending.send_due()
    for message in OutboxMessage.objects.filter(state="queued").exclude(kind__startswith="invitation"):
        outbox.deliver(message.pk)
    return list(SinkMail.objects.order_by("id"))


def commitment_of(together: Together, *owners: Party, **facts: Any) -> Commitment:
    made = Commitment.objects.create(
        collaboration=together.collaboration, what=f"Koka {WORD}", made_by=together.public_party, **facts
    )
    made.owners.set(owners)
    return made


def told() -> set[str]:
    return set(Notice.objects.values_list("user__name", flat=True))
