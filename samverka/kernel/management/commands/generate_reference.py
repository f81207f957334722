from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from samverka.kernel.reference import stale_pages, write_pages


class Command(BaseCommand):
    help = "Write docs/reference from the code; with --check, fail when it says something else than the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs" / "reference"
        if check:
            if stale := stale_pages(folder):
                raise CommandError(f"docs/reference: {', '.join(stale)} differ; run manage.py generate_reference")
            return
        for name in write_pages(folder):
            self.stdout.write(f"docs/reference/{name}")
