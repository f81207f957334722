"""What the import commands share: opening the file, the report as JSON, the summary in plain text."""

import json
from pathlib import Path
from typing import IO, Any

from django.core.management.base import CommandError

from samverka.organisations.importing import Report

_MOST_SHOWN = 20


def open_file(path: Path) -> IO[bytes]:
    """Open a file to read. Raises CommandError saying what is wrong with the path."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise CommandError(f"Filen {path} finns inte.") from None
    except IsADirectoryError:
        raise CommandError(f"{path} är en mapp. Ange en fil.") from None
    except OSError as error:
        raise CommandError(f"Filen {path} går inte att läsa: {error.strerror}.") from None


def write_report(path: Path, report: Report) -> None:
    """Write the report as JSON. Raises CommandError where that cannot be done."""
    try:
        path.write_text(json.dumps(report.as_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Rapporten {path} går inte att skriva: {error.strerror}. Filen lästes in.") from None


def print_summary(out: Any, report: Report) -> None:
    """Print the counts, and the first refused rows."""
    counts = report.counts
    heading = "Så här skulle det bli (inget är skrivet):" if report.dry_run else "Klart."
    out.write(
        f"{heading} Nya: {counts['created']}. Ändrade: {counts['changed']}. "
        f"Oförändrade: {counts['unchanged']}. Inte inlästa: {counts['refused']}."
    )
    refused = [row for row in report.rows if row.outcome == "refused"]
    for row in refused[:_MOST_SHOWN]:
        out.write(f"  rad {row.line}: {row.reason}")
    if len(refused) > _MOST_SHOWN:
        out.write(f"  … och {len(refused) - _MOST_SHOWN} rader till. De står i rapporten (--report).")
