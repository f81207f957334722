"""Workbooks from others, read in a process of its own."""

import io
import os
import subprocess
from typing import Any

import pytest
from django.utils import translation

from samverka.kernel.errors import Busy, Refused
from samverka.questionnaires.xlsform import WorkbookRefused, apart, write_workbook
from samverka.questionnaires.xlsform.apart import read_upload

from .forms import agreements

BAD = b"| survey | | | |\n| | type | name | label |\n| | geopoint | q2 | Var? |\n"


def _book() -> bytes:
    file = io.BytesIO()
    write_workbook(agreements(), file)
    return file.getvalue()


def test_workbook_is_read_whole() -> None:
    assert read_upload("Mitt formulär.xlsx", _book()).definition == agreements()


@pytest.mark.parametrize(("language", "told"), [("sv", "platser på karta"), ("en", "")])
def test_reasons_have_sheet_and_row_in_the_readers_language(language: str, told: str) -> None:
    with translation.override(language), pytest.raises(WorkbookRefused) as refused:
        read_upload("a.md", BAD)
    (reason,) = refused.value.refusals
    assert (reason.sheet, reason.row) == ("survey", 2)
    assert told in reason.reason


def test_title_of_a_workbook_without_one_is_the_name_of_the_file() -> None:
    book = BAD.replace(b"geopoint", b"text")
    assert read_upload("Kartan 2027.md", book).definition.title == {"sv": "Kartan 2027"}


@pytest.mark.parametrize("name", ["a.csv", "a", "a.xlsm"])
def test_other_files_are_refused_unopened(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_more: pytest.fail("opened"))
    with pytest.raises(Refused):
        read_upload(name, _book())
    with pytest.raises(Refused):
        read_upload("a.xlsx", b"")


def test_process_knows_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hemligt")
    seen: dict[str, Any] = {}
    real = subprocess.run

    def watched(command: Any, **options: Any) -> Any:
        seen.update(options["env"])
        return real(command, **options)

    monkeypatch.setattr(apart.subprocess, "run", watched)
    read_upload("a.md", BAD.replace(b"geopoint", b"text"))
    assert set(seen) == {"TMPDIR"}
    assert not os.path.exists(seen["TMPDIR"])  # noqa: PTH110  (a folder that is gone)


def test_one_who_cannot_wait_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0)
    with apart._one_at_once, pytest.raises(Busy):
        read_upload("a.md", BAD)
