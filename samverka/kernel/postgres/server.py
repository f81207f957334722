"""Starts the embedded server, or joins the one that runs. Standard library only: the supervisor uses it too."""

from __future__ import annotations

import os
import signal
import socket
import subprocess  # nosec B404 # fixed programs, no shell
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from samverka.kernel.postgres import binaries, leftovers, locks, sockets
from samverka.kernel.postgres.cluster import make_data
from samverka.kernel.postgres.config import PORT, USER, Cluster, server_options
from samverka.kernel.postgres.errors import EmbeddedDatabaseError
from samverka.kernel.postgres.keeper import HURRY

LONGEST_START = 300.0  # seconds; only the recovery after a crash takes more than one
LONGEST_MUTE = 3.0  # seconds a server may say that it is ready and not answer, as when its socket was removed
LARGEST_LOG = 5_000_000  # bytes before the log begins anew
ROOT = Path(__file__).resolve().parents[3]

_guard = threading.Lock()
_shares: dict[Path, int] = {}


@dataclass(frozen=True)
class Address:
    """Where a running server is reached. host: the folder of its socket."""

    host: str
    port: str = PORT
    user: str = USER


def ensure_running(cluster: Cluster, *, verify: bool = False) -> Address:
    """Start the server or join the one that runs, and return its address.

    From here to its end this process counts as a user, so the server stays. Cheap when the server runs.
    verify: do not believe the files, see that the server answers.
    Raises EmbeddedDatabaseError when the server cannot run here.
    """
    with _guard:
        _join(cluster)
        data = cluster.data(binaries.major_version(_folder(cluster)))
        address = None if verify else _stated_address(cluster, data)
        return address or _start(cluster, data)


def is_running(cluster: Cluster) -> bool:
    """Return whether the server runs; starts and joins nothing."""
    return _stated_address(cluster, cluster.data(binaries.major_version(_folder(cluster)))) is not None


def stop_if_unused(cluster: Cluster, *, patience: float = 10.0) -> bool:
    """Stop counting as a user and have the server stopped at once if nobody else uses it.

    patience: seconds to wait for the stop. Returns whether the server is stopped.
    """
    with _guard:
        if (share := _shares.pop(cluster.folder, None)) is not None:
            os.close(share)
    until = time.monotonic() + patience
    while locks.is_held(cluster.keeper_lock) and time.monotonic() < until:
        if _is_used(cluster):
            return False
        _tell_keeper(cluster, HURRY)
        time.sleep(0.05)
    return not locks.is_held(cluster.keeper_lock)


def _join(cluster: Cluster) -> None:
    """Take a share of the users' lock until this process ends. A forked child keeps it too: it is one open file."""
    if cluster.folder in _shares:
        return
    try:
        cluster.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        if cluster.folder.stat().st_uid != os.geteuid():
            raise PermissionError
        share = locks.open_lock(cluster.users_lock)
    except PermissionError as error:
        raise EmbeddedDatabaseError(
            f"Databasens mapp {cluster.folder} tillhör en annan användare. "
            "Kör som den användaren, eller välj en egen mapp med SAMVERKA_DATA."
        ) from error
    locks.take(share, shared=True)
    _shares[cluster.folder] = share


def _stated_address(cluster: Cluster, data: Path) -> Address | None:
    """Return the address of the server that its files say is ready, if its keeper lives."""
    if not _says_ready(data) or not locks.is_held(cluster.keeper_lock):
        return None
    (folder,) = _pid_file(data)[4:5] or [""]
    return Address(host=folder) if sockets.is_private(Path(folder)) else None


def _says_ready(data: Path) -> bool:
    return [line.strip() for line in _pid_file(data)[7:8]] == ["ready"]


def _pid_file(data: Path) -> list[str]:
    """Return the lines of the server's pid file. Their meaning: PostgreSQL's src/include/utils/pidfile.h."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _tell_keeper(cluster: Cluster, number: signal.Signals) -> None:
    with suppress(ValueError, OSError):
        os.kill(int(cluster.keeper_lock.read_text()), number)


def _start(cluster: Cluster, data: Path) -> Address:
    until = time.monotonic() + LONGEST_START
    mute_since: float | None = None
    with locks.held(cluster.start_lock):
        while time.monotonic() < until:
            address = _stated_address(cluster, data)
            if address and _answers(address):
                return address
            keeper = locks.open_lock(cluster.keeper_lock)
            try:
                if locks.try_take(keeper):
                    _launch(cluster, data, keeper)
                    break
            finally:
                os.close(keeper)
            mute_since = (mute_since or time.monotonic()) if _says_ready(data) else None
            if mute_since and time.monotonic() - mute_since > LONGEST_MUTE:
                _tell_keeper(cluster, signal.SIGTERM)
            time.sleep(0.02)
        return _wait_until_ready(cluster, data, until)


def _wait_until_ready(cluster: Cluster, data: Path, until: float) -> Address:
    while time.monotonic() < until:
        alive = locks.is_held(cluster.keeper_lock)  # asked first: a keeper that ends after this is seen the next time
        address = _stated_address(cluster, data)
        if address and _answers(address):
            return address
        if not alive:
            raise EmbeddedDatabaseError(
                f"Den inbyggda databasen gick inte att starta. Så här säger den:\n{_end_of(cluster.log)}"
            )
        time.sleep(0.01)
    raise EmbeddedDatabaseError(f"Den inbyggda databasen svarar inte. Se {cluster.log}.")


def _launch(cluster: Cluster, data: Path, keeper_lock: int) -> None:
    """Start a keeper, which inherits its lock and starts the server. Call it with both locks held."""
    if not (data / "PG_VERSION").exists():
        make_data(cluster, _folder(cluster), data)
    leftovers.end_leftovers(data.resolve())
    socket_folder = sockets.make_private_folder(data)
    # PostgreSQL sees through the claims of a process that is gone, but not when its number lives on as something else.
    sockets.empty(socket_folder)
    (data / "postmaster.pid").unlink(missing_ok=True)
    options = server_options(durable=cluster.durable, socket_folder=socket_folder)
    server = binaries.command(
        _folder(cluster),
        "postgres",
        "-D",
        str(data.resolve()),
        *(f"--{name}={value}" for name, value in options.items()),
    )
    keeper = [
        sys.executable,
        "-E",
        "-S",
        "-m",
        "samverka.kernel.postgres.keeper",
        str(keeper_lock),
        str(cluster.users_lock),
        str(socket_folder),
    ]
    if cluster.log.exists() and cluster.log.stat().st_size > LARGEST_LOG:
        cluster.log.rename(cluster.log.with_suffix(".log.1"))
    with cluster.log.open("ab") as log:
        subprocess.run(  # noqa: S603  # nosec B603 B607
            ["setsid", "--fork", *keeper, *server],  # noqa: S607
            cwd=ROOT,
            env=binaries.environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[keeper_lock],
            check=True,
        )


def _folder(cluster: Cluster) -> Path:
    return cluster.binaries or binaries.wheel_folder()


def _answers(address: Address) -> bool:
    with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
        probe.connect(f"{address.host}/.s.PGSQL.{address.port}")
        return True
    return False


def _is_used(cluster: Cluster) -> bool:
    users = locks.open_lock(cluster.users_lock)
    try:
        return not locks.try_take(users) and not locks.is_held(cluster.users_lock)
    finally:
        os.close(users)


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""


def _forget_guard() -> None:
    global _guard  # noqa: PLW0603 - a thread of the parent may have held it
    _guard = threading.Lock()


os.register_at_fork(after_in_child=_forget_guard)
