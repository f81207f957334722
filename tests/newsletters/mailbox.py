"""A small IMAP server for tests, on a port of its own: one mailbox, and what goes wrong can be set."""

import datetime
import ipaddress
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings
from django.utils import timezone

USER, PASSWORD = "studs", "hemligt ord"


@dataclass
class Mailbox:
    """Mails by their UID, which of them are read, and every command that came.

    `break_at` is a command at which the connection is cut before it is done, once: ("STORE", 2) is the second STORE.
    """

    mails: dict[int, bytes] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    break_at: tuple[str, int] | None = None
    port: int = 0
    scheme: str = "imap"

    def put(self, *mails: bytes) -> None:
        """Let mails come in."""
        for mail in mails:
            self.mails[max(self.mails, default=100) + 1] = mail

    def address(self, *, password: str = PASSWORD, box: str = "INBOX") -> str:
        """Return what BOUNCE_MAILBOX says."""
        return f"{self.scheme}://{USER}:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{box}"

    def count(self, command: str) -> int:
        """Return how often a command has come."""
        return sum(command in line for line in self.said)

    def cuts(self, line: str) -> bool:
        """Whether the connection is cut at this line."""
        if self.break_at is None or self.break_at[0] not in line or self.count(self.break_at[0]) != self.break_at[1]:
            return False
        self.break_at = None
        return True


class _Talk(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _space, rest = line.partition(" ")
            self.box.said.append(rest)
            if self.box.cuts(rest) or not self._answer(tag, rest):
                return

    def _answer(self, tag: str, rest: str) -> bool:
        command = rest.removeprefix("UID ").split(" ", 1)[0].upper()
        said = getattr(self, f"_{command.lower()}", lambda _rest: "BAD unknown")(rest)
        self._say(f"{tag} {said}")
        return command != "LOGOUT"

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def _capability(self, _rest: str) -> str:
        self._say("* CAPABILITY IMAP4rev1")
        return "OK done"

    def _login(self, rest: str) -> str:
        right = rest.split(" ", 2)[1:] == [USER, f'"{PASSWORD}"']
        return "OK welcome" if right else "NO [AUTHENTICATIONFAILED] Invalid credentials"

    def _select(self, rest: str) -> str:
        if '"INBOX"' not in rest:
            return "NO no such mailbox"
        self._say(f"* {len(self.box.mails)} EXISTS")
        return "OK [READ-WRITE] chosen"

    def _search(self, _rest: str) -> str:
        unread = sorted(set(self.box.mails) - self.box.read)
        self._say(f"* SEARCH {' '.join(map(str, unread))}".strip())
        return "OK done"

    def _fetch(self, rest: str) -> str:
        uid = int(rest.split()[2])
        if "BODY.PEEK[]" not in rest:
            self.box.read.add(uid)
        if uid in self.box.mails:
            mail = self.box.mails[uid]
            number = sorted(self.box.mails).index(uid) + 1
            self._say(f"* {number} FETCH (UID {uid} BODY[] {{{len(mail)}}}")
            self.wfile.write(mail + b")\r\n")
        return "OK done"

    def _store(self, rest: str) -> str:
        match = re.match(r"UID STORE (\d+) \+FLAGS \(\\Seen\)$", rest)
        if match is None:
            return "BAD flags"
        self.box.read.add(int(match[1]))
        return "OK done"

    def _logout(self, _rest: str) -> str:
        self._say("* BYE")
        return "OK done"


class _Server(socketserver.ThreadingTCPServer):
    """Encrypts the connection when it has a `secret`: a client that does not trust its certificate goes no further."""

    daemon_threads = True
    secret: ssl.SSLContext | None = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.secret is None:
            super().finish_request(request, client_address)
            return
        with suppress(OSError), self.secret.wrap_socket(request, server_side=True) as encrypted:
            super().finish_request(encrypted, client_address)


def certificate(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 that vouches for itself, with its key, and return the file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = timezone.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "mailbox.pem"
    file.write_bytes(secret + made.public_bytes(pem))
    return file


@contextmanager
def mailbox(*mails: bytes, encrypted_with: Path | None = None) -> Iterator[Mailbox]:
    """Run a mailbox with mails in it, and let the product read it; over TLS when it has a certificate."""
    box = Mailbox(scheme="imaps" if encrypted_with else "imap")
    box.put(*mails)
    talk = type("Talk", (_Talk,), {"box": box})
    with _Server(("127.0.0.1", 0), talk) as server:
        if encrypted_with:
            server.secret = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            server.secret.load_cert_chain(encrypted_with)
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            with override_settings(BOUNCE_MAILBOX=box.address(), BOUNCE_DIRECTORY=""):
                yield box
        finally:
            server.shutdown()
            thread.join()
