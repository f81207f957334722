"""The outbox as the host sees it: how messages fare, never what they say or to whom in full."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samverka.kernel import audit
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.models import OutboxMessage, OutboxState

from . import outbox
from .emails import registered

_ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")


@dataclass(frozen=True)
class SentRow:
    """A message without its content: what kind, to whom (masked), state, tries, times, the server's last answer, and
    whether its text stands in the outbox.
    """

    public_id: str
    title: str
    to: str
    state: str
    state_label: Any
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    last_error: str
    has_text: bool

    @property
    def has_failed(self) -> bool:
        """Whether it can be tried again."""
        return self.state == OutboxState.FAILED


def messages(state: str = "") -> QuerySet[OutboxMessage]:
    """Return messages, newest first, without their texts; in one state if given."""
    found = OutboxMessage.objects.order_by("-id").defer("subject", "text", "html", "headers", "arguments")
    return found.filter(state=state) if state in OutboxState.values else found


def rows(found: Sequence[OutboxMessage]) -> list[SentRow]:
    """Return what may be shown of each message."""
    titles = {email.code: str(email.title) for email in registered()}
    return [
        SentRow(
            public_id=message.public_id,
            title=titles.get(message.kind, message.kind),
            to=masked(message.to_address),
            state=message.state,
            state_label=OutboxState(message.state).label,
            attempts=message.attempts,
            created_at=message.created_at,
            sent_at=message.sent_at,
            last_error=_ADDRESS.sub(lambda address: masked(address.group()), message.last_error),
            has_text=not (message.late or (message.secret and message.state == OutboxState.SENT)),
        )
        for message in found
    ]


def masked(address: str) -> str:
    """Return an address with all but its first letter and its domain left out: k…@exempel.se."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…{at}{domain}"


@transaction.atomic
def send_again(public_id: str, *, by: Any) -> None:
    """Put a failed message back in the queue. Raises NotVisible without one, Refused when it has not failed."""
    message = OutboxMessage.objects.filter(public_id=public_id).only("pk", "kind").first()
    if message is None:
        raise NotVisible
    if not outbox.try_again(message.pk):
        raise Refused(_("Meddelandet har inte misslyckats, eller är redan på väg."))
    audit.record("message.retried", by=by, kind="message", object_id=public_id, label=message.kind)
