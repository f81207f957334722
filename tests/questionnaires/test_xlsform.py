"""Workbooks in and out: what comes back is what went in, and what cannot be said is refused with its row."""

import io
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings

from samverka.kernel.spreadsheets import write_sheets
from samverka.questionnaires.checking import faults
from samverka.questionnaires.definition import Definition
from samverka.questionnaires.document import from_document, to_document
from samverka.questionnaires.models import Questionnaire, Version
from samverka.questionnaires.reading import definition_of, published_version
from samverka.questionnaires.xlsform import WorkbookRefused, read_workbook, write_workbook
from tests.real_data import DATA, needs_real_data

from .forms import agreements, definitions

WORKBOOKS = sorted((DATA / "xlsforms").glob("*")) if (DATA / "xlsforms").is_dir() else []
#: What is refused, and a row that must be told.
REFUSED = {"or_other.xlsx": ("survey", 3), "table-list.xls": ("choices", 23), "widgets.xls": ("survey", 11)}


def _again(definition: Definition, folder: Path) -> Definition:
    path = folder / "igen.xlsx"
    with path.open("wb") as file:
        write_workbook(definition, file)
    return read_workbook(path).definition


def _book(folder: Path, survey: str, choices: str = "", settings: str = "") -> Path:
    """Write a workbook in Markdown; each line is a row with | between the cells."""
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    path = folder / "bok.md"
    lines = []
    for name, text in sheets.items():
        if text:
            lines += [f"| {name} |", *(f"| | {line.strip()} |" for line in text.strip().splitlines())]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@needs_real_data
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_real_workbook_is_read_and_comes_back_or_is_refused_with_its_row(path: Path, tmp_path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(WorkbookRefused) as refused:
            read_workbook(path)
        assert REFUSED[path.name] in {(found.sheet, found.row) for found in refused.value.refusals}
        assert all(found.reason for found in refused.value.refusals)
        return
    definition = read_workbook(path).definition
    assert definition.questions
    assert _again(definition, tmp_path) == definition


@needs_real_data
def test_markdown_and_spreadsheet_say_the_same() -> None:
    folder = DATA / "xlsforms"
    pairs = [(path, path.with_suffix(".xlsx")) for path in sorted(folder.glob("*.md"))]
    assert pairs
    for one, other in pairs:
        assert read_workbook(one).definition == read_workbook(other).definition


def test_own_questionnaire_comes_back(tmp_path: Path) -> None:
    assert faults(agreements()) == []
    assert _again(agreements(), tmp_path) == agreements()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(definitions())
def test_any_questionnaire_comes_back(tmp_path: Path, definition: Definition) -> None:
    assert faults(definition) == []
    assert _again(definition, tmp_path) == definition
    assert from_document(to_document(definition)) == definition


@pytest.mark.parametrize(
    ("survey", "choices", "where", "told"),
    [
        ("type | name | label\ntext | a | A\ngeopoint | b | B", "", ("survey", 3), "karta"),
        ("type | name | label\nrank val | a | A", "list_name | name | label\nval | x | X",
         ("survey", 2), "rangordning"),
        ("type | name | label\ntext | a | A\ntext | a | B", "", ("survey", 3), "a"),
        ("type | name | label\nselect_one saknas | a | A", "", ("survey", 2), "saknas"),
        ("type | name | label | relevant\ntext | a | A | ${b} = 1", "", ("survey", 2), "b"),
        ("type | name | label | relevant\ntext | a | A | now() > 1", "", ("survey", 2), "now"),
        ("type | name | label | constraint\ntext | a | A | regex(., '(?=a)')", "", ("survey", 2), "Mönstret"),
        ("type | name | label | calculation\ncalculate | a | | ${b}\ncalculate | b | | ${a}", "",
         ("survey", 2), "cirkel"),
        ("type | name | label\nbegin_group | g | G\ntext | a | A", "", ("survey", 2), "slutar"),
        ("type | name | label\nbegin_repeat | g | G\nbegin_repeat | h | H\ntext | a | A\nend_repeat\nend_repeat",
         "", ("survey", 3), "upprepad"),
        ("type | name | label | image\ntext | a | A | bild.png", "", ("survey", 2), "image"),
        ("type | name | label\nselect_one val | a | A", "list_name | name | label\nval | x |",
         ("choices", 2), "text"),
        ("type | name | label::Påhittiska\ntext | a | A", "", ("survey", 1), "Påhittiska"),
        ("type | name | label | trigger\ntext | a | A |\ntext | b | B | ${a}", "", ("survey", 3), "trigger"),
        ("type | name | label | default\ninteger | a | A | tre", "", ("survey", 2), "tre"),
        ("type | name | label\ntext | a | Hej ${vem}", "", ("survey", 2), "vem"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused(
    tmp_path: Path, survey: str, choices: str, where: tuple[str, int], told: str
) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(_book(tmp_path, survey, choices))
    found = [(one.sheet, one.row) for one in refused.value.refusals if told in one.reason]
    assert where in found, str(refused.value)


def test_other_programs_setting_is_passed_over_and_an_unknown_one_refused(tmp_path: Path) -> None:
    survey = "type | name | label\ntext | a | A"
    assert read_workbook(_book(tmp_path, survey, settings="form_title | style\nT | pages")).notes
    with pytest.raises(WorkbookRefused, match="instance_name"):
        read_workbook(_book(tmp_path, survey, settings="form_title | instance_name\nT | ${a}"))


def test_cells_are_text_and_no_formula() -> None:
    file = io.BytesIO()
    write_sheets({"survey": [["label"], ["=1+1"]]}, file, title="Prov")
    assert file.getvalue()[:2] == b"PK"
    from openpyxl import load_workbook

    assert load_workbook(io.BytesIO(file.getvalue()))["survey"]["A2"].data_type == "s"


# The commands


def _run(name: str, *args: Any, **options: Any) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_import_makes_a_version_and_the_same_again_makes_none(tmp_path: Path) -> None:
    book = _book(tmp_path, "type | name | label\ntext | a | A")
    assert "Ny version 1" in _run("import_questionnaire", book, slug="prov")
    assert "Oförändrad" in _run("import_questionnaire", book, slug="prov")
    changed = _book(tmp_path, "type | name | label\ntext | a | Annat")
    assert "Ny version 2" in _run("import_questionnaire", changed, slug="prov")
    states = list(Version.objects.filter(questionnaire__slug="prov").values_list("number", "state"))
    assert states == [(1, "retired"), (2, "published")]


@pytest.mark.django_db
def test_refused_workbook_writes_nothing(tmp_path: Path) -> None:
    book = _book(tmp_path, "type | name | label\ntext | a | A\ngeopoint | b | B")
    with pytest.raises(CommandError, match="survey, rad 3"):
        _run("import_questionnaire", book, slug="prov")
    assert not Questionnaire.objects.filter(slug="prov").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "told"), [("finns-inte.xlsx", "finns inte"), ("fel.txt", "xlsx"), ("trasig.xlsx", "trasig")]
)
def test_file_that_cannot_be_read_is_told(tmp_path: Path, name: str, told: str) -> None:
    path = tmp_path / name
    if "finns" not in name:
        path.write_bytes(b"inget kalkylblad")
    with pytest.raises(CommandError, match=told):
        _run("import_questionnaire", path, slug="prov")


@pytest.mark.django_db
def test_export_and_import_is_the_same_version(tmp_path: Path) -> None:
    book = _book(tmp_path, "type | name | label::Svenska (sv) | label::English (en)\ntext | a | Hej | Hello")
    _run("import_questionnaire", book, slug="prov")
    out = tmp_path / "ut.xlsx"
    _run("export_questionnaire", "prov", out=out)
    assert "Oförändrad" in _run("import_questionnaire", out, slug="prov")


@pytest.mark.django_db
def test_export_of_unknown_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="saknas"):
        _run("export_questionnaire", "saknas", out=tmp_path / "ut.xlsx")


@pytest.mark.django_db
def test_published_version_never_changes(tmp_path: Path) -> None:
    _run("import_questionnaire", _book(tmp_path, "type | name | label\ntext | a | A"), slug="prov")
    version = published_version("prov")
    assert version is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(document={"title": {}})
    assert definition_of(version).questions[0].code == "a"
