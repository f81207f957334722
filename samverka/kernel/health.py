"""How the installation is: one look at the database, the mail, the disk, the last backup, the versions."""

import json
import platform
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from . import jobs
from .models import OutboxMessage, OutboxState

#: Written by every backup, so that this page can say when the last one was made.
LAST_BACKUP = "last_backup.json"
#: A mail that has waited longer than this is late.
MAIL_IS_LATE = timedelta(minutes=15)


@dataclass(frozen=True)
class Backup:
    """The last backup: when, where it was put, its size in bytes."""

    made_at: datetime
    file: str
    size: int


@dataclass(frozen=True)
class Health:
    """The state of the installation; sizes in bytes."""

    jobs: Mapping[str, int]
    workers: int
    outbox: Mapping[str, int]
    database_size: int
    disk_free: int
    disk_total: int
    last_backup: Backup | None
    versions: Mapping[str, str]

    @property
    def is_well(self) -> bool:
        """Whether somebody works on the queue and nothing has failed or stalled."""
        stuck = self.jobs["failed"] + self.jobs["stalled"] + self.outbox[OutboxState.FAILED]
        return bool(self.workers) and not stuck


def look() -> Health:
    """Return how the installation is now."""
    disk = shutil.disk_usage(settings.DATA_DIR)
    return Health(
        jobs=jobs.counts(),
        workers=len(jobs.workers()),
        outbox=outbox_counts(),
        database_size=_database_size(),
        disk_free=disk.free,
        disk_total=disk.total,
        last_backup=last_backup(settings.DATA_DIR),
        versions=versions(),
    )


def outbox_counts() -> dict[str, int]:
    """Return how many messages of the outbox are in each state."""
    found = dict(OutboxMessage.objects.values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in OutboxState.values}


def versions() -> dict[str, str]:
    """Return the versions of the product, Django, Python and PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgres,) = cursor.fetchone()
    return {
        "Samverka": product_version(),
        "Django": django.get_version(),
        "Python": platform.python_version(),
        "PostgreSQL": postgres.split(" ")[0],
    }


def product_version() -> str:
    """Return the product's version, from pyproject.toml where it runs from its checkout."""
    try:
        return version("samverka")
    except PackageNotFoundError:
        import tomllib

        described: dict[str, Any] = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
        return str(described["project"]["version"])


def last_backup(data_dir: Path) -> Backup | None:
    """Return the last backup that was made here, None if there is none."""
    try:
        note = json.loads((data_dir / LAST_BACKUP).read_text())
    except FileNotFoundError:
        return None
    return Backup(datetime.fromisoformat(note["made_at"]), note["file"], note["size"])


def note_backup(data_dir: Path, file: Path) -> None:
    """Write down that a backup has been made."""
    note = {"made_at": timezone.now().isoformat(), "file": str(file), "size": file.stat().st_size}
    (data_dir / LAST_BACKUP).write_text(json.dumps(note))


def _database_size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return int(size)


@dataclass(frozen=True)
class PublicStatus:
    """What anyone may know: whether mails and other work go out in time."""

    jobs_run: bool
    mail_leaves: bool

    @property
    def all_well(self) -> bool:
        """Whether there is nothing to tell."""
        return self.jobs_run and self.mail_leaves


def public_status() -> PublicStatus:
    """Return whether a worker is alive, and whether no mail has waited longer than MAIL_IS_LATE."""
    late = OutboxMessage.objects.filter(state=OutboxState.QUEUED, created_at__lt=timezone.now() - MAIL_IS_LATE)
    return PublicStatus(jobs_run=bool(jobs.workers()), mail_leaves=not late.exists())
