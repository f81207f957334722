from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from samverka.kernel import translations


class Command(BaseCommand):
    help = "Find every marked string and bring locale/en up to date. Needs no gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = translations.find_messages(settings.BASE_DIR)
        path = translations.catalogue_path(settings.LOCALE_PATHS[0], "en")
        done = translations.update_catalogue(path, found, "en")
        self.stdout.write(f"{path}: {len(found)} strings, {done['new']} new, {done['obsolete']} no longer used")
