"""`manage.py import_register FILE [--dry-run] [--report REPORT.json] [--source NAME]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from samverka.organisations.importing import run_import

from ._reports import open_file, print_summary, write_report


class Command(BaseCommand):
    help = "Read organisations from a register (JSON Lines or CSV). Reading the same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--report", type=Path, help="write what became of each line to this JSON file")
        parser.add_argument("--source", default="", help="the register's name, where the rows do not say")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with open_file(path) as file, translation.override("sv"):
            report = run_import(file, by=None, name=path.name, source=options["source"], dry_run=options["dry_run"])
        if options["report"]:
            write_report(options["report"], report)
        print_summary(self.stdout, report)
