from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from samverka.kernel import translations


class Command(BaseCommand):
    help = (
        "Fail when the English is not complete: strings missing, untranslated, fuzzy, gone, or with other placeholders."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = translations.find_messages(settings.BASE_DIR)
        path = translations.catalogue_path(settings.LOCALE_PATHS[0], "en")
        if said := translations.problems(path, found):
            self.stderr.write("\n".join(said))
            raise CommandError(f"{path}: {len(said)} problems; run manage.py messages, then translate")
        self.stdout.write(f"{path}: {len(found)} strings, all translated")
