"""kill -9 of worker, web server and database in the middle of a sending: `python -m bench.kill [TIMES] [MAILS]`.

A whole installation sends to a sink. Parts of it are killed at random moments until the sending is done. Then every
recipient has the mail exactly once at the sink, or is listed as uncertain and has it at most once.
"""

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.test_kill import PARTS, ROOT, Installation

#: Seconds between kills, at random between these; and how many of a sending.
BETWEEN, KILLS = (0.5, 5.0), 6
LONGEST = 600.0


@dataclass
class Outcome:
    """One sending: how many of each state, what was killed, and everything that must not be."""

    states: dict[str, int]
    killed: list[str]
    seconds: float
    wrong: list[str] = field(default_factory=list)
    uncertain_arrived: int = 0

    def __str__(self) -> str:
        told = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        kills = ", ".join(f"{part} ×{count}" for part, count in sorted(Counter(self.killed).items()))
        held = "; ".join(self.wrong) or "every recipient once, or listed as uncertain"
        arrived = f"{self.uncertain_arrived} of the uncertain had arrived"
        return f"{told} ({arrived}); killed {kills}; {self.seconds:.0f} s; {held}"


@contextmanager
def installation(folder: Path) -> Iterator[tuple[Installation, Path]]:
    """Run a new installation in `folder` that sends to a sink; give it and the file of what has arrived."""
    folder.mkdir(parents=True, exist_ok=True)
    taken, port = folder / "sink", _free_port()
    told = {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "KILL_FOLDER": str(folder), "SEND_PER_DOMAIN": "0"}
    with _sink(port, taken), _environment(told):
        made = Installation(folder)
        try:
            _wait_until_ready(made)
            yield made, taken
        finally:
            made.stop()


@contextmanager
def _sink(port: int, taken: Path) -> Iterator[None]:
    """Run the sink, from when it listens; its process and what it says are ended with it."""
    command = [sys.executable, "-m", "bench.smtp_sink", str(port), str(taken), "5"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as sink:
        try:
            assert sink.stdout is not None and sink.stdout.readline() == b"ready\n", "the sink did not start"
            yield
        finally:
            sink.terminate()


@contextmanager
def _environment(told: dict[str, str]) -> Iterator[None]:
    """Set variables for the processes that are started meanwhile, and put back what was there."""
    before = {name: os.environ.get(name) for name in told}
    os.environ |= told
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def once(
    made: Installation, taken: Path, mails: int, *, seed: int, kills: int = KILLS, parts: Sequence[str] = PARTS
) -> Outcome:  # fmt: skip
    """Send `mails`, kill parts of the installation meanwhile, and return what came of it."""
    chance, label = random.Random(seed), str(seed)
    _patiently(made, "begin", label, str(mails))
    before = time.monotonic()
    killed = _kill_until_done(made, chance, kills=kills, parts=parts, taken=taken, mark=f"@kill{label}-")
    _wait(made, label)
    seconds = time.monotonic() - before
    time.sleep(0.5)
    return _judge(_patiently(made, "rows", label)["rows"], taken, killed, seconds, mails)


def _patiently(made: Installation, *arguments: str) -> dict[str, Any]:
    """Ask until the database answers."""
    for _attempt in range(30):
        with suppress(subprocess.CalledProcessError):
            return _ask(made, *arguments)
        time.sleep(1)
    return _ask(made, *arguments)


def _kill_until_done(
    made: Installation, chance: random.Random, *, kills: int, parts: Sequence[str], taken: Path, mark: str
) -> list[str]:  # fmt: skip
    killed: list[str] = []
    until = time.monotonic() + LONGEST
    while mark not in taken.read_text():
        if time.monotonic() > until:
            raise SystemExit(f"nothing has left for the sink\n{made.output.read_text()[-3000:]}")
        time.sleep(0.05)
    for number in range(kills):
        time.sleep(chance.uniform(*BETWEEN))
        part = parts[number % len(parts)] if number < len(parts) else chance.choice(list(parts))
        if made.kill(part):
            killed.append(part)
    return killed


def _wait_until_ready(made: Installation) -> None:
    """Wait longer than a test does: a busy machine takes minutes to make a new installation."""
    until = time.monotonic() + LONGEST
    while "Ctrl-C" not in made.output.read_text() or made.get("/health/ready") != 200:
        if made.process.poll() is not None or time.monotonic() > until:
            raise SystemExit(made.output.read_text()[-2000:])
        time.sleep(0.3)


def _wait(made: Installation, label: str) -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with suppress(subprocess.CalledProcessError):
            if _ask(made, "states", label)["issue"] == "sent":
                return
        time.sleep(1)
    raise SystemExit(f"the sending did not end: {_ask(made, 'states')}\n{made.output.read_text()[-3000:]}")


def _judge(
    rows: list[list[str]], taken: Path, killed: list[str], seconds: float, mails: int
) -> Outcome:  # fmt: skip
    """Compare the rows with what is at the sink."""
    arrived = Counter(line.split(" ")[0] for line in taken.read_text().splitlines())
    found = Outcome(dict(Counter(state for _address, state in rows)), killed, seconds)
    for address, state in rows:
        times = arrived[address]
        found.uncertain_arrived += state == "uncertain" and times == 1
        if times > 1 or (state == "sent" and times != 1) or state not in {"sent", "uncertain"}:
            found.wrong.append(f"{address} {state} arrived {times} times")
    if len(rows) != mails:
        found.wrong.append(f"{len(rows)} rows, not {mails}")
    return found


def _ask(made: Installation, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.kill_facts", *arguments],
        cwd=ROOT, env=made.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(times: int, mails: int) -> int:
    """Print a line for each sending; 1 when one of them was wrong."""
    wrong = 0
    folder = Path("var/kill").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    with installation(folder) as (made, taken):
        for number in range(times):
            outcome = once(made, taken, mails, seed=number)
            wrong += bool(outcome.wrong)
            print(f"{number + 1}: {outcome}", flush=True)
    print(f"{times - wrong} of {times} as promised")
    return 1 if wrong else 0


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(given + [10, 20_000][len(given) :])))
