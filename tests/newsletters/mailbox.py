"""A small IMAP server for tests, on a port of its own: one mailbox, and what goes wrong can be set."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.test import override_settings

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

    def put(self, *mails: bytes) -> None:
        """Let mails come in."""
        for mail in mails:
            self.mails[max(self.mails, default=100) + 1] = mail

    def address(self, *, password: str = PASSWORD, box: str = "INBOX") -> str:
        """Return what BOUNCE_MAILBOX says."""
        return f"imap://{USER}:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{box}"

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


@contextmanager
def mailbox(*mails: bytes) -> Iterator[Mailbox]:
    """Run a mailbox with mails in it, and let the product read it."""
    box = Mailbox()
    box.put(*mails)
    talk = type("Talk", (_Talk,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), talk) as server:
        server.daemon_threads = True
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            with override_settings(BOUNCE_MAILBOX=box.address(), BOUNCE_DIRECTORY=""):
                yield box
        finally:
            server.shutdown()
            thread.join()
