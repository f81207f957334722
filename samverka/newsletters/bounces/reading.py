"""A mail that has come back, read: which addresses failed, and how."""

import email
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

from flufl.bounce import all_failures

from ..enums import BounceKind
from .signs import kind_of

logging.getLogger("flufl.bounce").setLevel(logging.WARNING)

_DAEMON = re.compile(r"mailer.?daemon|postmaster|mail (?:delivery|administrator|system)|virus", re.IGNORECASE)
_FAILED_SUBJECT = re.compile(r"fail|undeliver|not be delivered|returned|mail error|delivery", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,200}>")
_ADDRESS = re.compile(r"[^\s<>\"';,:()\[\]]+@[^\s<>\"';,:()\[\]]+\.[\w-]+")
_AUTO_SUBJECT = re.compile(
    r"auto.?(?:reply|svar|respon)|automatisk|out of (?:the )?office|vacation|frånvaro|semester|abwesen"
    r"|thank you for your|tack för ditt (?:mejl|mail|meddelande)",
    re.IGNORECASE,
)
#: Where the mail that failed begins, in old bounces that are one text.
_ORIGINAL = re.compile(
    r"^[ >|-]*(?:-{2,}.{0,40}(?:original|returned|copy|unsent|header|message)|(?:original|unsent|returned) message"
    r"|received: from|return-path:|(?:below this line|here is|included|attached).{0,40}(?:copy|message)).*$",
    re.IGNORECASE | re.MULTILINE,
)
_ORIGINALS = {"message/rfc822", "text/rfc822-headers"}
_LONGEST = 300


@dataclass(frozen=True)
class Finding:
    """What a mail says of one recipient; `recipient` is "" where it names none."""

    recipient: str
    kind: BounceKind
    status: str = ""
    told: str = ""


def read_mail(content: bytes) -> list[Finding]:
    """Return what a mail says: a finding for each recipient that failed or complained, else one for the mail itself."""
    mail = email.message_from_bytes(content)
    found = list(_complaints(mail)) or list(_reported(mail)) or list(_guessed(mail)) or list(_unnamed(mail))
    if found:
        return _each_once(found)
    return [Finding("", BounceKind.AUTOREPLY if _is_automatic(mail) else BounceKind.NONE)]


def _each_once(found: list[Finding]) -> list[Finding]:
    """Return one finding for each recipient, a hard one before others."""
    by_recipient: dict[str, Finding] = {}
    for finding in found:
        known = by_recipient.get(finding.recipient)
        if known is None or (finding.kind == BounceKind.HARD and known.kind == BounceKind.SOFT):
            by_recipient[finding.recipient] = finding
    return list(by_recipient.values())


def _complaints(mail: Message) -> Iterator[Finding]:
    """Read a feedback report (RFC 5965)."""
    if str(mail.get_param("report-type", "")).lower() != "feedback-report":
        return
    told = _fields(part for part in mail.walk() if part.get_content_type() == "message/feedback-report")
    original = next(
        (part for part in mail.walk() if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}), None
    )
    to = told.get("original-rcpt-to") or _header_of(original, "to")
    yield Finding(_address(to), BounceKind.COMPLAINT, "", told.get("feedback-type", "")[:_LONGEST])


def _fields(parts: Iterable[Message]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        inner: Any = part.get_payload()
        heads: list[Message] = inner if isinstance(inner, list) else [email.message_from_string(str(inner))]
        for head in heads:
            found.update({name.lower(): str(value) for name, value in head.items()})
    return found


def _header_of(part: Message | None, name: str) -> str:
    if part is None:
        return ""
    inner: Any = part.get_payload()
    head: Message = inner[0] if isinstance(inner, list) else email.message_from_string(str(inner))
    return str(head.get(name, ""))


def _reported(mail: Message) -> Iterator[Finding]:
    """Read delivery status notifications (RFC 3464): one block for each recipient."""
    words = _written(mail)
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status" or not isinstance(part.get_payload(), list):
            continue
        blocks: Any = part.get_payload()
        for block in blocks:
            finding = _block(block, words)
            if finding is not None:
                yield finding


def _block(block: Message, words: str) -> Finding | None:
    recipient = _address(str(block.get("Original-Recipient") or "")) or _address(
        str(block.get("Final-Recipient") or "")
    )
    action = str(block.get("Action", "")).split(" ")[0].strip().lower()
    if not recipient or action in {"delivered", "relayed", "expanded"}:
        return None
    status = re.match(r"\s*(\d\.\d+\.\d+)", str(block.get("Status", "")))
    code = status.group(1) if status else ""
    said = " ".join(str(block.get("Diagnostic-Code", "")).split())
    beside = " ".join(
        str(value) for name, value in block.items() if name.lower().startswith("x-") or name in {"Action", "Status"}
    )
    if action == "delayed":
        return Finding(recipient, BounceKind.SOFT, code, said[:_LONGEST])
    kind = kind_of(status=code, words=f"{said} {beside}" if said else f"{beside}\n{_near(words, recipient)}")
    return Finding(recipient, kind, code, (said or _near(words, recipient))[:_LONGEST])


def _guessed(mail: Message) -> Iterator[Finding]:
    """Read bounces of no standard form: flufl.bounce finds the addresses, the words beside them say how."""
    if not mail.get("From"):
        mail["From"] = "unknown@unknown.invalid"  # a detector of flufl.bounce takes for granted that there is one
    temporary, permanent = all_failures(mail)
    words = _written(mail)
    for raw in sorted(temporary):
        address = raw.decode(errors="replace")
        yield Finding(address, BounceKind.SOFT, "", _near(words, address))
    for raw in sorted(permanent - temporary):
        address = raw.decode(errors="replace")
        near = _near(words, address)
        yield Finding(address, kind_of(status="", words=near), "", " ".join(near.split())[:_LONGEST])


def _unnamed(mail: Message) -> Iterator[Finding]:
    """Read a mail from a server that says that something failed, and names nobody that can be made out."""
    if _DAEMON.search(str(mail.get("From", ""))) and _FAILED_SUBJECT.search(_subject(mail)):
        words = _written(mail)
        yield Finding("", kind_of(status="", words=words), "", " ".join(words.split())[:_LONGEST])


def _near(words: str, address: str) -> str:
    """Return what is written from the line of an address to the next address; the whole text where it stands alone."""
    lines = words.splitlines()
    at = [number for number, line in enumerate(lines) if address.lower() in line.lower()]
    others = {found.lower() for found in _ADDRESS.findall(words)} - {address.lower()}
    if not at or not any(other in words.lower() for other in others):
        return words
    start = at[0]
    near: list[str] = []
    for number in range(max(0, start - 1), min(len(lines), start + 8)):
        line = lines[number]
        if number != start and number > start and any(other in line.lower() for other in others) and near:
            break
        near.append(line)
    text = "\n".join(near)
    return text if len(text.split()) > 3 else words


def _written(mail: Message) -> str:
    """Return what the server wrote itself: the text before the mail that failed."""
    texts = [_subject(mail)]
    for part in mail.walk():
        if part.get_content_maintype() == "text" and part.get_content_subtype() in {"plain", "html"}:
            texts.append(_text(part))
            break
    body = "\n".join(texts)
    cut = _ORIGINAL.search(body, len(texts[0]) + 1)
    own = body[: cut.start()] if cut and len(body[: cut.start()].split()) > 8 else body
    return own[:6000]


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = raw.decode(charset, errors="replace")
    except LookupError:
        text = raw.decode("latin-1")
    return _TAG.sub(lambda tag: tag.group() if "@" in tag.group() else " ", text)


def _address(text: str) -> str:
    """Return the address of a field such as "rfc822; karin@exempel.se"."""
    value = text.rpartition(";")[2] if ";" in text else text
    addresses = [found for _name, found in getaddresses([value]) if "@" in found]
    return addresses[0].strip("<> ") if addresses else ""


def _is_automatic(mail: Message) -> bool:
    said = str(mail.get("Auto-Submitted", "no")).lower()
    marked = any(mail.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"))
    answered = str(mail.get("Precedence", "")).lower() == "auto_reply"
    return said.startswith("auto-replied") or marked or answered or bool(_AUTO_SUBJECT.search(_subject(mail)))


def _subject(mail: Message) -> str:
    raw = str(mail.get("Subject", ""))
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, UnicodeDecodeError, HeaderParseError):
        return raw
