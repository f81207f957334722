"""`manage.py questionnaire_report NAME [--language sv] [--format json]`."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samverka.questionnaires.reading import definition_of, published_version
from samverka.questionnaires.report import QuestionnaireReport, questionnaire_report


class Command(BaseCommand):
    help = "Say of each block of a questionnaire its questions, minutes, words and LIX (Björnsson 1968)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--language", default="sv", help="the language whose words are counted (sv)")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        version = published_version(options["slug"])
        if not version:
            raise CommandError(f"Det finns inget frågeformulär som heter {options['slug']}.")
        report = questionnaire_report(options["slug"], definition_of(version), options["language"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_as_text(report))


def _as_text(report: QuestionnaireReport) -> str:
    head = f"{'block':40}{'minutes':>9}{'questions':>11}{'core':>6}{'words':>7}{'LIX':>7}"
    rows = [
        f"{one.title[:39]:40}{one.minutes or 0:>9}{one.questions:>11}{one.core:>6}{one.words:>7}{one.lix:>7.1f}"
        for one in report.blocks
    ]
    whole = f"{'all':40}{report.minutes:>9}{report.questions:>11}{report.core:>6}{report.words:>7}{report.lix:>7.1f}"
    return "\n".join([f"{report.slug} ({report.language})", head, *rows, whole])
