"""Where mails that come back are fetched: a mailbox over IMAP, a directory, or both."""

import imaplib
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings

log = structlog.get_logger("samverka.jobs")

Take = Callable[..., object]


def fetch_all(take: Take) -> int:
    """Give each new mail to `take`, and mark it when that has ended well; return how many."""
    fetched = 0
    if settings.BOUNCE_MAILBOX:
        fetched += _from_mailbox(settings.BOUNCE_MAILBOX, take)
    if settings.BOUNCE_DIRECTORY:
        fetched += _from_directory(Path(settings.BOUNCE_DIRECTORY), take)
    return fetched


def _from_mailbox(address: str, take: Take) -> int:
    """Take in what is unread. A mailbox that cannot be read, or a connection that breaks, is told in the log: what was
    marked is done, the rest is fetched next time, and what was taken in and not marked then counts once.
    """
    fetched, host = 0, urlsplit(address).hostname
    try:
        with _connected(address) as box:
            _open(box, address)
            for uid in box.uid("SEARCH", "UNSEEN")[1][0].split():
                content = _content(box, uid.decode())
                if content is None:
                    continue
                take(content=content)
                box.uid("STORE", uid.decode(), "+FLAGS", "(\\Seen)")
                fetched += 1
    except _Refused as refused:
        log.error("bounces.mailbox_refused", host=host, step=refused.step, said=str(refused))
    except (imaplib.IMAP4.error, OSError) as fault:
        log.warning("bounces.mailbox_broke_off", host=host, mails=fetched, said=str(fault) or type(fault).__name__)
    return fetched


class _Refused(Exception):
    """The server says no to the name and password, or to the mailbox: somebody must mend BOUNCE_MAILBOX."""

    def __init__(self, step: str, said: str) -> None:
        super().__init__(said)
        self.step = step


@contextmanager
def _connected(address: str) -> Iterator[imaplib.IMAP4]:
    """Hold a connection, closed however it ends: imaplib's own block leaves it open when the server is gone."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "imaps":
        # Without a context imaplib takes any certificate.
        secure = ssl.create_default_context()
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=secure, timeout=30)
    else:
        box = imaplib.IMAP4(host, parts.port or 143, timeout=30)
    try:
        yield box
        box.logout()
    finally:
        with suppress(OSError):
            box.shutdown()


def _open(box: imaplib.IMAP4, address: str) -> None:
    """Sign in and choose the mailbox. Raises _Refused."""
    parts = urlsplit(address)
    try:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as refused:
        raise _Refused("sign in", _words(refused.args)) from None
    name = unquote(parts.path.strip("/")) or "INBOX"
    answer, said = box.select(f'"{name}"')
    if answer != "OK":
        raise _Refused(f"open {name}", _words(said))


def _words(said: Iterable[object]) -> str:
    """Return what the server said, as text."""
    return " ".join(one.decode(errors="replace") if isinstance(one, bytes) else str(one) for one in said if one)


def _content(box: imaplib.IMAP4, uid: str) -> bytes | None:
    """Return a mail without marking it as read: one whose reading fails is fetched again. None when it is gone."""
    answer = box.uid("FETCH", uid, "(BODY.PEEK[])")[1]
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), None)


def _from_directory(folder: Path, take: Take) -> int:
    done = folder / "read"
    done.mkdir(exist_ok=True)
    files = list(_mails(folder))
    for path in files:
        take(content=path.read_bytes())
        path.rename(done / path.name)
    return len(files)


def _mails(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            yield path
