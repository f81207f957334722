"""Starting an import: the uploaded file is kept, a row says how far it has come, and a job does the work."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from samverka.accounts.rules import can_import_register
from samverka.kernel.errors import NotAllowed, Refused
from samverka.kernel.files import TABLES, store_upload
from samverka.kernel.models import JobProgress
from samverka.organisations.tasks import import_file

KINDS = ("import_register", "import_functions")


@transaction.atomic
def start_import(*, by: Any, upload: File, kind: str, source: str = "") -> JobProgress:
    """Keep the file and try it out: the report says what would be written. Raises NotAllowed, Refused."""
    if not can_import_register(by):
        raise NotAllowed
    stored = store_upload(upload, by=by, owner_kind=kind, owner_id=by.public_id, allowed=TABLES)
    return _queue(by=by, kind=kind, label=stored.name, file_id=stored.public_id, source=source, dry_run=True)


@transaction.atomic
def confirm_import(*, by: Any, progress: JobProgress, source: str = "") -> JobProgress:
    """Write what the trial `progress` showed: a new job over the same file. Raises NotAllowed, Refused."""
    if not can_import_register(by):
        raise NotAllowed
    if progress.state != "done" or not progress.report.get("dry_run"):
        raise Refused(_("Filen är redan inläst eller inte färdigprovad. Ladda om sidan."))
    return _queue(
        by=by,
        kind=progress.kind,
        label=progress.label,
        file_id=progress.file_id,
        source=source,
        dry_run=False,
    )


def _queue(*, by: Any, kind: str, label: str, file_id: str, source: str, dry_run: bool) -> JobProgress:
    progress = JobProgress.objects.create(
        kind=kind,
        label=label,
        owner_id=by.pk,
        file_id=file_id,
        report={"dry_run": dry_run, "source": source},
    )
    import_file.defer(progress_id=progress.pk)
    return progress
