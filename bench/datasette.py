"""The peer: the same rows in SQLite with a full-text index, shown by Datasette."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PORT = 8766
NAME = "bench-peer"
#: Two of the four that our own page counts: the municipality, and the fields, of which an organisation has several.
FACETS = "_facet=municipality&_facet_array=fields"


def load(rows: list[dict[str, object]], path: Path) -> float:
    """Insert rows as sqlite-utils does, and index their text; return the seconds that the insert alone took."""
    import sqlite_utils

    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    database = sqlite_utils.Database(path)
    before = time.perf_counter()
    database["organisations"].insert_all(rows, pk="id", batch_size=1000)
    took = time.perf_counter() - before
    table = database["organisations"]
    table.enable_fts(["name", "number", "town", "municipality", "county", "fields", "labels"])
    database.close()
    return took


def raw_insert(source: Path, path: Path) -> float:
    """Return how many rows of a JSON Lines file sqlite-utils inserts in a second, as they are."""
    import sqlite_utils

    with suppress(FileNotFoundError):
        path.unlink()
    database = sqlite_utils.Database(path)
    before = time.perf_counter()
    with source.open(encoding="utf-8") as file:
        database["raw"].insert_all((json.loads(line) for line in file), batch_size=1000)
    took = time.perf_counter() - before
    count = database["raw"].count
    database.close()
    return count / took


@contextmanager
def datasette(path: Path) -> Iterator[None]:
    """Serve the file as Datasette does when it is just started with one."""
    command = [sys.executable, "-m", "datasette", "serve", str(path), "-p", str(PORT)]
    with Path("var/datasette.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "DATASETTE_SECRET": "bench"})
        try:
            _wait()
            yield
        finally:
            process.terminate()
            process.wait(20)


def _wait() -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/-/versions.json")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("datasette did not answer; see var/datasette.log")
