"""`manage.py fetch_bounces`: read what has come back from the mailbox and the directory of the settings."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from samverka.newsletters.actions.coming_back import take_in
from samverka.newsletters.bounces.fetching import fetch_all


class Command(BaseCommand):
    """The same that a job does every ten minutes."""

    help = "Reads bounces, complaints and answers that ask for no more, and does what the rules say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="mails to read besides")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        for path in files:
            take_in(content=path.read_bytes())
        self.stdout.write(f"{fetch_all(take_in) + len(files)}")
