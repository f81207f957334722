"""One connection to the mail server, kept open from mail to mail.

Where the server takes several commands at once (PIPELINING, RFC 2920) a mail costs two round trips: the commands, and
the mail. smtplib opens the connection, signs in and reads the answers; the rest is said here.
"""

import contextlib
import smtplib
import ssl
from collections.abc import Callable

from django.conf import settings

from .letters import Envelope
from .outcomes import Answer, Outcome

#: What a server says when it is about to hang up.
_CLOSING = 421


class Carrier:
    """Hands mails over, one at a time. `before` is called with a mail's number just before its content leaves."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None

    def hand_over(self, envelope: Envelope, before: Callable[[int], None]) -> Outcome:
        """Return what the server answered. Never raises for what happens on the way."""
        try:
            smtp = self._open()
            refused = self._ask(smtp, envelope)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self.close()
            return Outcome(envelope.delivery, Answer.NOT_HANDED, _told(error))
        if refused is not None:
            return refused
        before(envelope.delivery)
        try:
            smtp.send(_dotted(envelope.content))
            code, text = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(envelope.delivery, Answer.UNKNOWN, _told(error))
        return self._outcome(envelope, code, text)

    def close(self) -> None:
        """Hang up."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.close()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = _connect()
        return self._smtp

    def _ask(self, smtp: smtplib.SMTP, envelope: Envelope) -> Outcome | None:
        """Say whom the mail is from and to; return the refusal, or None when the content may come."""
        commands = [
            "RSET", f"MAIL FROM:<{envelope.sender}>", f"RCPT TO:<{envelope.recipient}>", "DATA",
        ]  # fmt: skip
        answers = _at_once(smtp, commands) if smtp.has_extn("pipelining") else _one_by_one(smtp, commands)
        if answers[-1][0] == 354 and all(code < 400 for code, _text in answers):
            return None
        if answers[-1][0] == 354:  # it refused the recipient and waits for a mail all the same: end it
            smtp.send(b".\r\n")
            smtp.getreply()
        return self._outcome(envelope, *next(answer for answer in answers if answer[0] >= 400))

    def _outcome(self, envelope: Envelope, code: int, text: bytes) -> Outcome:
        if code == _CLOSING or code < 0:
            self.close()
        told = f"{code} {text.decode(errors='replace')}"[:300]
        kind = Answer.TAKEN if 200 <= code < 300 else Answer.REFUSED if code >= 500 else Answer.LATER
        return Outcome(envelope.delivery, kind, told)


def _connect() -> smtplib.SMTP:
    secure = ssl.create_default_context()
    place = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    if settings.EMAIL_USE_SSL:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=settings.EMAIL_TIMEOUT, context=secure)
    else:
        smtp = smtplib.SMTP(*place, timeout=settings.EMAIL_TIMEOUT)
    smtp.ehlo()
    if settings.EMAIL_USE_TLS:
        smtp.starttls(context=secure)
        smtp.ehlo()
    if settings.EMAIL_HOST_USER:
        smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    return smtp


def _at_once(smtp: smtplib.SMTP, commands: list[str]) -> list[tuple[int, bytes]]:
    smtp.send("".join(f"{command}\r\n" for command in commands))
    return [smtp.getreply() for _command in commands]


def _one_by_one(smtp: smtplib.SMTP, commands: list[str]) -> list[tuple[int, bytes]]:
    answers: list[tuple[int, bytes]] = []
    for command in commands:
        answers.append(smtp.docmd(command))
        if answers[-1][0] >= 400:
            break
    return answers


def _dotted(content: bytes) -> bytes:
    """Return the content as it goes over the wire: lines that begin with a dot get one more, and a dot ends it."""
    content = content.replace(b"\r\n.", b"\r\n..")
    content = b"." + content if content.startswith(b".") else content
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
