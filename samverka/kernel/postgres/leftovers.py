"""Processes that a dead server left behind. They must be gone before a new server opens the same data."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 5.0  # seconds between one signal and a harder one


def processes_in(data: Path) -> list[int]:
    """Return the server processes that stand in the data folder: a PostgreSQL process always does, and nothing else should."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and os.readlink(entry / "cwd") == str(data) and _is_postgres(os.readlink(entry / "exe")):
                found.append(int(entry.name))
    return found


def end_leftovers(data: Path) -> None:
    """Wait until no server process stands in the data folder, with harder and harder signals.

    data: the resolved path of the data folder. Raises TimeoutError when a process does not even heed SIGKILL.
    """
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        for process in processes_in(data):
            with suppress(ProcessLookupError):
                os.kill(process, number)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not processes_in(data):
                return
            time.sleep(0.02)
    raise TimeoutError(f"server processes are left in {data}: {processes_in(data)}")


def remove_stale_files(data: Path, socket_folder: Path) -> None:
    """Remove the files by which a server that is gone still claims its data folder and its socket.

    PostgreSQL itself sees through a claim whose process is gone, but believes one whose number lives on as something else.
    Call it only when no server process stands in the folder.
    """
    for claim in [data / "postmaster.pid", *socket_folder.glob(".s.PGSQL.*")]:
        claim.unlink(missing_ok=True)


def _is_postgres(executable: str) -> bool:
    return executable.removesuffix(" (deleted)").endswith("/postgres")
