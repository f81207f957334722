"""The outbox: a mail is a row in the caller's transaction, and leaves by a job when the transaction has held.

The row of a late mail (`Email.late`) holds its kind, its fields and its subject; the body is made when it leaves.
"""

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException
from socket import gaierror

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone, translation

from ..models import OutboxMessage, OutboxState
from .addressing import message_id, reply_addresses, thread_headers
from .emails import Email, Rendered, made_again

MOST_ATTEMPTS = 8
#: A message taken by a worker that died is tried again after this.
LEASE = timedelta(minutes=5)
#: Errors of the way to the mail server. What others say of a late mail could hold its text.
_OF_THE_WAY = (SMTPException, ConnectionError, TimeoutError, gaierror)


def send(
    email: Email,
    *,
    to: str,
    language: str = "sv",
    organisation: str = "",
    reply_to: str | Sequence[str] = (),
    headers: dict[str, str] | None = None,
    thread: str = "",
) -> OutboxMessage:
    """Put `email` in the outbox for the address `to`; returns the row. Nothing leaves if the transaction is undone.

    An answer goes to `reply_to`, one address or several (see `reply_addresses`). Mails of the same `thread`, an id of
    what they are about, stand together in the reader's mail program.
    """
    from ..tasks import send_message

    message = OutboxMessage(
        kind=email.code,
        to_address=to,
        headers=thread_headers(thread) | (headers or {}),
        language=language,
        secret=email.secret,
        late=email.late,
        organisation_id=organisation,
        purge_on=timezone.localdate() + timedelta(days=email.keep_days),
    )
    message.reply_to = reply_addresses(reply_to, public_id=message.public_id, late=email.late)
    _write(message, email)
    message.save()
    send_message.defer(message_id=message.pk)
    return message


def _write(message: OutboxMessage, email: Email) -> None:
    if email.late:
        message.subject, message.arguments = email.subject_line(message.language), email.arguments()
        return
    rendered = email.render(message.language)
    message.subject, message.text, message.html = rendered.subject, rendered.text, rendered.html


def deliver(message_id: int) -> bool:
    """Send one waiting message; return whether it left. A failure is noted and tried again later, 8 times at most.
    A late message whose text may not be sent any more is cancelled.

    The row is leased before the server is spoken to, so that two workers never send the same message at once, and no
    transaction is open meanwhile. A worker killed between the server's yes and our note sends again after the lease.
    """
    message = _lease(message_id)
    if message is None:
        return False
    try:
        rendered = _rendered(message)
        if rendered is not None:
            _hand_over(message, rendered)
    except Exception as error:
        _note_failure(message, error)
        return False
    _note_end(message, OutboxState.SENT if rendered else OutboxState.CANCELLED)
    return rendered is not None


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


def _rendered(message: OutboxMessage) -> Rendered | None:
    """Return what the message says; None when a late one is no longer to be sent."""
    if not message.late:
        return Rendered(message.subject, message.text, message.html)
    email = made_again(message.kind, message.arguments)
    with translation.override(message.language):
        built = email.build()
    return None if built is None else email.render(message.language, built)


def _hand_over(message: OutboxMessage, rendered: Rendered) -> None:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=rendered.text,
        to=[message.to_address],
        reply_to=message.reply_to,
        headers={
            "Message-ID": message_id(message.public_id),
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
            **message.headers,
        },
        connection=get_connection(),
    )
    if rendered.html:
        mail.attach_alternative(rendered.html, "text/html")
    mail.send()


def _note_end(message: OutboxMessage, state: OutboxState) -> None:
    message.state, message.last_error = state, ""
    message.sent_at = timezone.now() if state == OutboxState.SENT else None
    if message.secret:
        message.text = message.html = ""
        message.arguments = {}
    message.save(update_fields=["state", "sent_at", "last_error", "text", "html", "arguments"])


def _told(message: OutboxMessage, error: Exception) -> str:
    """Return what may be noted of an error: of a late message's nothing that could repeat its text."""
    name = type(error).__name__
    if not message.late:
        return f"{name}: {error}"
    if isinstance(error, SMTPDataError):
        return f"{name}: {error.smtp_code}"
    return f"{name}: {error}" if isinstance(error, _OF_THE_WAY) else name


def _note_failure(message: OutboxMessage, error: Exception) -> None:
    message.last_error = _told(message, error)[:500]
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
