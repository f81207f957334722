"""The private folder for the server's socket. Its path is short, since a socket's path holds at most 107 bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from samverka.kernel.postgres.errors import EmbeddedDatabaseError

LONGEST = 80  # bytes of the folder's path: room for "/.s.PGSQL.5432.lock" below 107


def is_private(folder: Path) -> bool:
    """Return whether the path is a real folder of ours that nobody else can open."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) == 0o700


def make_private_folder(key: Path) -> Path:
    """Make, or find again, the socket folder that belongs to a data folder.

    key: the data folder; the same one gives the same socket folder.
    Raises EmbeddedDatabaseError when someone else has taken the name.
    """
    digest = hashlib.sha256(os.fsencode(key.resolve())).hexdigest()[:12]
    for parent in _parents():
        folder = parent / f"samverka-{os.geteuid()}-{digest}"
        if len(os.fsencode(folder)) > LONGEST:
            continue
        folder.mkdir(mode=0o700, exist_ok=True)
        if is_private(folder):
            return folder
    raise EmbeddedDatabaseError(
        f"Databasens socket behöver en egen mapp, men {folder} ägs av någon annan "
        "eller är öppen för andra. Ta bort den och försök igen."
    )


def empty(folder: Path) -> None:
    """Remove what a server that is gone has left in its socket folder."""
    for left in folder.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def remove(folder: Path) -> None:
    """Remove the socket folder of a server that is gone."""
    empty(folder)
    with suppress(OSError):
        folder.rmdir()


def _parents() -> Iterator[Path]:
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    if is_private(runtime):
        yield runtime
    yield Path("/tmp")  # noqa: S108  # nosec B108 # the folder made in it is private, and checked
