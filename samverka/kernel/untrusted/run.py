"""Starts the process that opens a file from others, and hears what it says."""

import subprocess  # nosec B404 - our own module, no shell
import sys
import threading

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from ..errors import Busy
from .limits import Reason, Unfit
from .worker import UNFIT

LONGEST_CHECK = 20  # seconds
LONGEST_READING = 60
#: For a turn: longer, and those who wait would take every thread of the web server.
LONGEST_WAIT = 10
_COMMAND = [sys.executable, "-m", "samverka.kernel.untrusted.worker"]
_two_at_once = threading.BoundedSemaphore(2)
log = structlog.get_logger("samverka.files")


def check(content: bytes, kind: str) -> bytes:
    """Return the file to keep for `content`, which says it is of `kind`: itself, or a picture drawn anew.

    Raises Unfit with the reason, Busy when no turn comes within LONGEST_WAIT seconds.
    """
    code, said = _work("check", content, kind, LONGEST_CHECK)
    if code == UNFIT:
        raise Unfit(Reason(said.decode()))
    if code:
        raise Unfit(Reason.BROKEN)
    return said or content


def text(content: bytes, kind: str) -> str:
    """Return the text of a file, as far as it could be read. Raises Busy when no turn comes."""
    code, said = _work("text", content, kind, LONGEST_READING)
    return "" if code == UNFIT else said.decode(errors="ignore")


def pages(content: bytes) -> int | None:
    """Return how many pages a PDF has; None when it cannot be told. Raises Busy when no turn comes."""
    code, said = _work("pages", content, "PDF", LONGEST_CHECK)
    return int(said) if code == 0 and said.isdigit() else None


def cover(content: bytes) -> bytes:
    """Return the first page of a PDF as a JPEG; nothing when it cannot be drawn. Raises Busy when no turn comes."""
    code, said = _work("cover", content, "PDF", LONGEST_CHECK)
    return said if code == 0 else b""


def _work(work: str, content: bytes, kind: str, seconds: int) -> tuple[int, bytes]:
    if not _two_at_once.acquire(timeout=LONGEST_WAIT):
        raise Busy(_("Flera andra skickar filer just nu. Vänta en halv minut och försök igen."))
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603
            [*_COMMAND, work, kind, str(seconds)],
            check=False,
            input=content,
            capture_output=True,
            timeout=2 * seconds,
            cwd=settings.BASE_DIR,
            env={},
        )
    except subprocess.TimeoutExpired as late:
        log.warning("file.late", work=work, kind=kind)
        return -1, late.stdout or b""
    finally:
        _two_at_once.release()
    if done.returncode not in {0, UNFIT}:
        # What the library said may repeat the file's text.
        log.info("file.unreadable", work=work, kind=kind, code=done.returncode)
    return done.returncode, done.stdout
