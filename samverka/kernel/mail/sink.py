"""A mail backend that keeps mails instead of sending them: for development, demo and tests."""

from collections.abc import Sequence
from email.message import EmailMessage as MimeMessage

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from ..models import SinkMail


class SinkBackend(BaseEmailBackend):
    """Stores each mail as a SinkMail, as it would have left."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store `email_messages`; return how many."""
        for mail in email_messages:
            html = next((c for c, kind in getattr(mail, "alternatives", []) if kind == "text/html"), "")
            SinkMail.objects.create(
                to_addresses=", ".join(mail.recipients())[:1000],
                subject=mail.subject[:300],
                text=str(mail.body),
                html=html if isinstance(mail, EmailMultiAlternatives) else "",
                raw=_raw(mail),
            )
        return len(email_messages)


def _raw(mail: EmailMessage) -> bytes:
    message: MimeMessage = mail.message()
    return message.as_bytes()
