"""Jobs of the register. Arguments are ids only."""

from typing import IO, Any

import structlog
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samverka.accounts.models import User
from samverka.kernel.errors import DomainError
from samverka.kernel.models import JobProgress, ScanState, StoredFile

from .importing import Report, run_functions_import, run_import

log = structlog.get_logger("samverka.jobs")
REGISTER, FUNCTIONS = "import_register", "import_functions"
_MOST_TOLD = 500


@app.task(name="samverka.organisations.tasks.import_file", queueing_lock=None)
def import_file(progress_id: int) -> None:
    """Import the file of a JobProgress row (kind `import_register` or `import_functions`; its pk).

    The row's `file_id` is a StoredFile's public id, `owner_id` the user, `label` the file's name; `report` may hold
    {"dry_run": true, "source": name} beforehand. Ends with state done and `report` = {"counts", "refused", "noted":
    first 500 rows of each,
    "dry_run"}, or failed and `error`. Run again after a crash it starts over: an import is whole or not at all.
    """
    progress = JobProgress.objects.get(pk=progress_id)
    if progress.state == "done":
        return
    JobProgress.objects.filter(pk=progress.pk).update(state="running", error="", done=0)
    try:
        with translation.override("sv"), _opened(progress) as file:
            report = _run(progress, file)
    except DomainError as error:
        _finish(progress, state="failed", error=str(error.message) or _("Du får inte läsa in register."))
    except Exception:
        log.exception("import.failed", progress=progress.pk)
        _finish(
            progress, state="failed", error=_("Något gick fel hos oss. Inget är inläst. Försök igen, eller hör av dig.")
        )
    else:
        _finish(progress, state="done", report=_told(report))


def _opened(progress: JobProgress) -> IO[bytes]:
    stored = StoredFile.objects.exclude(scan_state=ScanState.REFUSED).get(public_id=progress.file_id)
    opened: IO[bytes] = default_storage.open(stored.path, "rb")
    return opened


def _run(progress: JobProgress, file: IO[bytes]) -> Report:
    dry_run, source = bool(progress.report.get("dry_run")), str(progress.report.get("source", ""))
    user = User.objects.get(pk=progress.owner_id)
    if progress.kind == FUNCTIONS:
        return run_functions_import(file, by=user, name=progress.label, dry_run=dry_run)

    def tell(done: int, total: int) -> None:
        JobProgress.objects.filter(pk=progress.pk).update(done=done, total=total)

    return run_import(file, by=user, name=progress.label, source=source, dry_run=dry_run, progress=tell)


def _finish(progress: JobProgress, **values: Any) -> None:
    JobProgress.objects.filter(pk=progress.pk).update(finished_at=timezone.now(), **values)


def _told(report: Report) -> dict[str, Any]:
    """Return what the page tells: the counts, and the first rows that were refused or have a remark."""
    rows = [{"line": row.line, "outcome": row.outcome, "reason": row.reason} for row in report.rows if row.reason]
    return {
        "counts": report.counts,
        "refused": [row for row in rows if row["outcome"] == "refused"][:_MOST_TOLD],
        "noted": [row for row in rows if row["outcome"] != "refused"][:_MOST_TOLD],
        "dry_run": report.dry_run,
    }
