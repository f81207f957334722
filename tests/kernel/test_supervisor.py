"""What is supervised comes back whatever ends it, and goes away with its supervisor, however that one ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from samverka.kernel.management.commands.run import refuse_taken_port
from samverka.kernel.postgres import server
from samverka.kernel.postgres.config import Cluster
from tests.kernel.postgres.conftest import postmaster, running, wait_until

SCRIPT = Path(__file__).with_name("supervised.py")


class Supervised:
    """The supervisor's process, and what it and its parts have printed."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.cluster = Cluster(folder / "postgres-test", durable=False)
        self.output = folder / "output"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(SCRIPT), str(folder), str(self.port)],
                env=os.environ | {"PYTHONPATH": str(SCRIPT.parents[2])},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def lines(self) -> list[list[str]]:
        return [line.split() for line in self.output.read_text().splitlines() if line]

    def numbers(self, name: str) -> list[int]:
        """Return the process numbers that a part has printed at its latest start."""
        starts = [line for line in self.lines() if line[0] == name]
        return [int(word) for word in starts[-1][1:]] if starts else []

    def is_up(self) -> bool:
        return ["Inloggningar"] in self.lines() and bool(self.numbers("worker")) and bool(running(self.cluster))

    def wait_until_again(self, name: str, before: list[int]) -> None:
        wait_until(lambda: self.numbers(name) not in ([], before))


def alive(numbers: list[int]) -> list[int]:
    """Return those of the processes that live; one that only waits to be counted does not."""
    living = []
    for number in numbers:
        status = Path(f"/proc/{number}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z":
            living.append(number)
    return living


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Supervised]:
    """Start the supervisor and wait until all three run."""
    started = Supervised(tmp_path)
    try:
        wait_until(started.is_up)
        yield started
    finally:
        started.process.kill()
        started.process.wait()
        stopped = server.stop_if_unused(started.cluster)
    assert stopped


def all_numbers(started: Supervised) -> list[int]:
    return started.numbers("web") + started.numbers("worker") + running(started.cluster)


def test_address_is_the_first_printed_and_the_notice_follows(supervised):
    text = supervised.output.read_text()

    assert text.index(f"http://localhost:{supervised.port}") < text.index("Inloggningar")
    assert text.count("http") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_all_three(supervised, number):
    before = all_numbers(supervised)

    supervised.process.send_signal(number)

    assert supervised.process.wait(20) == 0
    assert not alive(before)
    assert not running(supervised.cluster)


def test_killed_supervisor_leaves_nothing(supervised):
    before = all_numbers(supervised)

    supervised.process.kill()

    wait_until(lambda: not alive(before) and not running(supervised.cluster))


@pytest.mark.parametrize(
    ("name", "number"), [("web", signal.SIGKILL), ("worker", signal.SIGKILL), ("worker", signal.SIGUSR1)]
)
def test_part_that_ends_is_started_again_and_its_children_are_gone(supervised, name, number):
    before = supervised.numbers(name)

    os.kill(before[0], number)

    supervised.wait_until_again(name, before)
    assert not alive(before)


def test_killed_database_is_started_again(supervised):
    before = postmaster(supervised.cluster)

    os.kill(before, signal.SIGKILL)

    wait_until(lambda: server.is_running(supervised.cluster) and postmaster(supervised.cluster) != before)


def loopbacks() -> list[tuple[socket.AddressFamily, str]]:
    """Return the loopback addresses that this machine has."""
    interfaces = Path("/proc/net/if_inet6")
    has_ipv6 = interfaces.exists() and bool(interfaces.read_text())
    return [(socket.AF_INET, "127.0.0.1")] + ([(socket.AF_INET6, "::1")] if has_ipv6 else [])


@pytest.mark.parametrize(("family", "address"), loopbacks())
def test_taken_port_is_told_with_the_way_out(family, address):
    with socket.socket(family) as taken:
        taken.bind((address, 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"make run PORT={port + 1}"):
            refuse_taken_port(port)
