import tarfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samverka.kernel.backup import BackupError, restore_backup


class Command(BaseCommand):
    help = "Put back an archive made by backup. Stop web and workers first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace everything in a database that is not empty")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        try:
            manifest = restore_backup(file, force=force)
        except (BackupError, OSError, tarfile.TarError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{len(manifest.tables)} tables, {manifest.rows} rows and {len(manifest.files)} files are back, "
            f"as they were {manifest.made_at}"
        )
