"""Who a mail is from: the address and name that stand in it."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from .models import Issue, Sender
from .sending.letters import SenderFacts


def sender_facts(issue: Issue, *, bounce_address: str = "") -> SenderFacts:
    """Return what the head of each of an issue's mails says of its sender."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    sender = Sender.objects.filter(organisation=issue.sender_id).first()
    return SenderFacts(
        name=issue.from_name or (sender.from_name if sender else "") or issue.sender.name or name,
        address=issue.from_address or (sender.from_address if sender else "") or address,
        reply_to=issue.reply_to or (sender.reply_to if sender else "") or settings.CONTACT_EMAIL,
        list_id=f"<{issue.format}.{issue.sender.public_id}.{host}>",
        bounce_address=bounce_address,
    )
