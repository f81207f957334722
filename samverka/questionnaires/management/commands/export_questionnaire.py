"""`manage.py export_questionnaire NAME --out FILE.xlsx`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samverka.questionnaires.reading import definition_of, published_version
from samverka.questionnaires.xlsform import write_workbook


class Command(BaseCommand):
    help = "Write a questionnaire as an XLSForm workbook. Read again it is the same questionnaire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--out", type=Path, required=True, help="the workbook to write (.xlsx)")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        version = published_version(options["slug"])
        if not version:
            raise CommandError(f"Det finns inget frågeformulär som heter {options['slug']}.")
        if out.suffix.lower() != ".xlsx":
            raise CommandError("Filen att skriva ska sluta på .xlsx.")
        try:
            with out.open("wb") as file:
                write_workbook(definition_of(version), file)
        except OSError as error:
            raise CommandError(f"Filen {out} går inte att skriva: {error.strerror}.") from error
        self.stdout.write(f"Version {version.number} av {options['slug']} står i {out}.")
