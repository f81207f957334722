"""A real mail server for tests, on a port of its own: what it says to each address can be set."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings


@dataclass
class Taken:
    """A mail as it arrived."""

    sender: str
    recipient: str
    content: bytes

    @property
    def read(self) -> EmailMessage:
        """The mail, parsed."""
        found = email.message_from_bytes(self.content, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        return found


@dataclass
class MailServer:
    """What has arrived, and the answers that are set: address -> what is said to RCPT, or to the whole mail."""

    mails: list[Taken] = field(default_factory=list)
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_mail: dict[str, str] = field(default_factory=dict)

    @property
    def recipients(self) -> list[str]:
        """Those who have got a mail, in order, each as often as it came."""
        return sorted(mail.recipient for mail in self.mails)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.to_recipient:
            return self.to_recipient[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        said = self.to_mail.get(envelope.rcpt_tos[0], "250 taken")
        if said.startswith("250"):
            self.mails.append(Taken(envelope.mail_from, envelope.rcpt_tos[0], envelope.content))
        return said


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server, and let the product send through it."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=port, decode_data=False)
    controller.start()
    settings = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "MAIL_SINK": False, "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False, "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "", "SEND_CONNECTIONS": 3, "SEND_PER_DOMAIN": 0,
    }  # fmt: skip
    try:
        with override_settings(**settings):
            yield server
    finally:
        from samverka.newsletters.sending import crew

        crew.hang_up()
        controller.stop()
