"""Runs a command with DATABASE_URL naming a PostgreSQL 15 of Debian's, which lives for that long.

    .venv/bin/python tools/with_postgresql_15.py .venv/bin/python -m pytest -n 2

The server is started as the embedded one is, from Debian's programs, in a temporary folder and without a network port.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samverka.kernel.postgres import server
from samverka.kernel.postgres.config import Cluster

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


def main() -> int:
    """Run the command of the arguments and return its exit code."""
    install()
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder) / "postgres", durable=False, binaries=PROGRAMS)
        address = server.ensure_running(cluster)
        url = f"postgres://{address.user}@/postgres?host={quote(address.host)}&port={address.port}"
        try:
            return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
        finally:
            server.stop_if_unused(cluster)


def install() -> None:
    """Install Debian's PostgreSQL 15 if it is missing and we may."""
    if (PROGRAMS / "postgres").exists():
        return
    if os.geteuid() != 0:
        sys.exit("PostgreSQL 15 finns inte här. Installera det med: sudo apt install postgresql-15")
    # Debian would make and start a cluster of its own, which nobody needs here.
    settings = Path("/etc/postgresql-common/createcluster.d/samverka.conf")
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("create_main_cluster = false\n")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "update"], env=environment, check=True)
    command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "postgresql-15"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
