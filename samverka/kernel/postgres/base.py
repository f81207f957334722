"""Django's PostgreSQL backend on the embedded server. Django finds it by the module's and the class's name."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import conninfo, errors, pq, sql

from samverka.kernel.postgres import server
from samverka.kernel.postgres.client import DatabaseClient
from samverka.kernel.postgres.config import cluster_of
from samverka.kernel.postgres.errors import EmbeddedDatabaseError

LONGEST_RECOVERY = 30.0  # seconds to wait while the server says that it is starting or recovering


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server, which is started or joined when one is asked for.

    The job engine asks for `get_connection_params` alone and connects by itself, so that is where the server is
    started.
    """

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters for a server that runs. Raises OperationalError when it cannot."""
        return super().get_connection_params() | self._address()

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        """Connect. If that fails, see that server and database are there (the product's own is made), and try again."""
        try:
            connection: psycopg.Connection[Any] = super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            address = self._address(verify=True)
            _wait_until_accepting(address)
            if self.settings_dict["NAME"] == self.settings_dict["EMBEDDED"]["create"]:
                _create_if_missing(address, self.settings_dict["NAME"])
            connection = super().get_new_connection(conn_params | address)
        return connection

    def _address(self, *, verify: bool = False) -> dict[str, str]:
        try:
            found = server.ensure_running(cluster_of(self.settings_dict), verify=verify)
        except EmbeddedDatabaseError as error:
            raise psycopg.OperationalError(str(error)) from error
        return {"host": found.host, "port": found.port, "user": found.user}


def _wait_until_accepting(address: dict[str, str]) -> None:
    """Wait while the server turns connections away because it is starting or recovering."""
    question = conninfo.make_conninfo("", dbname="postgres", **address).encode()
    until = time.monotonic() + LONGEST_RECOVERY
    while pq.PGconn.ping(question) != pq.Ping.OK and time.monotonic() < until:
        time.sleep(0.05)


def _create_if_missing(address: dict[str, str], name: str) -> None:
    with psycopg.connect(conninfo.make_conninfo("", dbname="postgres", **address), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except (errors.DuplicateDatabase, errors.UniqueViolation):
            return  # another process was faster
