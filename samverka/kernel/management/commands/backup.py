from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from samverka.kernel.backup import BackupError, make_backup
from samverka.kernel.health import note_backup


class Command(BaseCommand):
    help = "Write the database and every file to one archive. The site can go on meanwhile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--out", type=Path, help="the archive; otherwise backups/samverka-TIME.tar.gz in SAMVERKA_DATA"
        )

    def handle(self, *args: Any, out: Path | None, **options: Any) -> None:
        name = f"samverka-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz"
        file = out or settings.DATA_DIR / "backups" / name
        try:
            manifest = make_backup(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        note_backup(settings.DATA_DIR, file)
        self.stdout.write(f"{file}: {len(manifest.tables)} tables, {manifest.rows} rows, {len(manifest.files)} files")
