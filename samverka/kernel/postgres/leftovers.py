"""Processes that a dead server left behind. They must be gone before a new server opens the same data."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 5.0  # seconds between one signal and a harder one


def processes_in(data: Path) -> list[int]:
    """Return the server processes that stand in the data folder, as every process of a PostgreSQL server does."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if not entry.name.isdigit() or (entry / "cwd").readlink() != data:
                continue
            if (entry / "exe").readlink().name.removesuffix(" (deleted)") == "postgres":
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
