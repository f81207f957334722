"""`manage.py tally ROUND [--by VARIABLE|slag|lan|befolkning|kommungrupp] [--format json]`."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samverka.kernel.errors import DomainError
from samverka.surveys.models import Round
from samverka.surveys.statistics import Count, VariableTally
from samverka.surveys.tallies import tally


class Command(BaseCommand):
    help = "Count a round: for every variable its base, what is missing, how many chose what, and figures of numbers."
    # It only reads: looking through every page of the site first would take as long as the counting.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round")
        told = "also for each answer to this variable, or by the body: slag (kind), lan, befolkning, kommungrupp"
        parser.add_argument("--by", default="", metavar="VARIABLE", help=told)
        parser.add_argument("--format", choices=["json", "text"], default="text")
        parser.add_argument("--language", default="sv", help="language of the labels")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Round.objects.select_related("version").filter(slug=options["round"]).first()
        if not found:
            raise CommandError(f"Det finns ingen omgång som heter {options['round']}.")
        try:
            with translation.override("sv"):
                tallies = tally(found, by=options["by"], language=options["language"])
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps([one.as_data() for one in tallies], ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n\n".join(_as_text(one) for one in tallies))


def _as_text(told: VariableTally) -> str:
    lines = [f"{told.variable}: {told.label}", *_count_lines(told.count)]
    for group in told.groups:
        lines += [f"  {told.variable}, {group.label}", *(f"  {line}" for line in _count_lines(group.count))]
    return "\n".join(lines)


def _count_lines(count: Count) -> list[str]:
    lines = [f"  bas {count.base}, saknas {count.missing}"]
    lines += [f"  {number:>8}  {kind.label}" for kind, number in count.no_answers.items()]
    for option in count.options:
        share = "" if option.share is None else f"{100 * option.share:.1f} %".replace(".", ",")
        lines.append(f"  {option.count:>8}  {share:>8}  {option.label}")
    if count.figures:
        lines.append("  " + ", ".join(f"{name} {value}" for name, value in vars(count.figures).items()))
    return lines
