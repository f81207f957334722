"""Where mails go when the installation has no mail server: the sink, like all other mail."""

import email
import email.policy
from collections.abc import Callable
from email.message import EmailMessage

from samverka.kernel.models import SinkMail

from .letters import Envelope
from .outcomes import Answer, Outcome


class SinkCarrier:
    """Keeps a mail as a SinkMail. Works in the thread that holds the database."""

    def hand_over(self, envelope: Envelope, before: Callable[[int], None]) -> Outcome:
        """Keep the mail."""
        before(envelope.delivery)
        read = email.message_from_bytes(envelope.content, policy=email.policy.default)
        SinkMail.objects.create(
            to_addresses=envelope.recipient[:1000], subject=str(read["Subject"])[:300], text=_body(read, "plain"),
            html=_body(read, "html"), raw=envelope.content,
        )  # fmt: skip
        return Outcome(envelope.delivery, Answer.TAKEN, "250 kept")

    def close(self) -> None:
        """Nothing is open."""


def _body(read: EmailMessage, kind: str) -> str:
    part = read.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
