"""Makes the data folder of a new cluster."""

from __future__ import annotations

import shutil
import subprocess  # nosec B404 # fixed programs, no shell
from pathlib import Path

from samverka.kernel.postgres import binaries
from samverka.kernel.postgres.config import USER, Cluster
from samverka.kernel.postgres.errors import EmbeddedDatabaseError

FIRST_WITH_BUILTIN_LOCALE = 17


def make_data(cluster: Cluster, folder: Path, data: Path) -> None:
    """Make a cluster's data with `initdb`, beside its place, and move it there when it is whole.

    folder: the programs' folder. data: the place. Call it with the start lock held.
    Raises EmbeddedDatabaseError when the data of another major version is there, or when initdb fails.
    """
    _refuse_other_version(cluster, data)
    for unfinished in cluster.folder.glob("*.new"):
        shutil.rmtree(unfinished)
    new = data.with_suffix(".new")
    line = binaries.command(folder, "initdb", "--pgdata", str(new), *_choices(cluster, int(data.name)))
    done = subprocess.run(line, env=binaries.environment(), capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603
    if done.returncode != 0:
        raise EmbeddedDatabaseError(
            f"Den inbyggda databasen gick inte att skapa i {cluster.folder}. Så här säger den:\n{done.stderr}"
        )
    new.rename(data)


def _choices(cluster: Cluster, major: int) -> list[str]:
    choices = [f"--username={USER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
    if major >= FIRST_WITH_BUILTIN_LOCALE:
        choices += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if not cluster.durable:
        choices += ["--no-sync"]
    return choices


def _refuse_other_version(cluster: Cluster, data: Path) -> None:
    others = sorted(found.parent.name for found in cluster.folder.glob("*/PG_VERSION") if found.parent.suffix != ".new")
    if others:
        raise EmbeddedDatabaseError(
            f"Databasen i {cluster.folder} är gjord med PostgreSQL {', '.join(others)}, "
            f"men programmet har nu PostgreSQL {data.name}. "
            "Ta en säkerhetskopia med den tidigare versionen (manage.py backup), "
            "flytta undan mappen och läs in kopian (manage.py restore)."
        )
