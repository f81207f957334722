import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samverka.organisations.models import Organisation
from tests.real_data import REGISTER, needs_real_data

from .files import ACTORS, FRI, lines

pytestmark = pytest.mark.django_db


def _run(name: str, *args: str) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_a_file_is_imported_reported_and_summed_up(tmp_path: Path) -> None:
    file, report = tmp_path / "register.jsonl", tmp_path / "report.json"
    file.write_bytes(lines(FRI + ACTORS) + b"{broken\n")
    said = _run("import_register", str(file), "--report", str(report))
    assert "Nya: 5" in said
    assert "rad 6: Raden är inte giltig JSON." in said
    written = json.loads(report.read_text())
    assert written["counts"] == {"created": 5, "changed": 0, "unchanged": 0, "refused": 1}
    assert written["rows"][5] == {"line": 6, "outcome": "refused", "reason": "Raden är inte giltig JSON."}
    assert "Oförändrade: 5" in _run("import_register", str(file))


def test_a_dry_run_says_so(tmp_path: Path) -> None:
    file = tmp_path / "register.jsonl"
    file.write_bytes(lines(FRI))
    assert "inget är skrivet" in _run("import_register", str(file), "--dry-run")
    assert not Organisation.objects.filter(name=FRI[0]["name"]).exists()


@pytest.mark.parametrize("name", ["finns-inte.jsonl", "."])
def test_a_missing_file_is_told_clearly(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match=r"finns inte|är en mapp"):
        _run("import_register", str(tmp_path / name))


def test_an_empty_file_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "tom.csv").touch()
    assert "Nya: 0" in _run("import_register", str(tmp_path / "tom.csv"))


def test_functions_are_imported_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "funktioner.csv"
    file.write_text("Kommun;Funktion;E-post\n1499;registrator;registrator@falkoping.example\n")
    assert "Nya: 1" in _run("import_functions", str(file))


def test_the_index_is_checked_and_mended(tmp_path: Path) -> None:
    assert "stämmer" in _run("reindex", "--check")
    Organisation.objects.filter(name="Falköpings kommun").update(search_vector=None, sort_key="x")
    with pytest.raises(CommandError, match="1 organisationer"):
        _run("reindex", "--check")
    assert "Rättade: 1" in _run("reindex")
    assert "stämmer" in _run("reindex", "--check")


@needs_real_data
@pytest.mark.parametrize(("name", "rows"), [("ibgo_2.jsonl", 721), ("actorsmartbook_5.jsonl", 1615)])
def test_a_real_register(tmp_path: Path, name: str, rows: int) -> None:
    report = tmp_path / "report.json"
    _run("import_register", str(REGISTER / name), "--report", str(report))
    counts = json.loads(report.read_text())["counts"]
    assert (sum(counts.values()), counts["refused"]) == (rows, 0)
    assert f"Oförändrade: {rows}" in _run("import_register", str(REGISTER / name))
    assert "stämmer" in _run("reindex", "--check")
