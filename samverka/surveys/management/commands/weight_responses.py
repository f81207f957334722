"""`manage.py weight_responses ROUND --by VARIABLE --source TEXT FILE.csv`: columns value and population."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samverka.kernel.errors import DomainError
from samverka.surveys.actions import set_strata
from samverka.surveys.models import Round


class Command(BaseCommand):
    help = "Weight a sample by a variable: how many of the population are in each of its answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round")
        parser.add_argument("file", type=Path, help="CSV with the columns value and population")
        parser.add_argument("--by", required=True, metavar="VARIABLE")
        parser.add_argument("--source", required=True, help="where the numbers of the population come from")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Round.objects.filter(slug=options["round"]).first()
        if not found:
            raise CommandError(f"Det finns ingen omgång som heter {options['round']}.")
        population = _population(options["file"])
        try:
            with translation.override("sv"):
                set_strata(
                    by=None, round_id=found.pk, variable=options["by"], population=population, source=options["source"]
                )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{found.slug} vägs efter {options['by']}: {len(population)} grupper.")


def _population(path: Path) -> dict[str, int]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {row["value"]: int(row["population"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise CommandError(f"{path} ska ha kolumnerna value och population, med hela tal.") from error
