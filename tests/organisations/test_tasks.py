from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from samverka.kernel.models import JobProgress, StoredFile
from samverka.organisations.models import Organisation
from samverka.organisations.tasks import import_file
from tests.people import Village

from .importing.files import FRI, lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def _progress(content: bytes, by: Any, kind: str = "import_register", **asked: Any) -> JobProgress:
    path = default_storage.save("import/x", ContentFile(content))
    stored = StoredFile.objects.create(
        name="r.jsonl", content_type="x", size=len(content), sha256="", path=path, owner_kind="import", owner_id="1"
    )
    progress = JobProgress.objects.create(
        kind=kind, label="r.jsonl", owner_id=by.pk, file_id=stored.public_id, report=asked
    )
    import_file(progress_id=progress.pk)
    progress.refresh_from_db()
    return progress


def test_an_import_is_done_and_told(village: Village) -> None:
    progress = _progress(lines(FRI) + b"{\n", village.eva)
    assert (progress.state, progress.done) == ("done", progress.total)
    assert progress.report["counts"] == {"created": 2, "changed": 0, "unchanged": 0, "refused": 1}
    assert progress.report["refused"] == [{"line": 3, "outcome": "refused", "reason": "Raden är inte giltig JSON."}]
    assert progress.finished_at is not None


def test_a_dry_run_is_asked_for_in_the_row(village: Village) -> None:
    progress = _progress(lines(FRI), village.eva, dry_run=True)
    assert progress.report["dry_run"]
    assert not Organisation.objects.filter(name=FRI[0]["name"]).exists()


def test_one_who_may_not_import_fails(village: Village) -> None:
    progress = _progress(lines(FRI), village.karin)
    assert progress.state == "failed"
    assert progress.error


def test_functions_are_imported_by_the_same_job(village: Village) -> None:
    progress = _progress(
        b'{"kommun": "1499", "funktion": "registrator", "e-post": "r@falkoping.example"}\n',
        village.eva,
        "import_functions",
    )
    assert progress.report["counts"]["created"] == 1


def test_a_finished_import_is_not_done_twice(village: Village) -> None:
    progress = _progress(lines(FRI), village.eva)
    import_file(progress_id=progress.pk)
    progress.refresh_from_db()
    assert progress.report["counts"]["created"] == 2
