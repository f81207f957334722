"""`python -m samverka.questionnaires.xlsform.worker <path> <stem> <language> <seconds>`: reads one workbook, and ends.

Writes JSON to stdout: the document and the notes, or everything that is refused. Knows no settings and no database.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings

_MOST_MEMORY = 1024**3  # bytes of address space
#: pyxform writes what it has made to a file before it says that the workbook is right.
_MOST_WRITTEN = 64 * 1024**2
_ROOT = Path(__file__).resolve().parents[3]


def _limit(seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(path: str, stem: str, language: str, seconds: str) -> int:
    """Read the workbook within limits; return the exit code."""
    # Only so much that reasons are told in the reader's language.
    settings.configure(USE_I18N=True, LANGUAGE_CODE="sv", LOCALE_PATHS=[_ROOT / "locale"])
    django.setup()
    from django.utils import translation

    from ..document import to_document
    from .reading import read_workbook
    from .sheets import WorkbookRefused

    _limit(int(seconds))
    said: dict[str, Any] = {"refused": [], "document": None, "notes": []}
    with translation.override(language):
        try:
            reading = read_workbook(Path(path), stem=stem)
        except WorkbookRefused as refused:
            said["refused"] = [(one.sheet, one.row, one.reason) for one in refused.refusals]
        else:
            said |= {"document": to_document(reading.definition), "notes": reading.notes}
    sys.stdout.write(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
