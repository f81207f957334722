"""`manage.py import_questionnaire FILE --slug NAME [--language sv]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samverka.kernel.errors import DomainError
from samverka.questionnaires.actions import publish_definition
from samverka.questionnaires.xlsform import Reading, WorkbookRefused, read_workbook


class Command(BaseCommand):
    help = "Read a questionnaire from an XLSForm workbook (.xlsx, .xls or .md). All of it, or nothing with reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--slug", required=True, help="what the questionnaire is called in commands and addresses")
        parser.add_argument("--language", default="sv", help="code of the language of columns that name none (sv)")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("sv"):
            reading = _read(options["file"], options["language"])
            try:
                done = publish_definition(by=None, slug=options["slug"], definition=reading.definition)
            except DomainError as error:
                raise CommandError(str(error.message)) from error
            for note in reading.notes:
                self.stderr.write(note)
            count = len(reading.definition.questions)
            outcome = "Ny version" if done.is_new else "Oförändrad: version"
            self.stdout.write(f"{outcome} {done.version.number} av {options['slug']}, {count} frågor.")


def _read(path: Path, language: str) -> Reading:
    if not path.is_file():
        raise CommandError(f"Filen {path} finns inte.")
    try:
        return read_workbook(path, language=language)
    except WorkbookRefused as refused:
        told = "\n".join(f"  {refusal}" for refusal in refused.refusals)
        raise CommandError(f"{path.name} är inte inläst. Rätta detta och försök igen:\n{told}") from refused
