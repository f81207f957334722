"""Starting an import as a job."""

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from samverka.accounts.rules import can_import_register
from samverka.kernel.models import JobProgress

from .steps import require

#: what `tasks.import_file` can do
KINDS = ("import_register", "import_functions")


@transaction.atomic
def queue_import(
    *, by: Any, kind: str, label: str, file_id: str, source: str = "", dry_run: bool = False
) -> JobProgress:
    """Queue an import of a StoredFile (`file_id`: its public id, `label`: its name); the row tells how far it is.

    `kind` is one of KINDS, `source` names the register where its rows do not. Raises NotAllowed.
    """
    require(can_import_register(by))
    if kind not in KINDS:
        raise TypeError(f"no such import: {kind}")
    asked = {"dry_run": dry_run, "source": source}
    progress = JobProgress.objects.create(kind=kind, label=label, owner_id=by.pk, file_id=file_id, report=asked)
    app.configure_task("samverka.organisations.tasks.import_file").defer(progress_id=progress.pk)
    return progress
