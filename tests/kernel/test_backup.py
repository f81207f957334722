import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from samverka.kernel import audit, files, health, tasks
from samverka.kernel.backup import BackupError, make_backup, read_manifest, restore_backup
from samverka.kernel.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "namn;ort\nÅby byalag;Åby\n".encode()


@pytest.fixture
def archive(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    audit.record("test.made", by=None, kind="test", object_id="1", label="Åäö \t\\ rad\nbyte")
    tasks.send_message.defer(message_id=1)
    upload = SimpleUploadedFile("register.csv", TEXT)
    files.store_upload(upload, by=None, owner_kind="test", owner_id="1", allowed=files.TABLES)
    file = tmp_path / "kopia.tar.gz"
    make_backup(file)
    return file


@pytest.fixture
def empty_database():
    """Yield the address of a new database beside the test's own."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(**connection.get_connection_params() | {"dbname": "postgres"}, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        at = server.info
        host = f"/{at.host}" if at.host.startswith("/") else at.host  # a socket's folder stands in the path
        where = f":{at.port}{host}" if at.host.startswith("/") else f"{host}:{at.port}"
        yield f"postgres://{at.user}:{quote(at.password or '')}@{where}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(address, data_dir, *arguments):
    """Run a command of manage.py on another database and another data folder."""
    environment = os.environ | {
        "DATABASE_URL": address,
        "SAMVERKA_DATA": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


def test_restore_into_an_empty_database_gives_the_same_rows_and_files(archive, empty_database, tmp_path):
    there = tmp_path / "there"
    done = manage(empty_database, there, "restore", str(archive))
    assert done.returncode == 0, done.stderr

    again = there / "again.tar.gz"
    done = manage(empty_database, there, "backup", "--out", str(again))
    assert done.returncode == 0, done.stderr
    before, after = read_manifest(archive), read_manifest(again)
    made_by_django = {"django_content_type", "auth_permission"}
    assert [t for t in after.tables if t["name"] not in made_by_django] == [
        t for t in before.tables if t["name"] not in made_by_django
    ]
    assert after.sequences.items() >= {k: v for k, v in before.sequences.items() if "django" not in k}.items()
    assert list(after.files) == list(before.files)
    stored = StoredFile.objects.get()
    assert (there / "files" / stored.path).read_bytes() == TEXT


def test_restore_refuses_a_database_that_is_not_empty(archive):
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", str(archive))


def test_restore_with_force_replaces_what_is_there(archive, empty_database, tmp_path):
    there = tmp_path / "there"
    assert manage(empty_database, there, "restore", str(archive)).returncode == 0
    refused = manage(empty_database, there, "restore", str(archive))
    assert refused.returncode == 1
    assert "inte tom" in refused.stderr
    assert manage(empty_database, there, "restore", str(archive), "--force").returncode == 0


def test_backup_leaves_sessions_and_cache_out(archive):
    names = {table["name"] for table in read_manifest(archive).tables}
    assert "kernel_auditentry" in names
    assert not names & {"django_session", "kernel_cache"}


def test_backup_is_private_and_leaves_no_part_behind(archive):
    assert archive.stat().st_mode & 0o077 == 0
    assert [p.name for p in archive.parent.iterdir() if p.name != "files"] == [archive.name]


def test_backup_refuses_a_file_that_has_changed(archive, tmp_path):
    StoredFile.objects.update(sha256=hashlib.sha256(b"other").hexdigest())
    with pytest.raises(BackupError, match="SHA-256"):
        make_backup(tmp_path / "second.tar.gz")
    assert not (tmp_path / "second.tar.gz").exists()


def test_backup_refuses_when_a_file_is_missing(archive, tmp_path):
    (tmp_path / "files" / StoredFile.objects.get().path).unlink()
    with pytest.raises(BackupError, match="går inte att läsa"):
        make_backup(tmp_path / "second.tar.gz")


def test_restore_refuses_what_is_no_backup(tmp_path):
    other = tmp_path / "other.tar.gz"
    with tarfile.open(other, "w:gz") as archive:
        archive.add(__file__, "x.py")
    with pytest.raises(BackupError, match="ingen säkerhetskopia"):
        restore_backup(other, force=True)


def test_backup_command_notes_when_it_was_made(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    call_command("backup", stdout=io.StringIO())
    noted = health.last_backup(tmp_path)
    assert Path(noted.file).stat().st_size == noted.size
    assert json.loads((tmp_path / health.LAST_BACKUP).read_text())["size"] == noted.size
