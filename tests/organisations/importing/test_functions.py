import io

import pytest

from samverka.kernel.errors import NotAllowed
from samverka.organisations.importing import Report, run_functions_import
from samverka.organisations.models import Function, Organisation
from tests.factories import organisations as make
from tests.people import Village

pytestmark = pytest.mark.django_db
HEADING = "Kommun;Enhet;Funktion;E-post;Telefon\n"


def _imported(rows: str, *, dry_run: bool = False) -> Report:
    return run_functions_import(io.BytesIO((HEADING + rows).encode()), by=None, name="funktioner.csv", dry_run=dry_run)


@pytest.mark.parametrize("stated", ["1499", "Falköping", "Falköpings kommun", "FALKÖPING"])
def test_a_municipality_by_code_or_name(stated: str) -> None:
    assert _imported(f"{stated};;registrator;registrator@falkoping.example;\n").counts["created"] == 1
    assert Function.objects.get().organisation.name == "Falköpings kommun"


@pytest.mark.parametrize("stated", ["14", "Västra Götalandsregionen"])
def test_a_region_by_code_or_name(stated: str) -> None:
    _imported(f"{stated};;registrator;registrator@vgr.example;\n")
    assert Function.objects.get().organisation.name == "Västra Götalandsregionen"


def test_an_organisation_by_number() -> None:
    make.organisation(
        "Räddningstjänstförbundet", kind="local_federation", org_number="8024348610", org_number_status="valid"
    )
    assert _imported("802434-8610;;kansli;kansli@rtj.example;0500-1\n").counts["created"] == 1


def test_units_and_kinds(village: Village) -> None:
    report = _imported(
        "Exempelby kommun;Fritidsnämnden;Nämndens registrator;fritid@exempelby.example;\n"
        "Exempelby kommun;;Kommunstyrelsen;ks@exempelby.example;\n"
    )
    assert report.counts["created"] == 2
    assert {(f.kind, str(f.unit or "")) for f in Function.objects.filter(source="funktioner.csv")} == {
        ("registrar", "Fritidsnämnden"), ("executive_board", ""),
    }  # fmt: skip


def test_what_is_unknown_is_refused_by_line_and_the_rest_is_read() -> None:
    report = _imported(
        "Atlantis;;registrator;a@b.example;\n1499;Ingen nämnd;registrator;a@b.example;\n"
        "1499;;hovmästare;a@b.example;\n1499;;registrator;fel;\n"
        "1499;;registrator;rätt@falkoping.example;\n1480;;registrator;registrator@goteborg.example;\n"
    )
    assert [(row.line, row.outcome) for row in report.rows] == [
        (2, "refused"), (3, "refused"), (4, "refused"), (5, "refused"), (6, "refused"), (7, "created"),
    ]  # fmt: skip
    assert "Atlantis" in report.rows[0].reason


def test_again_changes_nothing_and_a_new_address_is_a_change() -> None:
    row = "1499;;registrator;registrator@falkoping.example;\n"
    _imported(row)
    assert _imported(row).counts["unchanged"] == 1
    assert _imported("1499;;registrator;diariet@falkoping.example;\n").counts["changed"] == 1
    assert Function.objects.get(withdrawn_at=None).email == "diariet@falkoping.example"


def test_a_dry_run_writes_nothing_and_tells_refusals() -> None:
    report = _imported("1499;;registrator;registrator@falkoping.example;\n1499;;registrator;fel;\n", dry_run=True)
    assert (report.counts["created"], report.counts["refused"]) == (1, 1)
    assert not Function.objects.exists()


def test_only_those_who_may_import_do(village: Village) -> None:
    with pytest.raises(NotAllowed):
        run_functions_import(io.BytesIO(HEADING.encode()), by=village.karin, name="x.csv")
    run_functions_import(
        io.BytesIO((HEADING + "1499;;registrator;registrator@falkoping.example;\n").encode()),
        by=village.eva,
        name="x.csv",
    )
    assert Function.objects.filter(organisation=Organisation.objects.get(name="Falköpings kommun")).exists()
