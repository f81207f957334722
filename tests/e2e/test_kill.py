"""kill -9 of web, worker or database, at any moment: what was confirmed to the person is there afterwards."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("granian", "procrastinate worker", "bin/postgres")


class Installation:
    """A whole product on a folder of its own, started as `make run` starts it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **{k: v for k, v in os.environ.items() if k not in {"SAMVERKA_TESTING", "DATABASE_URL", "LOG_LEVEL"}},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SAMVERKA_DATA": str(folder),
            "SAMVERKA_BASE_URL": f"http://localhost:{self.port}",
            "PYTHONPATH": str(ROOT),
        }
        self.output = folder / "output"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run", "--port", str(self.port)],
                cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + 90
        while "Ctrl-C" not in self.output.read_text() or self.get("/health/ready") != 200:
            assert self.process.poll() is None and time.monotonic() < deadline, self.output.read_text()[-2000:]
            time.sleep(0.2)

    def get(self, path: str) -> int:
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", path)
                return connection.getresponse().status
            except (OSError, http.client.HTTPException):
                return 0

    def facts(self) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("kill_facts.py"))],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def kill(self, part: str) -> bool:
        """kill -9 what runs as `part`; return whether anything did."""
        pids = [pid for pid in _descendants(self.process.pid) if part in _command(pid)]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        return bool(pids)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _descendants(root: int) -> list[int]:
    """Return the supervisor's processes, and the postmaster, which has a keeper of its own for a parent."""
    children: dict[int, list[int]] = {}
    folder = Path(os.environ.get("KILL_FOLDER", "/nonexistent"))
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
            if str(folder) in _command(int(entry.name)):
                found.append(int(entry.name))
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        found.extend(children.get(pid, []))
        waiting.extend(children.get(pid, []))
    return sorted(set(found) - {root})


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    monkeypatch.setenv("KILL_FOLDER", str(tmp_path))
    made = Installation(tmp_path)
    try:
        made.wait_until_ready()
        yield made
    finally:
        made.stop()


def save(installation: Installation, facts: dict[str, Any], text: str) -> bool:
    """Write `text` as the shared note, as a browser does; return whether the person was told that it is saved."""
    path = f"/arbete/{facts['organisation']}/samverkan/{facts['collaboration']}/gemensamt/"
    with closing(http.client.HTTPConnection("localhost", installation.port, timeout=5)) as connection:
        try:
            return _fill_in(connection, path, {"sessionid": facts["session"]}, text)
        except (OSError, http.client.HTTPException):
            return False


def _fill_in(connection: http.client.HTTPConnection, path: str, cookies: dict[str, str], text: str) -> bool:
    connection.request("GET", path, headers={"Cookie": _cookie(cookies)})
    form = connection.getresponse()
    page = form.read().decode()
    if form.status != 200:
        return False
    cookies["csrftoken"] = _found(r"csrftoken=(\w+)", str(form.getheader("Set-Cookie")))
    fields = {
        "csrfmiddlewaretoken": _found(r'name="csrfmiddlewaretoken" value="(\w+)"', page),
        "version": _found(r'name="version" value="(\d+)"', page),
        "text": text,
    }
    headers = {"Cookie": _cookie(cookies), "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status == 302


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, f"no {pattern} on the page"
    return match.group(1)


def _cookie(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def test_confirmed_texts_survive_kills(installation: Installation) -> None:
    facts = installation.facts()
    confirmed, killed = [], []
    deadline = time.monotonic() + 120
    for number in range(30):
        if number % 4 == 3:
            part = PARTS[(number // 4) % len(PARTS)]
            killed.append(part) if installation.kill(part) else None
        text = f"Anteckning nummer {number}"
        while not save(installation, facts, text):
            assert time.monotonic() < deadline, installation.output.read_text()[-3000:]
            time.sleep(0.3)
        confirmed.append(text)
    assert set(killed) == set(PARTS), "every part was killed at least once"
    after = installation.facts()
    assert set(confirmed) <= set(after["texts"])
    assert after["failed"] == 0
