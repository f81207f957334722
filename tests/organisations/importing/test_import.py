import io
import json
import unicodedata
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverka.kernel.errors import NotAllowed
from samverka.kernel.models import AuditEntry
from samverka.organisations.actions import facts
from samverka.organisations.actions.index import wrong_index
from samverka.organisations.importing import run_import
from samverka.organisations.models import Organisation, RegisterSource
from samverka.organisations.register import RegisterFilters, register_page
from tests.people import Village

from . import files
from .files import ACTORS, FRI, imported, lines, outcomes

pytestmark = pytest.mark.django_db


def _organisation(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def test_rows_become_organisations_with_source_audit_and_index() -> None:
    report = imported(lines(FRI + ACTORS))
    assert outcomes(report) == ["created"] * 5
    club = _organisation("Norrby Idrottsförening")
    assert (club.source.name, club.source.municipality_id, str(club.source_date)) == (
        "Arboga/FRI",
        "1984",
        str(club.source.fetched_on),
    )
    assert [field.code for field in club.fields.all()] == ["1.2"]
    assert AuditEntry.objects.filter(action="organisation.imported", organisation_id=club.public_id).count() == 1
    assert wrong_index() == 0
    assert [row.name for row in register_page(RegisterFilters(q="fotboll arboga")).rows][:1] == [
        "Norrby Idrottsförening"
    ]


def test_importing_again_changes_nothing() -> None:
    imported(lines(FRI + ACTORS))
    before = list(Organisation.objects.order_by("pk").values())
    trail = AuditEntry.objects.count()
    report = imported(lines(FRI + ACTORS))
    assert report.counts == {"created": 0, "changed": 0, "unchanged": 5, "refused": 0}
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == trail


def test_a_bad_number_is_kept_and_marked_and_a_persons_is_not_kept() -> None:
    report = imported(lines(ACTORS))
    wrong = _organisation("Fel nummer")
    assert (wrong.org_number, wrong.org_number_stated, wrong.org_number_status) == (
        "",
        "802123-4567",
        "wrong_check_digit",
    )
    person = _organisation("En persons nummer")
    assert (person.org_number_stated, person.org_number_status) == ("", "personal")
    assert "640823" not in repr(Organisation.objects.filter(pk=person.pk).values()) + repr(
        list(AuditEntry.objects.values())
    )
    assert [bool(row.reason) for row in report.rows] == [False, True, True]


def test_broken_rows_are_named_and_the_rest_is_imported() -> None:
    content = b'{"name": "A"}\n{"name": "B"\n\n{"name": "\xe5\xe4"}\n{"namn_saknas": 1}\n["x"]\n' + lines(FRI)
    report = imported(content)
    assert [(row.line, row.outcome) for row in report.rows] == [
        (1, "created"), (2, "refused"), (4, "refused"), (5, "refused"), (6, "refused"), (7, "created"), (8, "created"),
    ]  # fmt: skip
    assert all(row.reason for row in report.rows if row.outcome == "refused")
    assert set(report.as_dict()) == {"counts", "rows"}
    assert report.as_dict()["rows"][0] == {"line": 1, "outcome": "created", "reason": ""}


def test_a_dry_run_writes_nothing() -> None:
    before = Organisation.objects.count()
    report = imported(lines(FRI), dry_run=True)
    assert (outcomes(report), report.dry_run) == (["created", "created"], True)
    assert Organisation.objects.count() == before
    assert not RegisterSource.objects.filter(name="Arboga/FRI").exists()


def test_a_change_in_the_source_is_a_change_here() -> None:
    imported(lines(FRI))
    report = imported(
        lines(
            [{**FRI[0], "homepage_url": "ny.example", "types": ["Kulturföreningar"], "activities": ["Teater"]}, FRI[1]]
        )
    )
    assert outcomes(report) == ["changed", "unchanged"]
    club = _organisation("Norrby Idrottsförening")
    assert (club.web_address, club.version) == ("https://ny.example", 2)
    assert [field.code for field in club.fields.all()] == ["1.1"]
    entry = AuditEntry.objects.get(action="organisation.changed_by_import")
    assert entry.changes["web_address"] == ["https://www.norrby.example", "https://ny.example"]
    assert wrong_index() == 0


def test_what_people_have_changed_stays_until_the_source_says_something_new(village: Village) -> None:
    imported(lines(FRI))
    club = _organisation("Norrby Idrottsförening")
    facts.change_facts(by=village.eva, organisation=club, version=1, values={"web_address": "https://rattad.example"})
    report = imported(lines([{**FRI[0], "founded_year": "1933"}]))
    club.refresh_from_db()
    assert outcomes(report) == ["changed"]
    assert (club.web_address, club.founded_year) == ("https://rattad.example", 1933)
    report = imported(lines([{**FRI[0], "homepage_url": "ny.example"}]))
    club.refresh_from_db()
    assert club.web_address == "https://ny.example"
    assert "webbplats" in report.rows[0].reason


def test_protection_that_a_person_lifted_is_not_put_back(village: Village) -> None:
    row = {"name": "Kvinnojouren Gryning", "kommun": "Kalmar"}
    imported(lines([row]))
    shelter = _organisation("Kvinnojouren Gryning")
    assert shelter.protected
    facts.unprotect_organisation(by=village.eva, organisation=shelter, reason="De vill synas")
    assert outcomes(imported(lines([row]))) == ["unchanged"]
    assert outcomes(imported(lines([{**row, "ort": "Kalmar"}]))) == ["changed"]
    shelter.refresh_from_db()
    assert not shelter.protected


def test_the_same_name_twice_is_two_organisations_every_time() -> None:
    twice = lines([FRI[0], FRI[0], FRI[1]])
    assert outcomes(imported(twice)) == ["created"] * 3
    assert outcomes(imported(twice)) == ["unchanged"] * 3


def test_a_row_is_known_again_in_another_order_and_with_composed_letters() -> None:
    imported(lines(FRI))
    nfd = [{**row, "name": unicodedata.normalize("NFD", row["name"])} for row in reversed(FRI)]
    assert outcomes(imported(lines(nfd))) == ["unchanged", "unchanged"]


def test_a_row_that_gets_a_number_is_still_the_same() -> None:
    imported(lines(FRI))
    report = imported(lines([{**FRI[0], "org_number": "802434-8610"}]))
    assert outcomes(report) == ["changed"]
    assert Organisation.objects.filter(name=FRI[0]["name"]).count() == 1
    assert outcomes(imported(lines([{**FRI[0], "org_number": "802434-8610", "name": "Norrby IF"}]))) == ["changed"]
    club = _organisation("Norrby IF")
    assert [old.name for old in club.earlier_names.all()] == ["Norrby Idrottsförening"]
    assert wrong_index() == 0


def test_a_municipality_in_a_register_is_the_body_that_is_there() -> None:
    report = imported(lines([{"name": "Lerums Kommun", "register": "Alingsås/ActorSmartbook"}]))
    assert outcomes(report) == ["unchanged"]
    assert Organisation.objects.filter(name__iexact="lerums kommun").count() == 1


def test_csv_with_a_source_of_its_own() -> None:
    content = "Namn;Kommun;Typ\nÄngö IF;Kalmar;Idrottsförening\n".encode("cp1252")
    imported(content, name="lista.csv", source="Kalmars lista")
    assert _organisation("Ängö IF").source.name == "Kalmars lista"
    imported(content, name="lista 2027.csv")
    assert Organisation.objects.filter(name="Ängö IF").count() == 2


def test_only_those_who_may_import_do(village: Village) -> None:
    for name, may in (("eva", True), ("hanna", True), ("anna", False), ("karin", False)):
        if may:
            imported(lines(FRI), by=village.people[name])
        else:
            with pytest.raises(NotAllowed):
                imported(lines(FRI), by=village.people[name])
    assert AuditEntry.objects.filter(action="organisation.imported").first().actor_id == village.eva.pk


def test_progress_is_told_in_bytes() -> None:
    told: list[tuple[int, int]] = []
    content = lines([{"name": f"Klubb {number}"} for number in range(2001)])
    run_import(io.BytesIO(content), by=None, name="x.jsonl", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(content), len(content))
    assert 0 < told[0][0] < len(content)


def test_the_staging_table_is_gone_afterwards() -> None:
    imported(lines(FRI))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('import_staged')")
        assert cursor.fetchone() == (None,)


ROWS = st.dictionaries(
    st.sampled_from(
        [
            "name",
            "orgnr",
            "kommun",
            "postnummer",
            "ort",
            "hemsida",
            "epost",
            "bildad",
            "types",
            "id",
            "riksorganisation",
        ]
    ),
    st.text(max_size=40) | st.integers() | st.lists(st.text(max_size=10), max_size=3),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=6), st.lists(st.binary(max_size=60), max_size=3))
def test_any_file_is_imported_to_the_end_and_the_second_time_changes_nothing(
    rows: list[Any], noise: list[bytes]
) -> None:
    content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    content += b"\n".join(line.replace(b"\n", b"").replace(b"\r", b"") for line in noise)
    first = files.imported(content)
    second = files.imported(content)
    assert second.counts["created"] == second.counts["changed"] == 0
    assert second.counts["refused"] == first.counts["refused"]
    assert wrong_index() == 0
