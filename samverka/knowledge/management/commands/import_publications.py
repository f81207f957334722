"""`manage.py import_publications DIR`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samverka.knowledge.importing import Run, import_folder


class Command(BaseCommand):
    help = "Read the Markdown and PDF files of a folder as publications. Read again, only what has changed is updated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"Det finns ingen mapp som heter {folder}.")
        with translation.override("sv"):
            run = import_folder(folder)
        self._tell(run)

    def _tell(self, run: Run) -> None:
        for label, names in (("Ny", run.created), ("Ändrad", run.changed)):
            for name in names:
                self.stdout.write(f"{label}: {name}")
        for name, why in run.passed_over:
            self.stdout.write(f"Hoppas över: {name} ({why})")
        self.stdout.write(
            f"{len(run.created)} nya, {len(run.changed)} ändrade, {len(run.unchanged)} oförändrade, "
            f"{len(run.passed_over)} överhoppade. Allt som är inläst går att söka i nu."
        )
