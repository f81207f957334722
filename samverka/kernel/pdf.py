"""Tagged PDF (PDF/UA-1) from a template.

The drawing is done by a process of its own (`pdf_worker`): the libraries would add over 60 MB to every web process,
and a document that takes too long or too much memory must not take the web server with it.
"""

import json
import subprocess  # nosec B404 - our own module, no shell
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from .errors import Busy, Refused
from .pdf_worker import NO_PANGO

CONTENT_TYPE = "application/pdf"
LONGEST = 60  # seconds
#: For a turn to draw: longer, and those who wait would take every thread of the web server.
LONGEST_WAIT = 10  # seconds
_COMMAND = [sys.executable, "-m", "samverka.kernel.pdf_worker"]
_two_at_once = threading.BoundedSemaphore(2)
log = structlog.get_logger("samverka.pdf")


class PdfError(Exception):
    """The document could not be drawn; the text says what the drawing process said."""


def render_pdf(template: str, context: Mapping[str, Any], *, title: str, language: str, base_url: str = "") -> bytes:
    """Return `template` as a tagged PDF with that title and language (sv or en).

    The template sees `context`, `title` and `language`. Only static files and data: addresses are read, nothing over
    the network. `base_url` completes relative links; the site's own address unless given.
    Raises Refused when Pango is not installed, Busy when no turn comes within LONGEST_WAIT seconds, PdfError when the
    drawing fails or takes over LONGEST seconds.
    """
    with translation.override(language):
        html = render_to_string(template, {**context, "title": title, "language": language})
    order = {
        "html": html,
        "title": title,
        "language": language,
        "base_url": base_url or settings.BASE_URL + "/",
        "static_url": settings.BASE_URL + settings.STATIC_URL,
        "static_folders": _static_folders(),
    }
    return _draw(json.dumps(order).encode(), template)


def _draw(order: bytes, template: str) -> bytes:
    if not _two_at_once.acquire(timeout=LONGEST_WAIT):
        raise Busy(_("Flera andra hämtar dokument just nu. Vänta en halv minut och försök igen."))
    try:
        done = _press.print(order)
    except subprocess.TimeoutExpired as late:
        raise PdfError(f"{template}: not finished after {LONGEST} s") from late
    finally:
        _two_at_once.release()
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == NO_PANGO:
        raise Refused(
            _(
                "PDF går inte att göra på den här servern. "
                "Den som sköter den behöver installera libpango-1.0-0 och libpangoft2-1.0-0."
            )
        )
    if done.returncode:
        raise PdfError(f"{template}: {said[-2000:]}")
    if said:
        log.warning("pdf.problems", template=template, problems=said.splitlines())
    return done.stdout


class _Press:
    """Starts the drawing processes. The libraries take a second to load, so after each document the next process is
    started and waits for its order; it ends by itself when none comes (setting PDF_STANDBY_SECONDS; 0: none waits).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ready: subprocess.Popen[bytes] | None = None

    def print(self, order: bytes) -> "subprocess.CompletedProcess[bytes]":
        """Return what the process said of the order. Raises TimeoutExpired after LONGEST seconds."""
        done = _hand_over(self._take(), order)
        if not done.returncode and not done.stdout:
            # It had waited long enough and was ending as the order came.
            done = _hand_over(_start(LONGEST), order)
        if not done.returncode:
            self._make_ready()
        return done

    def _take(self) -> "subprocess.Popen[bytes]":
        with self._lock:
            ready, self._ready = self._ready, None
        if ready is not None and ready.poll() is None:
            return ready
        if ready is not None:
            ready.communicate()
        return _start(LONGEST)

    def _make_ready(self) -> None:
        wait = settings.PDF_STANDBY_SECONDS
        with self._lock:
            if wait and self._ready is None:
                self._ready = _start(wait)


def _hand_over(process: "subprocess.Popen[bytes]", order: bytes) -> "subprocess.CompletedProcess[bytes]":
    try:
        out, said = process.communicate(order, timeout=LONGEST)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, said)


_press = _Press()


def _start(wait: float) -> "subprocess.Popen[bytes]":
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603  # nosec B603
        [*_COMMAND, str(wait)], stdin=pipe, stdout=pipe, stderr=pipe, cwd=settings.BASE_DIR
    )


def _static_folders() -> Sequence[str]:
    found = [storage.location for finder in get_finders() for storage in getattr(finder, "storages", {}).values()]
    return [str(settings.STATIC_ROOT), *(str(folder) for folder in found)]
