"""Where mails that come back are fetched: a mailbox over IMAP, a directory, or both."""

import imaplib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

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
    with _signed_in(address) as box:
        box.select(unquote(urlsplit(address).path.strip("/")) or "INBOX")
        numbers = box.search(None, "UNSEEN")[1][0].split()
        for number in numbers:
            take(content=_content(box, number))
            box.store(number, "+FLAGS", "\\Seen")
    return len(numbers)


def _signed_in(address: str) -> imaplib.IMAP4:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "imaps":
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, parts.port or 993, timeout=30)
    else:
        box = imaplib.IMAP4(host, parts.port or 143, timeout=30)
    box.login(unquote(parts.username or ""), unquote(parts.password or ""))
    return box


def _content(box: imaplib.IMAP4, number: bytes) -> bytes:
    """Return a mail without marking it as read: a mail whose reading fails is fetched again."""
    answer = box.fetch(number.decode(), "(BODY.PEEK[])")[1]
    return next(bytes(part[1]) for part in answer if isinstance(part, tuple))


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
