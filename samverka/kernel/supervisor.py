"""Keeps the database, the web server and one worker running, and stops them together.

`manage.py run` prepares everything and then becomes this process, which knows neither Django nor the product, so it
stays small. Whatever ends is started again, with any exit code: a worker ends with 0 when the database goes. Its
children are told by the kernel to stop when it is killed.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import subprocess  # nosec B404 # fixed commands, no shell
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from samverka.kernel.postgres import server
from samverka.kernel.postgres.config import Cluster
from samverka.kernel.postgres.errors import EmbeddedDatabaseError
from samverka.kernel.processes import dies_with_parent

ROOT = Path(__file__).resolve().parents[2]
STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
FIRST_DELAY, LONGEST_DELAY = 0.2, 10.0  # seconds before a part is started again
SETTLED = 20.0  # seconds after which a part that ends had been running well
PATIENCE = 10.0  # seconds the parts get to end in order


@dataclass
class Part:
    """A child process that should always run."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    delay: float = field(default=FIRST_DELAY)

    def start(self) -> None:
        """Start it in a session of its own, so that a Ctrl-C in the terminal reaches only the supervisor."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  # nosec B603
            self.command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - this process has one thread
        )

    def look_after(self) -> None:
        """Start it when it does not run and its delay has passed."""
        if self.process is None:
            if time.monotonic() >= self.start_at:
                self.start()
            return
        if (code := self.process.poll()) is None:
            return
        self._end_group()
        self.process = None
        lived = time.monotonic() - self.started
        self.delay = FIRST_DELAY if lived > SETTLED else min(self.delay * 2, LONGEST_DELAY)
        self.start_at = time.monotonic() + self.delay
        say(f"{self.name} avslutades (kod {code}) och startas om.")

    def stop(self, until: float) -> None:
        """Wait for its end until then, and end by force what is left of it."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        self._end_group()
        self.process.wait()

    def _end_group(self) -> None:
        """End children of its own that outlived it; a web worker would keep the port."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def say(text: str) -> None:
    """Print a line at once; a terminal that is gone is no reason to end."""
    with suppress(OSError):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def parts(port: int, threads: int) -> list[Part]:
    """Return the web server and the worker as they are run."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    web += ["--workers", "1", "--blocking-threads", str(threads), "--runtime-mode", "st", "--no-ws", "--http", "1"]
    web += ["--workers-kill-timeout", "5", "--log-level", "warning", "config.wsgi:application"]
    worker = [sys.executable, "manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "5"]
    return [Part("Webbservern", web), Part("Arbetaren", worker)]


def supervise(cluster: Cluster | None, running: list[Part], port: int, notice: str) -> None:
    """Keep all running until a signal to stop.

    cluster: the embedded database, or None when the installation has its own.
    notice: what to print under the address once the web server answers.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP | {signal.SIGCHLD})
    announced = False
    while True:
        _look_after_database(cluster)
        for part in running:
            part.look_after()
        if not announced and _answers(port):
            say(f"\nhttp://localhost:{port}\n\n{notice}".rstrip() + "\n\nAvsluta med Ctrl-C.")
            announced = True
        heard = signal.sigtimedwait(STOP | {signal.SIGCHLD}, 1.0 if announced else 0.1)
        if heard and heard.si_signo in STOP:
            break
    _stop(cluster, running)


def _stop(cluster: Cluster | None, running: list[Part]) -> None:
    say("\nAvslutar …")
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
    until = time.monotonic() + PATIENCE
    for part in running:
        if part.process is not None:
            part.process.terminate()
    try:
        for part in running:
            part.stop(until)
    except KeyboardInterrupt:  # the person does not want to wait
        for part in running:
            part.stop(0.0)
    if cluster is not None and not server.stop_if_unused(cluster):
        say("Databasen används av något mer och får vara igång.")
    say("Allt är avslutat.")


def _look_after_database(cluster: Cluster | None) -> None:
    if cluster is None or server.is_running(cluster):
        return
    try:
        server.ensure_running(cluster)
    except EmbeddedDatabaseError as error:
        say(str(error))


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main(arguments: list[str]) -> None:
    """Read what `manage.py run` hands over and supervise."""
    parser = argparse.ArgumentParser(prog="supervisor")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--cluster", type=Path, help="folder of the embedded database")
    parser.add_argument("--losable", action="store_true", help="the embedded database is one for tests")
    parser.add_argument("--notice-fd", type=int, help="open file with the text to print under the address")
    chosen = parser.parse_args(arguments)
    cluster = Cluster(chosen.cluster, durable=not chosen.losable) if chosen.cluster else None
    if cluster is not None:
        server.ensure_running(cluster)
    notice = ""
    if chosen.notice_fd is not None:
        with open(chosen.notice_fd, encoding="utf-8") as file:  # noqa: PTH123 - a descriptor, not a path
            notice = file.read()
    supervise(cluster, parts(chosen.port, chosen.threads), chosen.port, notice)


if __name__ == "__main__":
    main(sys.argv[1:])
