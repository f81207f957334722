"""Django's `makemigrations`, which does not ask the database: writing migrations should not start a server."""

from typing import Any

from django.core.management.commands import makemigrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader


class LoaderWithoutDatabase(MigrationLoader):
    """Reads the migrations; `migrate` sees to it that they fit the database's history."""

    def check_consistent_history(self, connection: BaseDatabaseWrapper) -> None:
        """Trust that it is consistent."""


class Command(makemigrations.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        makemigrations.MigrationLoader = LoaderWithoutDatabase  # type: ignore[attr-defined]
        super().handle(*args, **options)
