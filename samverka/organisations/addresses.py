"""E-mail and web addresses: which are well-formed, and which look like a person's own."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

#: Mail services that persons have; an address there may be somebody's own (users.md R10).
_FREE_MAIL = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|mac|aol|proton|protonmail|telia|comhem|bredband|tele2|spray|passagen"
    r"|home|swipnet|glocalnet|bahnhof|tiscali|algonet|brevet|mailbox|fastmail|gmx|zoho)\.[a-z.]+$",
    re.IGNORECASE,
)
#: First parts that are an office, not a person.
_OFFICE = re.compile(
    r"^(?:info|kansli\w*|kontakt|contact|styrelsen?|post|mail|e?post|expedition\w*|kontor\w*|registrator\w*|diariet|hej|hello|office|reception"
    r"|kommun\w*|region\w*|for(?:e|ä)ning\w*|medlem\w*|service\w*|kundtj\w*|admin\w*|webb?\w*|press|\w*namnd\w*|\w*forvaltning\w*)(?:[.\-+_]|$|@)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_HOST = re.compile(r"^(?=.{4,253}$)(?:[^\s./@:]{1,63}\.)+[^\W\d_][\w\-]{1,62}$")
_email = EmailValidator()


def looks_private(email: str) -> bool:
    """Return whether `email` may be a person's own: at a free mail service, or without an office before the @."""
    local, _, _domain = email.partition("@")
    return bool(_FREE_MAIL.search(email)) or not _OFFICE.match(local)


def masked(email: str) -> str:
    """Return an address so that who knows it recognises it, and nobody else learns it: f…@g….com."""
    local, _, domain = email.partition("@")
    name, _, ending = domain.rpartition(".")
    return f"{local[:1]}…@{name[:1]}….{ending}" if email else ""


def email_or_none(text: str) -> str | None:
    """Return `text` as an address in lower case, "" for an empty text, None if it is no address."""
    address = text.strip().removeprefix("mailto:").strip().lower()
    if not address:
        return ""
    try:
        _email(address)
    except ValidationError:
        return None
    return address if len(address) <= 254 else None


def web_address_or_none(text: str) -> str | None:
    """Return `text` as a web address (https:// where no scheme is given), "" for an empty text, None if it is none."""
    address = "".join(text.split())
    if not address:
        return ""
    if address.startswith("//"):
        address = f"https:{address}"
    if not address.lower().startswith(("http://", "https://")):
        if _SCHEME.match(address) and not re.match(r"^[^/:]+\.[a-z]+:\d+(?:/|$)", address, re.IGNORECASE):
            return None
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        return None
    sound = (
        _HOST.match(host)
        and not parts.username
        and len(address) <= 500
        and not re.search(r'[<>"\\^`{|}\x00-\x20]', address)
    )
    return address if sound else None


def web_label(address: str) -> str:
    """Return a web address as it reads: without scheme, www and a last slash."""
    return re.sub(r"^https?://(?:www\.)?", "", address, flags=re.IGNORECASE).rstrip("/")
