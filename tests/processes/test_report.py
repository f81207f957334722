"""`manage.py content_report`, and the page on complaints."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from samverka.processes.reference import complaints_markdown

pytestmark = pytest.mark.django_db


def _report(form: str) -> str:
    out = StringIO()
    call_command("content_report", format=form, stdout=out)
    return out.getvalue()


def test_report_as_json_counts_each_step() -> None:
    (model,) = json.loads(_report("json"))["models"]
    assert len(model["steps"]) == 33
    first = model["steps"][0]
    assert first["name"] == "Sätt ord på behovet"
    assert first["questions"] >= 3
    assert first["tips"] >= 2
    assert model["words"] == sum(step["words"] for step in model["steps"])
    assert all(0 < step["lix"] <= 40 for step in model["steps"])
    assert 0 < model["lix"] <= 40


def test_report_as_text_has_a_line_for_each_step() -> None:
    lines = _report("text").splitlines()
    assert len(lines) == 33 + 3
    assert lines[2].startswith("1.1  Sätt ord på behovet")


def test_page_on_complaints_names_steps() -> None:
    lines = complaints_markdown().splitlines()
    assert len([line for line in lines if line.startswith("| ") and line[2].isdigit()]) == 27
    assert any("5.3 Svara på det ni får in" in line for line in lines)
