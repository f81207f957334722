from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from samverka.kernel.translations import compile_stale


class Command(BaseCommand):
    help = "Compile the catalogues of locale/ that have changed. Needs no gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_stale(settings.LOCALE_PATHS[0]):
            self.stdout.write(str(path))
