"""`manage.py import_functions FILE [--dry-run] [--report REPORT.json]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from samverka.organisations.importing import run_functions_import

from ._reports import open_file, print_summary, write_report


class Command(BaseCommand):
    help = "Read office addresses (registrator, kommunstyrelse …) of organisations and their units from a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--report", type=Path, help="write what became of each line to this JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with open_file(path) as file, translation.override("sv"):
            report = run_functions_import(file, by=None, name=path.name, dry_run=options["dry_run"])
        if options["report"]:
            write_report(options["report"], report)
        print_summary(self.stdout, report)
