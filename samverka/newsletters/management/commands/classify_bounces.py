"""`manage.py classify_bounces DIR`: what each mail of a directory says, and how many are as an answer sheet has it."""

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samverka.newsletters.bounces import Finding, read_mail
from samverka.newsletters.enums import BounceKind

#: Files that hold no mail.
PASSED_OVER = {".csv", ".py", ".md", ".json", ".pyc"}
FAILED = {BounceKind.HARD, BounceKind.SOFT}


class Command(BaseCommand):
    """Prints file, recipient, kind: a line for each recipient, one without a recipient for a mail that names none."""

    help = "Says of each mail in a directory what it is: hard, soft, complaint, autoreply or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument("--expected", type=Path, help="answer sheet; DIR/expected.csv if there is one")

    def handle(self, *args: Any, directory: Path, expected: Path | None, **options: Any) -> None:
        if not directory.is_dir():
            raise CommandError(f"{directory} is no directory")
        found = {path.name: read_mail(path.read_bytes()) for path in mails_in(directory)}
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(["file", "recipient", "kind"])
        for name, findings in found.items():
            writer.writerows([name, finding.recipient, finding.kind.value] for finding in findings)
        sheet = expected or directory / "expected.csv"
        if sheet.is_file():
            sys.stderr.write(compared(found, sheet))


def mails_in(directory: Path) -> list[Path]:
    """Return the files of a directory that hold mails, by name."""
    return sorted(
        path for path in directory.iterdir()
        if path.is_file() and path.suffix not in PASSED_OVER and path.name != "LICENSE" and path.name[0] != "."
    )  # fmt: skip


def compared(found: dict[str, list[Finding]], sheet: Path) -> str:
    """Return, in words, how many mails are as the sheet says, and each that is not.

    The sheet (file, failed_addresses, is_temporary) tells a delay from a final failure; a final failure may be hard or
    soft here, since a full mailbox is final and the address exists. A delay must be soft, and the addresses the same.
    """
    right = 0
    wrong: list[str] = []
    with sheet.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = _wrong(row, found.get(row["file"]))
            right, wrong = (right, [*wrong, f"{row['file']}: {told}"]) if told else (right + 1, wrong)
    share = 100 * right / max(1, right + len(wrong))
    return "\n".join([f"{right} of {right + len(wrong)} as expected ({share:.1f} %)", *wrong]) + "\n"


def _wrong(row: dict[str, str], findings: list[Finding] | None) -> str:
    if findings is None:
        return "there is no such file"
    failed = {finding.recipient: finding.kind for finding in findings if finding.kind in FAILED}
    addresses = {address for address in row["failed_addresses"].split("|") if address}
    if set(failed) != addresses:
        return f"expected {', '.join(sorted(addresses)) or 'nobody'}, found {', '.join(sorted(failed)) or 'nobody'}"
    if row["is_temporary"] == "True" and BounceKind.HARD in failed.values():
        return "expected a delay, found hard"
    return ""
