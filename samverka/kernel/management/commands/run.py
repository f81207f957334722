"""`manage.py run`: everything on one machine, for a try-out or for development. `make run` calls it."""

import hashlib
import io
import json
import os
import socket
import sys
import tempfile
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from samverka.kernel.postgres import locks, server
from samverka.kernel.postgres.config import ENGINE, Cluster, cluster_of
from samverka.kernel.postgres.errors import EmbeddedDatabaseError


class Command(BaseCommand):
    help = "Prepares the database and runs database, web server and worker together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        lock = _take_run_lock(port)
        refuse_taken_port(port)
        try:
            cluster = _start_database()
            notice = self._prepare()
        except KeyboardInterrupt:
            raise CommandError("Avbrutet.") from None
        _become_supervisor(port, cluster, notice, lock)

    def _prepare(self) -> str:
        """Bring database and static files up to date. Return what `load_demo` prints: the demo's sign-ins."""
        self._step("Databasen uppdateras …")
        call_command("migrate", interactive=False, verbosity=0)
        if "load_content" in get_commands():
            self._step("Innehållet läses in …")
            call_command("load_content", stdout=io.StringIO())
        notice = io.StringIO()
        if "load_demo" in get_commands():
            self._step("Demon läses in …")
            call_command("load_demo", stdout=notice)
        if static_files_changed():
            self._step("Bilder och stilmallar samlas …")
            collect_static_files()
        self._step("Webbservern startas …")
        return notice.getvalue()

    def _step(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def refuse_taken_port(port: int) -> None:
    """Raise CommandError when anything listens on the port, by IPv4 or IPv6: `localhost` may mean either."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with suppress(OSError), socket.socket(family) as probe:  # no IPv6 here: nothing listens on it
            if probe.connect_ex((address, port)) == 0:
                raise CommandError(
                    f"Port {port} används redan av ett annat program. "
                    f"Välj en annan, till exempel: make run PORT={port + 1}"
                )


def static_files_changed() -> bool:
    """Return whether the static files differ from those last collected."""
    stamp = _stamp_file()
    return not stamp.exists() or stamp.read_text() != _static_fingerprint()


def collect_static_files() -> None:
    """Collect, hash and compress the static files into STATIC_ROOT."""
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _stamp_file().write_text(_static_fingerprint())


def _stamp_file() -> Path:
    return Path(settings.STATIC_ROOT).with_suffix(".stamp")


def _static_fingerprint() -> str:
    seen = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            seen.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _take_run_lock(port: int) -> int:
    """Take the lock that says that the product runs on this data, and note who we are. Returns its descriptor."""
    path = Path(settings.DATA_DIR) / "run.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = locks.open_lock(path)
    if not locks.try_take(lock):
        other = json.loads(path.read_text() or "{}")
        raise CommandError(
            f"Samverka körs redan här, på port {other.get('port', '?')} (process {other.get('process', '?')}). "
            "Avsluta den först, eller ge den här en egen mapp för data: "
            f"make run PORT={port + 1} SAMVERKA_DATA=var/{port + 1}"
        )
    os.ftruncate(lock, 0)
    os.pwrite(lock, json.dumps({"port": port, "process": os.getpid()}).encode(), 0)
    return lock


def _start_database() -> Cluster | None:
    """Start or join the embedded database. Returns None when the installation has its own."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != ENGINE:
        return None
    cluster = cluster_of(database)
    try:
        server.ensure_running(cluster)
    except EmbeddedDatabaseError as error:
        raise CommandError(str(error)) from error
    return cluster


def _become_supervisor(port: int, cluster: Cluster | None, notice: str, lock: int) -> None:
    """Replace this process by the supervisor, which needs none of the memory that the preparation took."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is handed over open; the sign-ins are never a file with a name
    file.write(notice.encode())
    file.seek(0)
    for descriptor in (file.fileno(), lock):
        os.set_inheritable(descriptor, True)
    command = [sys.executable, "-m", "samverka.kernel.supervisor", "--port", str(port)]
    command += ["--threads", os.environ.get("WEB_THREADS", "4"), "--notice-fd", str(file.fileno())]
    if cluster is not None:
        command += ["--cluster", str(cluster.folder), *([] if cluster.durable else ["--losable"])]
    os.environ.setdefault("SAMVERKA_BASE_URL", f"http://localhost:{port}")
    os.chdir(settings.BASE_DIR)
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606  # nosec B606 # our own module
