"""Backup and restore: the whole database and every file in one archive, for any PostgreSQL from 15.

The archive holds `manifest.json`, one COPY text per table and the files. Tables are made by the migrations that the
manifest names and filled by COPY, so that the archive can go from one PostgreSQL version to another without a
pg_dump that fits both. Sessions and the cache are left out: they would open somebody's sign-in, or can be made again.
"""

import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from .health import product_version
from .models import StoredFile

FORMAT = 1
LEFT_OUT = frozenset({"django_migrations", "django_session", "kernel_cache"})
#: Filled by Django itself when tables are made, so rows here do not make a database "not empty".
_MADE_BY_DJANGO = frozenset({"django_content_type", "auth_permission"})
_CHUNK = 1024 * 1024


class BackupError(Exception):
    """The backup could not be made or put back; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: tables in load order, with columns and number of rows; files with size and SHA-256."""

    format: int
    version: str
    made_at: str
    migrations: Sequence[Sequence[str]]
    tables: Sequence[Mapping[str, Any]]
    sequences: Mapping[str, int]
    files: Sequence[Mapping[str, Any]]

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(table["rows"] for table in self.tables)


# Making one


def make_backup(out: Path) -> Manifest:
    """Write database and files to `out` (mode 0600, whole or not at all); return what it holds.

    Everything is read as it was at one moment, while the site goes on. Raises BackupError when a file is missing or
    is not what its row says.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f"{out.name}.partial")
    try:
        with tempfile.TemporaryDirectory(dir=out.parent) as folder, transaction.atomic():
            manifest = _copy_out(Path(folder))
            partial.touch(mode=0o600)
            with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
                _add_bytes(archive, "manifest.json", json.dumps(asdict(manifest), indent=1).encode())
                for table in manifest.tables:
                    archive.add(Path(folder) / table["name"], f"tables/{table['name']}")
                for file in manifest.files:
                    _add_file(archive, file)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _copy_out(folder: Path) -> Manifest:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = []
        for name in _load_order(cursor):
            columns = _columns(cursor, name)
            with (folder / name).open("wb") as file, cursor.copy(_copy_sql(name, columns, "TO STDOUT")) as copy:
                for data in copy:
                    file.write(data)
            tables.append({"name": name, "columns": columns, "rows": _count(cursor, name)})
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        sequences = {name: value for name, value in cursor.fetchall() if value is not None}
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    files = StoredFile.objects.order_by("pk").values("path", "size", "sha256")
    return Manifest(
        FORMAT,
        product_version(),
        timezone.now().isoformat(),
        [list(key) for key in applied],
        tables,
        sequences,
        list(files),
    )


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


def _add_file(archive: tarfile.TarFile, file: Mapping[str, Any]) -> None:
    member = tarfile.TarInfo(f"files/{file['path']}")
    member.size = file["size"]
    try:
        with default_storage.open(file["path"], "rb") as opened:
            hashed = _Hashed(opened)
            archive.addfile(member, hashed)
    except OSError as error:
        raise BackupError(f"Filen {file['path']} går inte att läsa: {error}. Ingen säkerhetskopia gjordes.") from error
    if hashed.sha256 != file["sha256"]:
        raise BackupError(f"Filen {file['path']} är inte den som lades in (fel SHA-256). Ingen säkerhetskopia gjordes.")


# Putting one back


def restore_backup(file: Path, *, force: bool = False) -> Manifest:
    """Put the archive `file` into the database and the file store; return what it held.

    The tables are made anew. Raises BackupError when the database holds rows and `force` is not given, when the
    archive was made by a later version, and when rows or files afterwards are not those of the manifest.
    """
    with tarfile.open(file, "r:gz") as archive:
        manifest = _read_manifest(archive)
        if not force and (name := _first_table_with_rows()):
            raise BackupError(
                f"Databasen är inte tom: det finns rader i {name}. "
                "Återläs till en tom databas, eller ange --force för att ersätta allt som finns."
            )
        _make_tables(manifest)
        with transaction.atomic():
            _load(archive, manifest)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return manifest


def read_manifest(file: Path) -> Manifest:
    """Return what an archive says that it holds. Raises BackupError if it is none of ours."""
    with tarfile.open(file, "r:gz") as archive:
        return _read_manifest(archive)


def _read_manifest(archive: tarfile.TarFile) -> Manifest:
    member = archive.next()
    content = archive.extractfile(member) if member and member.name == "manifest.json" else None
    if content is None:
        raise BackupError("Filen är ingen säkerhetskopia från Samverka: den börjar inte med manifest.json.")
    manifest = Manifest(**json.load(content))
    if manifest.format != FORMAT:
        raise BackupError(f"Säkerhetskopian har format {manifest.format}; den här versionen läser {FORMAT}.")
    return manifest


def _first_table_with_rows() -> str:
    with connection.cursor() as cursor:
        for name in _table_names(cursor):
            cursor.execute(f"SELECT EXISTS (SELECT FROM {_quoted(name)})")  # noqa: S608  # nosec B608
            if name not in _MADE_BY_DJANGO and cursor.fetchone()[0]:
                return name
    return ""


def _make_tables(manifest: Manifest) -> None:
    """Make the tables as they were when the archive was made."""
    applied = {(app, name) for app, name in manifest.migrations}
    graph = MigrationExecutor(connection).loader.graph
    known = applied & set(graph.nodes)
    if unknown := sorted(applied - known):
        # A squashed migration's parts stay on record after the parts are gone; only a whole app ahead of us matters.
        ahead = [
            f"{app}.{name}" for app, name in unknown if name > max((n for a, n in graph.nodes if a == app), default="")
        ]
        if ahead:
            raise BackupError(
                f"Säkerhetskopian är gjord med en senare version ({manifest.version}): {ahead[0]} finns inte här."
            )
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()
    executor = MigrationExecutor(connection)
    tips = [node for node in known if not any(child in known for child in graph.node_map[node].children)]
    executor.migrate(tips)


def _load(archive: tarfile.TarFile, manifest: Manifest) -> None:
    tables = {table["name"]: table for table in manifest.tables}
    files = {f"files/{file['path']}": file for file in manifest.files}
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))}")
        for name in tables:  # triggers would log jobs anew
            cursor.execute(f"ALTER TABLE {_quoted(name)} DISABLE TRIGGER USER")
        done = set()
        for member in archive:
            content = archive.extractfile(member)
            if content is None:
                continue
            done.add(member.name)
            if member.name in files:
                _put_file(content, files[member.name])
            elif member.name.startswith("tables/"):
                _copy_in(cursor, content, tables[member.name.removeprefix("tables/")])
        if lacking := sorted({*files, *(f"tables/{name}" for name in tables)} - done):
            raise BackupError(f"Säkerhetskopian är inte hel: {lacking[0]} saknas. Inget har lästs tillbaka.")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in tables:
            cursor.execute(f"ALTER TABLE {_quoted(name)} ENABLE TRIGGER USER")
        for name, value in manifest.sequences.items():
            cursor.execute(
                "SELECT setval(%s::regclass, %s) WHERE to_regclass(%s) IS NOT NULL",
                [_quoted(name), value, _quoted(name)],
            )


def _copy_in(cursor: Any, content: IO[bytes], table: Mapping[str, Any]) -> None:
    with cursor.copy(_copy_sql(table["name"], table["columns"], "FROM STDIN")) as copy:
        while data := content.read(_CHUNK):
            copy.write(data)
    if (count := _count(cursor, table["name"])) != table["rows"]:
        raise BackupError(
            f"{table['name']} fick {count} rader i stället för {table['rows']}. Inget har lästs tillbaka."
        )


def _put_file(content: IO[bytes], file: Mapping[str, Any]) -> None:
    path = file["path"]
    if default_storage.exists(path):
        default_storage.delete(path)
    hashed: Any = _Hashed(content)
    saved = default_storage.save(path, File(hashed, name=path))
    if saved != path or hashed.sha256 != file["sha256"]:
        raise BackupError(f"Filen {path} blev inte som den var. Inget har lästs tillbaka i databasen.")


class _Hashed(io.RawIOBase):
    """A file being read, with the SHA-256 of what has been read."""

    def __init__(self, file: Any) -> None:
        self._file, self._digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._file.read(size)
        self._digest.update(data)
        return data

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


# The database's own lists


def _table_names(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"
    )
    return [name for (name,) in cursor.fetchall() if name not in LEFT_OUT]


def _load_order(cursor: Any) -> list[str]:
    """Return the tables so that a row's parent comes first where the database does not wait for the commit to check."""
    waiting = dict.fromkeys(_table_names(cursor))
    cursor.execute(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint "
        "WHERE contype = 'f' AND NOT condeferrable AND conrelid <> confrelid"
    )
    parents: dict[str, set[str]] = {}
    for child, parent in cursor.fetchall():
        parents.setdefault(child, set()).add(parent)
    return list(_in_order(waiting, parents))


def _in_order(waiting: dict[str, None], parents: Mapping[str, set[str]]) -> Iterator[str]:
    while waiting:
        ready = [name for name in waiting if not parents.get(name, set()) & waiting.keys()] or list(waiting)
        for name in ready:
            del waiting[name]
            yield name


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _copy_sql(table: str, columns: Sequence[str], direction: str) -> str:
    return f"COPY {_quoted(table)} ({', '.join(map(_quoted, columns))}) {direction}"


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608  # nosec B608
    return int(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
