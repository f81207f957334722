"""docs/reference/complaints.md: what people complain of, and the steps and features that answer it."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

from .content import ModelContent, folder, read_model
from .reading import SHIPPED


@dataclass(frozen=True)
class Answer:
    """A complaint or wish (numbered as in the domain study), the steps (code, name) and the feature that answer it."""

    number: int
    text: str
    steps: tuple[tuple[str, str], ...]
    feature: str


def answers() -> list[Answer]:
    """Return every complaint with what answers it, by number. Reads files only."""
    path = Path(settings.CONTENT_DIR / "complaints.yaml")
    steps = _steps_by_complaint(read_model(folder() / SHIPPED))
    return [
        Answer(row["number"], row["text"], tuple(steps.get(row["number"], ())), row["feature"])
        for row in yaml.safe_load(path.read_text("utf-8"))["complaints"]
    ]


def _steps_by_complaint(model: ModelContent) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for phase in model.phases:
        for step in phase["steps"]:
            for number in step["complaints"]:
                found.setdefault(number, []).append((step["code"], step["name"]))
    return found


def complaints_markdown() -> str:
    """Return the page of complaints and what answers them."""
    rows = [
        f"| {answer.number} | {answer.text} | {', '.join(' '.join(step) for step in answer.steps) or '–'} "
        f"| {answer.feature or '–'} |"
        for answer in answers()
    ]
    head = (
        "Generated from content/complaints.yaml and the steps of content/models/samverka by "
        "`manage.py generate_reference`; do not edit."
    )
    table = "\n".join(
        ["| # | complaint or wish | steps that answer it | and in the product |", "|---|---|---|---|", *rows]
    )
    return f"# What people complain of, and what answers it\n\n{head}\n\n{table}\n"
