"""Processes that use an embedded server in a folder of the test's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from samverka.kernel.postgres import leftovers, server
from samverka.kernel.postgres.config import Cluster

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = Path(__file__).with_name("user_process.py")


class User:
    """One such process."""

    def __init__(
        self,
        data_dir: Path,
        *,
        wrapper: tuple[str, ...] = (),
        environment: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        self.process = subprocess.Popen(
            [*wrapper, sys.executable, str(SCRIPT), str(data_dir)],
            env=os.environ | {"PYTHONPATH": str(ROOT)} | (environment or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )

    def send(self, line: str) -> None:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def receive(self) -> Any:
        return json.loads(self.process.stdout.readline())

    def ask(self, line: str) -> Any:
        self.send(line)
        return self.receive()

    def leave(self) -> None:
        """Close its input, on which it ends."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)

    def kill(self) -> None:
        self.process.kill()
        self.leave()


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return Cluster(folder=tmp_path / "postgres-test", durable=False)


@pytest.fixture
def start_user(tmp_path: Path, cluster: Cluster) -> Iterator[Callable[..., User]]:
    """Start users of the server in the test's folder; afterwards they leave and the server is seen to stop."""
    users: list[User] = []

    def start(data_dir: Path = tmp_path, **options: Any) -> User:
        users.append(User(data_dir, **options))
        return users[-1]

    yield start
    for user in users:
        if user.process.poll() is None:
            user.leave()
    assert server.stop_if_unused(cluster)
    assert not running(cluster)


def running(cluster: Cluster) -> list[int]:
    """Return the server's processes, by their place in the data folder."""
    return [number for data in cluster.folder.glob("[0-9]*") for number in leftovers.processes_in(data.resolve())]


def postmaster(cluster: Cluster) -> int:
    (pid_file,) = cluster.folder.glob("[0-9]*/postmaster.pid")
    return int(pid_file.read_text().splitlines()[0])


def keeper(cluster: Cluster) -> int:
    return int(cluster.keeper_lock.read_text())


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
