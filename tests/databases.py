"""Databases of tests: one template, migrated and filled with content once; every worker and browser test has a clone.

The template's name holds a hash of what makes it, so that a change makes a new one.
"""

import fcntl
import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
MADE_FROM = ("samverka/**/migrations/*.py", "samverka/**/content.py", "samverka/**/models.py", "content/**/*")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _server() -> psycopg.Connection:
    """Return a connection to the server's own database."""
    with use_database("postgres"):
        parameters = connection.get_connection_params()
    wanted = {k: v for k, v in parameters.items() if k in {"host", "port", "user", "password", "dbname", "options"}}
    return psycopg.connect(**{**wanted, "dbname": "postgres"}, autocommit=True)


@contextmanager
def use_database(name: str) -> Iterator[None]:
    """Let every connection made inside go to the database `name`."""
    earlier = settings.DATABASES["default"]["NAME"]
    connections.close_all()
    for place in (settings.DATABASES["default"], connections.settings["default"], connection.settings_dict):
        place["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        for place in (settings.DATABASES["default"], connections.settings["default"], connection.settings_dict):
            place["NAME"] = earlier


def _run(statement: str, *names: str) -> None:
    with _server() as server:
        server.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def _exists(name: str) -> bool:
    with _server() as server:
        return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def template() -> str:
    """Return the name of the template database, made now if it is missing. Several processes may ask at once."""
    name = f"template_{_fingerprint()}"
    lock = Path(settings.DATA_DIR)
    lock.mkdir(parents=True, exist_ok=True)
    with (lock / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not _exists(name):
            making = f"{name}_making_{os.getpid()}"
            _run("CREATE DATABASE {}", making)
            with use_database(making):
                call_command("migrate", verbosity=0)
                call_command("load_content", verbosity=0, stdout=io.StringIO())
            _run("ALTER DATABASE {} RENAME TO {}", making, name)
    return name


@contextmanager
def made(of: str = "") -> Iterator[str]:
    """Make a database like `of`, or else the template, and remove it at the end. Nobody may be connected to `of`."""
    name = f"test_{secrets.token_hex(5)}"
    _run("CREATE DATABASE {} TEMPLATE {}", name, of or template())
    try:
        yield name
    finally:
        _run("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def clone(of: str = "") -> Iterator[str]:
    """Make a database like `of`, or else the template, use it, and remove it."""
    with made(of) as name, use_database(name):
        yield name
