import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samverka.processes.reading import published_models
from samverka.processes.report import ModelReport, model_report


class Command(BaseCommand):
    help = "Say of each step of the published models its questions, tips, words and LIX (Björnsson 1968)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        reports = [model_report(model) for model in published_models()]
        if options["format"] == "json":
            said = {"models": [report.as_data() for report in reports]}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n\n".join(_as_text(report) for report in reports))


def _as_text(report: ModelReport) -> str:
    rows = [
        f"{step.code:5}{step.name:36}{step.questions:>9}{step.tips:>6}{step.words:>7}{step.lix:>7.1f}"
        for step in report.steps
    ]
    head = f"{'':5}{'step':36}{'questions':>9}{'tips':>6}{'words':>7}{'LIX':>7}"
    questions, tips = (sum(getattr(step, name) for step in report.steps) for name in ("questions", "tips"))
    total = f"{'':5}{'all':36}{questions:>9}{tips:>6}{report.words:>7}{report.lix:>7.1f}"
    return "\n".join([f"{report.name}, version {report.version} ({report.language})", head, *rows, total])
