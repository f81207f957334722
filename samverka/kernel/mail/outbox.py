"""The outbox: a mail is a row in the caller's transaction, and leaves by a job when the transaction has held."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from ..models import OutboxMessage, OutboxState
from .emails import Email

MOST_ATTEMPTS = 8
#: A message taken by a worker that died is tried again after this.
LEASE = timedelta(minutes=5)


def send(
    email: Email,
    *,
    to: str,
    language: str = "sv",
    organisation: str = "",
    reply_to: str = "",
    headers: dict[str, str] | None = None,
) -> OutboxMessage:
    """Put `email` in the outbox for the address `to`; returns the row. Nothing leaves if the transaction is undone."""
    from ..tasks import send_message

    rendered = email.render(language)
    message = OutboxMessage.objects.create(
        kind=email.code,
        to_address=to,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        reply_to=reply_to or settings.CONTACT_EMAIL,
        headers=headers or {},
        language=language,
        secret=email.secret,
        organisation_id=organisation,
        purge_on=timezone.localdate() + timedelta(days=email.keep_days),
    )
    send_message.defer(message_id=message.pk)
    return message


def deliver(message_id: int) -> bool:
    """Send one waiting message; return whether it left. A failure is noted and tried again later, 8 times at most.

    The row is leased before the server is spoken to, so that two workers never send the same message at once, and no
    transaction is open meanwhile. A worker killed between the server's yes and our note sends again after the lease.
    """
    message = _lease(message_id)
    if message is None:
        return False
    try:
        _hand_over(message)
    except Exception as error:
        _note_failure(message, error)
        return False
    message.state, message.sent_at, message.last_error = OutboxState.SENT, timezone.now(), ""
    if message.secret:
        message.text = message.html = ""
    message.save(update_fields=["state", "sent_at", "last_error", "text", "html"])
    return True


@transaction.atomic
def _lease(message_id: int) -> OutboxMessage | None:
    now = timezone.now()
    message = (
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(pk=message_id, state=OutboxState.QUEUED, next_attempt_at__lte=now)
        .first()
    )
    if message is None:
        return None
    message.attempts += 1
    message.next_attempt_at = now + LEASE
    message.save(update_fields=["attempts", "next_attempt_at"])
    return message


def _hand_over(message: OutboxMessage) -> None:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to_address],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"Auto-Submitted": "auto-generated", "Content-Language": message.language, **message.headers},
        connection=get_connection(),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    mail.send()


def _note_failure(message: OutboxMessage, error: Exception) -> None:
    message.last_error = f"{type(error).__name__}: {error}"[:500]
    if message.attempts >= MOST_ATTEMPTS:
        message.state = OutboxState.FAILED
    else:
        message.next_attempt_at = timezone.now() + timedelta(minutes=2 ** (message.attempts - 1))
    message.save(update_fields=["state", "last_error", "next_attempt_at"])


def try_again(message_id: int) -> bool:
    """Put a failed message back in the queue; return whether there was one."""
    from ..tasks import send_message

    with transaction.atomic():
        changed = OutboxMessage.objects.filter(pk=message_id, state=OutboxState.FAILED).update(
            state=OutboxState.QUEUED, attempts=0, next_attempt_at=timezone.now(), last_error=""
        )
        if changed:
            send_message.defer(message_id=message_id)
    return bool(changed)


def waiting_ids(limit: int = 500) -> list[int]:
    """Return the ids of messages whose time has come, oldest first."""
    due = OutboxMessage.objects.filter(state=OutboxState.QUEUED, next_attempt_at__lte=timezone.now())
    return list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])
