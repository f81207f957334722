"""`manage.py import_responses ROUND FILE.csv [--mapping FILE]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samverka.kernel.errors import DomainError
from samverka.surveys.importing import Imported, ImportRefused, read_mapping, run_import
from samverka.surveys.models import Round

_MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Read answers from a CSV file into a round: columns by variable code. All rows, or none with reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round")
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, help="YAML, JSON or CSV: what columns and values are called here")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Round.objects.select_related("version").filter(slug=options["round"]).first()
        if not found:
            raise CommandError(f"Det finns ingen omgång som heter {options['round']}.")
        with translation.override("sv"):
            done = _run(found, options["file"], options["mapping"])
        if done.unknown:
            self.stderr.write(f"Kolumner som ingen fråga har, och som inte är inlästa: {', '.join(done.unknown)}.")
        self.stdout.write(f"{done.responses} svar är inlästa i {found.slug}.")


def _run(found: Round, path: Path, mapping: Path | None) -> Imported:
    try:
        return run_import(found, path, by=None, mapping=read_mapping(mapping) if mapping else None)
    except ImportRefused as refused:
        lines = [refused.reason, *(f"  {row}" for row in refused.rows[:_MOST_SHOWN])]
        if refused.total > _MOST_SHOWN:
            lines.append(f"  … och {refused.total - _MOST_SHOWN} till.")
        raise CommandError("\n".join(lines)) from refused
    except DomainError as error:
        raise CommandError(str(error.message)) from error
