"""Workbooks from others, read in a process of its own (`worker.py`): it holds neither settings nor database, and its
memory and time are limited. All of a workbook is read, or nothing with every reason.
"""

import json
import subprocess  # nosec B404 - our own module, no shell
import sys
import tempfile
import threading
from pathlib import Path

import structlog
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samverka.kernel.errors import Busy, Refused
from samverka.kernel.file_kinds import XLSX, unfit_text
from samverka.kernel.untrusted import run
from samverka.kernel.untrusted.limits import Unfit

from ..document import from_document
from .reading import Reading
from .sheets import LARGEST, SUFFIXES, Refusal, WorkbookRefused

LONGEST = 30  # seconds
LONGEST_WAIT = 10
_STEM = "upload"
_one_at_once = threading.BoundedSemaphore(1)
log = structlog.get_logger("samverka.questionnaires")


def read_upload(name: str, content: bytes) -> Reading:
    """Return the definition that a workbook says. Raises WorkbookRefused with everything that is wrong, Refused for
    what is no workbook, Busy when another is being read for long.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused(_("Filen ska vara .xlsx, .xls eller .md. Spara den som det och försök igen."), field="file")
    if not content or len(content) > LARGEST:
        raise Refused(_("Filen är tom eller större än 10 MB. Kontrollera att det är rätt fil."), field="file")
    if suffix == ".xlsx":
        try:
            run.check(content, XLSX.label)
        except Unfit as unfit:
            raise Refused(unfit_text(unfit.reason, XLSX), field="file") from unfit
    said = json.loads(_worked(content, Path(name).stem[:80] or "formular", suffix))
    if any(sheet == f"{_STEM}{suffix}" for sheet, _row, _reason in said["refused"]):
        raise _unreadable()
    if said["refused"]:
        raise WorkbookRefused([Refusal(*one) for one in said["refused"]])
    return Reading(from_document(said["document"]), tuple(said["notes"]))


def _worked(content: bytes, stem: str, suffix: str) -> bytes:
    if not _one_at_once.acquire(timeout=LONGEST_WAIT):
        raise Busy(_("En annan arbetsbok läses just nu. Vänta en halv minut och försök igen."))
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{_STEM}{suffix}"
            path.write_bytes(content)
            return _run([str(path), stem, get_language() or "sv"], folder)
    finally:
        _one_at_once.release()


def _run(arguments: list[str], folder: str) -> bytes:
    command = [sys.executable, "-m", "samverka.questionnaires.xlsform.worker", *arguments, str(LONGEST)]
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603
            command,
            check=False,
            capture_output=True,
            timeout=2 * LONGEST,
            cwd=settings.BASE_DIR,
            env={"TMPDIR": folder},
        )
    except subprocess.TimeoutExpired as late:
        raise _unreadable() from late
    if done.returncode:
        # What the library said may repeat the file's text.
        log.info("workbook.unreadable", code=done.returncode)
        raise _unreadable()
    return done.stdout


def _unreadable() -> Refused:
    return Refused(
        _("Filen går inte att läsa. Öppna den i ett kalkylprogram, spara den på nytt som .xlsx och försök igen."),
        field="file",
    )
