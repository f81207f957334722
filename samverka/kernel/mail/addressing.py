"""How a mail is told from others: its own id, the thread it belongs to, and where an answer to it goes."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings

_THREAD = re.compile(r"[A-Za-z0-9._-]{1,100}")


def message_id(public_id: str) -> str:
    """Return the Message-ID of the mail whose row has that public id: the same however often it is sent."""
    return f"<{public_id}@{_host()}>"


def thread_headers(thread: str) -> dict[str, str]:
    """Return the headers by which mail programs keep the mails of one matter together; `thread` names the matter.

    Raises ValueError for anything but letters, digits, dot, hyphen and underscore.
    """
    if not thread:
        return {}
    if not _THREAD.fullmatch(thread):
        raise ValueError(f"a thread is named by ids, not {thread!r}")
    first = f"<{thread}@{_host()}>"
    return {"In-Reply-To": first, "References": first}


def reply_addresses(given: str | Sequence[str], *, public_id: str, late: bool) -> list[str]:
    """Return where an answer goes: for a late mail its own address first, if REPLY_ADDRESS is set; then `given`.

    The installation's contact address when there would be none.
    """
    addresses = [given] if isinstance(given, str) else list(given)
    own = [own_address(public_id)] if late and settings.REPLY_ADDRESS else []
    found = [address for address in dict.fromkeys([*own, *addresses]) if address]
    return found or [address for address in [settings.CONTACT_EMAIL] if address]


def own_address(public_id: str) -> str:
    """Return REPLY_ADDRESS with the public id of a mail's row in it: svar+b4c5d6f7gh@samverka.example."""
    local, _, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{local}+{public_id}@{domain}"


def _host() -> str:
    return (urlsplit(settings.BASE_URL).hostname or "localhost").encode("idna").decode()
