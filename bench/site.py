"""The site as it is run, over data of its own: database, web server and worker, and how much memory they take."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

PORT = int(os.environ.get("SAMVERKA_BENCH_PORT", "8765"))


@contextmanager
def site() -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py run` until the block ends."""
    command = [sys.executable, "manage.py", "run", "--port", str(PORT)]
    with Path("var/bench.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait(process)
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _wait(process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"the site ended at once; see var/bench.log ({process.returncode})")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site did not answer in 90 seconds; see var/bench.log")


class Reader:
    """One client that keeps its connection open and measures each answer, in seconds."""

    def __init__(self, port: int = PORT, headers: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Host": "localhost", "Accept-Language": "sv", **(headers or {})}

    def get(self, path: str) -> tuple[float, bytes]:
        """Return the time from request to the last byte, and the page. Anything but 200 ends the run."""
        return self._ask("GET", path)

    def post(self, path: str, form: Mapping[str, str]) -> tuple[float, bytes]:
        """Return the time and the answer of a form that is sent."""
        return self._ask("POST", path, urlencode(form))

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[float, bytes]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        before = time.perf_counter()
        self._connection.request(method, path, body, headers={**self._headers, **kind})
        answer = self._connection.getresponse()
        page = answer.read()
        took = time.perf_counter() - before
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return took, page


def memory(root: int, words: str) -> float:
    """Return the PSS in MB of the processes below `root` whose command holds `words`, and all of their children.

    PSS counts a page that several processes share once, divided among them; RSS would count it in each.
    """
    children = _children()
    wanted: set[int] = set()
    waiting = [root]
    while waiting:
        process = waiting.pop()
        if words in _command(process):
            wanted |= _below(process, children)
        waiting += children.get(process, [])
    return sum(_pss(process) for process in wanted) / 1024


def _below(process: int, children: dict[int, list[int]]) -> set[int]:
    found = {process}
    for child in children.get(process, []):
        found |= _below(child, children)
    return found


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        found.setdefault(parent, []).append(int(stat.parent.name))
    return found


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _pss(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
