"""`manage.py reindex [--check]`: what search holds of the register and of every text, as the rows say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samverka.kernel.search import mend_texts, wrong_texts
from samverka.organisations.actions.index import mend_index, wrong_index


class Command(BaseCommand):
    help = "Write the index of search anew where it does not say what the rows say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only count what is wrong; exit code 1 if anything is")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"Rättade: {mend_index() + mend_texts()}")
            return
        if wrong := wrong_index():
            raise CommandError(f"{wrong} organisationer har fel i sökregistret. Kör manage.py reindex.", returncode=1)
        if wrong := wrong_texts():
            raise CommandError(f"{wrong} texter har fel i sökregistret. Kör manage.py reindex.", returncode=1)
        self.stdout.write("Sökregistret stämmer.")
