"""An answer that asks for no more, and which mail of ours something came back about."""

import email
import re
from email.message import Message
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from ..models import Delivery

_NO_MORE = re.compile(
    r"^\W*(?:avregistrera|avanmäl|avsluta|sluta|stop|stopp|unsubscribe|ta bort (?:mig|oss))\b", re.IGNORECASE
)
_ID = "[23456789bcdfghjkmnpqrstvwxz]{10}"


def asks_for_no_more(content: bytes) -> str:
    """Return the address of whoever answers with only that word, in the subject or as the first line; else ""."""
    mail = email.message_from_bytes(content)
    subject = re.sub(r"^(?:(?:re|sv|vs|fw):\s*)+", "", str(mail.get("Subject", "")), flags=re.IGNORECASE)
    if _NO_MORE.match(subject) or _NO_MORE.match(_first_line(mail)):
        return parseaddr(str(mail.get("From", "")))[1].lower()
    return ""


def _first_line(mail: Message) -> str:
    part = next((part for part in mail.walk() if part.get_content_type() == "text/plain"), None)
    raw = part.get_payload(decode=True) if part is not None else None
    text = raw.decode(errors="replace") if isinstance(raw, bytes) else ""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) < 60 else ""


def delivery_of(content: bytes) -> Delivery | None:
    """Return the mail of ours that something came back about: by the address it came to, else by our Message-ID."""
    found = _by_address(content) or _by_message_id(content)
    there = Delivery.objects.select_related("issue__sender", "organisation")
    row: Delivery | None = there.filter(public_id=found).first() if found else None
    return row


def _by_address(content: bytes) -> str:
    if not settings.BOUNCE_ADDRESS:
        return ""
    local, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    pattern = rf"{re.escape(local)}\+({_ID})@{re.escape(domain)}".encode()
    match = re.search(pattern, content, re.IGNORECASE)
    return match.group(1).decode().lower() if match else ""


def _by_message_id(content: bytes) -> str:
    host = (urlsplit(settings.BASE_URL).hostname or "localhost").encode("idna")
    match = re.search(rb"<(" + _ID.encode() + rb")@" + re.escape(host) + rb">", content)
    return match.group(1).decode() if match else ""
