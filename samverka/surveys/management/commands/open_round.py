"""`manage.py open_round ROUND --questionnaire SLUG [--test]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samverka.kernel.errors import DomainError
from samverka.surveys.actions import open_round
from samverka.surveys.enums import RoundMode


class Command(BaseCommand):
    help = "Open a round of a questionnaire, of the version that applies now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="what the round is called")
        parser.add_argument("--questionnaire", required=True, metavar="SLUG")
        parser.add_argument("--test", action="store_true", help="a trial: its answers are never part of a result")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("sv"):
            try:
                mode = RoundMode.TEST if options["test"] else RoundMode.REAL
                opened = open_round(by=None, slug=options["round"], questionnaire=options["questionnaire"], mode=mode)
            except DomainError as error:
                raise CommandError(str(error.message)) from error
        kind = "Provomgången" if opened.is_test else "Omgången"
        self.stdout.write(f"{kind} {opened.slug} är öppen, med {opened.version}.")
