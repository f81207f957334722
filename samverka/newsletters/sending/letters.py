"""A letter made ready once for each language, and merged for each recipient by joining bytes.

The rendered text and HTML hold marks, `[[name]]`. What stands between them is encoded once; a recipient's values are
encoded one by one and put between, each on an encoded line of its own. Nothing is rendered or parsed for a recipient.
"""

import binascii
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header
from email.utils import formataddr, formatdate
from typing import Any

from samverka.kernel.mail.addressing import message_id

_MARK = re.compile(r"\[\[([a-z_]+)\]\]")
_SOFT = b"=\r\n"
_BOUNDARY = b"samverka-alternative"
#: Values that are HTML of our own already.
_READY = "_html"


@dataclass(frozen=True)
class Recipient:
    """Whom a mail goes to, and what is put in for the marks. `unsubscribe_url` is "" where nothing can be ended."""

    delivery: int
    public_id: str
    address: str
    values: Mapping[str, str]
    unsubscribe_url: str = ""


@dataclass(frozen=True)
class Envelope:
    """A mail as it is handed over."""

    delivery: int
    sender: str
    recipient: str
    content: bytes


class _Part:
    """A body with marks: pieces of bytes, and the names between them."""

    def __init__(self, text: str, *, escaped: bool) -> None:
        found = _MARK.split("\r\n".join(text.splitlines()) + "\r\n")
        self._escaped = escaped
        self._first = _encoded(found[0])
        self._rest = [(name, _encoded(piece)) for name, piece in zip(found[1::2], found[2::2], strict=True)]

    def merged(self, values: Mapping[str, str]) -> bytes:
        """Return the encoded body with `values` put in; a name without a value becomes nothing."""
        pieces = [self._first]
        for name, after in self._rest:
            value = values.get(name, "")
            if self._escaped and not name.endswith(_READY):
                value = html.escape(value)
            pieces += [_SOFT, _encoded(value), _SOFT, after]
        return b"".join(pieces)


def _encoded(text: str) -> bytes:
    lines = "\r\n".join(text.split("\n")).replace("\r\r\n", "\r\n")
    encoded: bytes = binascii.b2a_qp(lines.encode(), istext=True)
    return encoded.replace(b"=\n", b"=\r\n") if b"=\n" in encoded else encoded


class ReadyLetter:
    """A letter in one language, ready to be merged. `return_path` takes the public id of the mail, or is plain."""

    def __init__(self, *, letter: Mapping[str, str], sender: "SenderFacts", language: str) -> None:
        self._text, self._html = _Part(letter["text"], escaped=False), _Part(letter.get("html", ""), escaped=True)
        self._has_html = bool(letter.get("html"))
        self._sender = sender
        self._fixed = _fixed_headers(letter["subject"], sender, language, alternative=self._has_html)

    def envelope(self, recipient: Recipient) -> Envelope:
        """Return the mail to `recipient`. Raises ValueError for an address that cannot stand in a mail."""
        address = _ascii(recipient.address)
        content = self._headers(recipient, address) + self._body(recipient.values)
        return Envelope(recipient.delivery, self._sender.return_path(recipient.public_id), address, content)

    def _headers(self, recipient: Recipient, address: str) -> bytes:
        lines = [f"To: {address}", f"Message-ID: {message_id(recipient.public_id)}", f"Date: {formatdate()}"]
        if recipient.unsubscribe_url:
            lines.append(f"List-Unsubscribe: <{recipient.unsubscribe_url}>")
            lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        return self._fixed + "\r\n".join(lines).encode() + b"\r\n\r\n"

    def _body(self, values: Mapping[str, str]) -> bytes:
        if not self._has_html:
            return self._text.merged(values)
        return b"".join([
            _opening(b"text/plain"), self._text.merged(values), b"\r\n", _opening(b"text/html"),
            self._html.merged(values), b"\r\n--", _BOUNDARY, b"--\r\n",
        ])  # fmt: skip


@dataclass(frozen=True)
class SenderFacts:
    """Who a letter is from, where answers go, and where it comes back."""

    name: str
    address: str
    reply_to: str
    list_id: str
    bounce_address: str = ""

    def return_path(self, public_id: str) -> str:
        """Return studs+<public id>@… where there is such a mailbox, so that what comes back says of which mail."""
        if not self.bounce_address:
            return _ascii(self.address)
        local, _, domain = self.bounce_address.rpartition("@")
        return _ascii(f"{local}+{public_id}@{domain}")


def _opening(kind: bytes) -> bytes:
    return (
        b"--" + _BOUNDARY + b"\r\nContent-Type: " + kind
        + b"; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )  # fmt: skip


def _fixed_headers(subject: str, sender: SenderFacts, language: str, *, alternative: bool) -> bytes:
    pairs: list[tuple[str, Any]] = [
        ("From", formataddr((sender.name, _ascii(sender.address)))),
        ("Subject", _header(" ".join(subject.split()))),
        ("Reply-To", _ascii(sender.reply_to) if sender.reply_to else ""),
        ("List-ID", sender.list_id),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", language),
        ("MIME-Version", "1.0"),
    ]
    lines = [f"{name}: {value}" for name, value in pairs if value]
    if alternative:
        lines.append(f'Content-Type: multipart/alternative; boundary="{_BOUNDARY.decode()}"')
    else:
        lines += ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"]
    return "\r\n".join(lines).encode() + b"\r\n"


def _header(text: str) -> str:
    return text if text.isascii() and len(text) < 60 else Header(text, "utf-8").encode(linesep="\r\n")


def _ascii(address: str) -> str:
    """Return an address as it stands in a mail: its domain in ASCII."""
    local, _, domain = address.rpartition("@")
    if not local.isascii() or not local.isprintable() or " " in local:
        raise ValueError("the part before the @ is not ASCII")
    return f"{local}@{domain.encode('idna').decode() if not domain.isascii() else domain}"
