import hashlib
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from samverka.kernel import files
from samverka.kernel.errors import NotVisible, Refused
from samverka.kernel.models import ScanState, StoredFile

pytestmark = pytest.mark.django_db
CSV = "namn;ort\nÅby byalag;Åby\n".encode()


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


def store(name, content, **options):
    options = {"allowed": files.TABLES, **options}
    return files.store_upload(
        SimpleUploadedFile(name, content), by=None, owner_kind="import", owner_id="bcdfg23456", **options
    )


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("[Content_Types].xml", "<x/>")
    return file.getvalue()


def test_upload_is_kept_under_a_random_name_with_its_hash():
    stored = store("register.csv", CSV)
    assert stored.name == "register.csv"
    assert "register" not in stored.path
    assert stored.sha256 == hashlib.sha256(CSV).hexdigest()
    assert (stored.size, stored.scan_state) == (len(CSV), ScanState.NOT_SCANNED)
    with files.open_stored(stored) as file:
        assert file.read() == CSV


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CSV),
        ("a.CSV", "namn;Åby".encode("latin-1")),
        ("a.csv", b"MZ;BM\nen;tva\n"),
        ("a.csv", "\ufeffnamn;ort\n".encode()),
        ("a.json", b'[{"name": "x"}]'),
        ("a.jsonl", b'{"name": "x"}\n{"name": "y"}\n'),
    ],
)
def test_tables_are_taken(name, content):
    assert store(name, content).pk


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", zipped()),
        ("a.csv", zipped()),
        ("a.csv", b"%PDF-1.7\n%abc"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 40),
        ("a.csv", b"MZ\x90\x00" + b"\0" * 60),
        ("a.csv", b"<!DOCTYPE html><html><script>alert(1)</script>"),
        ("a.json", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.exe", CSV),
        ("a", CSV),
    ],
)
def test_what_is_no_table_by_name_and_content_is_refused(name, content):
    with pytest.raises(Refused, match="CSV, JSON, JSON Lines"):
        store(name, content)
    assert not StoredFile.objects.exists()


def test_pdf_is_told_by_its_content():
    assert store("a.pdf", b"%PDF-1.7\n%abc", allowed=[files.PDF]).content_type == "application/pdf"
    with pytest.raises(Refused):
        store("a.pdf", CSV, allowed=[files.PDF])


def test_empty_file_is_refused():
    with pytest.raises(Refused, match="tom"):
        store("a.csv", b"")


def test_large_file_is_refused():
    with pytest.raises(Refused, match="högst 1 MB"):
        store("a.csv", b"a" * (1024 * 1024 + 1), most_bytes=1024 * 1024)


def test_nothing_is_left_when_the_row_cannot_be_written(tmp_path):
    with pytest.raises(Exception, match="too long"):
        files.store_upload(
            SimpleUploadedFile("a.csv", CSV), by=None, owner_kind="import", owner_id="x" * 50, allowed=files.TABLES
        )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "clean"),
    [("../../etc/passwd", "passwd"), ("C:\\hem\\a.csv", "a.csv"), ("a\nb\x00.csv", "a b .csv"), ("", "fil")],
)
def test_clean_name_is_the_last_part_without_control_characters(name, clean):
    assert files.clean_name(name) == clean


def test_file_is_given_out_as_an_attachment_that_no_browser_opens():
    answer = files.as_attachment(store("Åby register.csv", CSV))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%85by%20register.csv")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == CSV
    answer.close()


def test_stopped_file_is_not_given_out():
    stored = store("a.csv", CSV)
    stored.scan_state = ScanState.REFUSED
    with pytest.raises(NotVisible):
        files.as_attachment(stored)
    assert default_storage.exists(stored.path)
