"""Reading a register from a file, from upload to report."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samverka.kernel.models import JobProgress
from samverka.organisations.models import Organisation
from samverka.organisations.tasks import import_file
from tests.people import Village

pytestmark = pytest.mark.django_db
IMPORTS = "/redaktion/import/"
ROWS = '{"name": "Aspens bygdegård", "municipality": "Arboga"}\n{"name": ""}\ninte en rad\n'


def upload(client: Client, text: str = ROWS, name: str = "forening.jsonl") -> JobProgress:
    file = SimpleUploadedFile(name, text.encode())
    response = client.post(IMPORTS, {"what": "import_register", "file": file, "source": "Arboga register"})
    assert response.status_code == 302, response.content.decode()
    progress = JobProgress.objects.latest("id")
    assert response["Location"] == f"{IMPORTS}{progress.public_id}/"
    return progress


def test_trial_writes_nothing_and_the_import_what_it_showed(eva: Client) -> None:
    trial = upload(eva)
    page = eva.get(f"{IMPORTS}{trial.public_id}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<meta http-equiv="refresh"' in page
    import_file(trial.pk)
    assert not Organisation.objects.filter(name="Aspens bygdegård").exists()
    page = eva.get(f"{IMPORTS}{trial.public_id}/").content.decode()
    assert "Så här skulle det bli" in page
    assert "Rader som avvisas" in page
    real = eva.post(f"{IMPORTS}{trial.public_id}/las-in/")
    written = JobProgress.objects.latest("id")
    assert real["Location"] == f"{IMPORTS}{written.public_id}/"
    import_file(written.pk)
    made = Organisation.objects.get(name="Aspens bygdegård")
    assert made.source is not None
    assert made.source.name == "Arboga register"
    assert "Så här blev det" in eva.get(f"{IMPORTS}{written.public_id}/").content.decode()
    assert "forening.jsonl" in eva.get(IMPORTS).content.decode()


def test_polling_stops_when_the_work_is_done(eva: Client) -> None:
    trial = upload(eva)
    path = f"{IMPORTS}{trial.public_id}/"
    assert eva.get(path, headers={"HX-Request": "true"}).status_code == 200
    import_file(trial.pk)
    done = eva.get(path, headers={"HX-Request": "true"})
    assert done.status_code == 286
    assert "<html" not in done.content.decode()


def test_report_is_taken_out_as_json(eva: Client) -> None:
    trial = upload(eva)
    import_file(trial.pk)
    report = json.loads(eva.get(f"{IMPORTS}{trial.public_id}/rapport.json").content)
    assert report["counts"] == {"created": 1, "changed": 0, "unchanged": 0, "refused": 2}
    assert [row["line"] for row in report["refused"]] == [2, 3]


def test_file_of_another_kind_is_refused_at_the_field(eva: Client) -> None:
    file = SimpleUploadedFile("bild.png", b"\x89PNG\r\n\x1a\n")
    page = eva.post(IMPORTS, {"what": "import_register", "file": file})
    assert page.status_code == 422
    assert "Filen går inte att ta emot" in page.content.decode()


def test_trial_is_confirmed_only_once_it_is_done(eva: Client) -> None:
    trial = upload(eva)
    eva.post(f"{IMPORTS}{trial.public_id}/las-in/")
    assert JobProgress.objects.count() == 1


def test_others_may_not(client: Client, village: Village) -> None:
    client.force_login(village.karin)
    assert client.get(IMPORTS).status_code == 403
