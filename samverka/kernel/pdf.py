"""Tagged PDF (PDF/UA-1) from a template.

The drawing is done by a process of its own (`pdf_worker`): the libraries would add over 60 MB to every web process,
and a document that takes too long or too much memory must not take the web server with it.
"""

import functools
import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from .errors import Busy, Refused
from .pdf_press import Ended, Press
from .pdf_worker import NO_PANGO

CONTENT_TYPE = "application/pdf"
LONGEST = 60  # seconds
#: For a turn to draw: longer, and those who wait would take every thread of the web server.
LONGEST_WAIT = 10  # seconds
_KEPT = 30 * 24 * 3600  # seconds
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
    return _draw(_order(template, context, title, language, base_url), template)


def kept_pdf(template: str, context: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """Return what `render_pdf` returns, drawn once for all processes: for what anybody may read and seldom changes.

    It is known by all that it says and looks like, so that nothing older is taken for it. Raises as `render_pdf`.
    """
    order = _order(template, context, title, language)
    key = f"pdf:{hashlib.sha256(order).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _draw(order, template)
        cache.set(key, kept, _KEPT)
    return kept


def _order(template: str, context: Mapping[str, Any], title: str, language: str, base_url: str = "") -> bytes:
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
    return json.dumps(order).encode()


def _draw(order: bytes, template: str) -> bytes:
    if not _two_at_once.acquire(timeout=LONGEST_WAIT):
        raise Busy(_("Flera andra hämtar dokument just nu. Vänta en halv minut och försök igen."))
    try:
        printed = _press().print(order)
    except Ended as ended:
        raise _failed(ended, template) from ended
    finally:
        _two_at_once.release()
    if printed.said:
        log.warning("pdf.problems", template=template, problems=printed.said.splitlines())
    return printed.pdf


def _failed(ended: Ended, template: str) -> Exception:
    if ended.late:
        return PdfError(f"{template}: not finished after {LONGEST} s")
    if ended.returncode == NO_PANGO:
        return Refused(
            _(
                "PDF går inte att göra på den här servern. "
                "Den som sköter den behöver installera libpango-1.0-0 och libpangoft2-1.0-0."
            )
        )
    return PdfError(f"{template}: {ended.said[-2000:]}")


@functools.cache
def _press() -> Press:
    return Press(settings.BASE_DIR, standby=settings.PDF_STANDBY_SECONDS, longest=LONGEST)


def _static_folders() -> Sequence[str]:
    found = [storage.location for finder in get_finders() for storage in getattr(finder, "storages", {}).values()]
    return [str(settings.STATIC_ROOT), *(str(folder) for folder in found)]
