import csv
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverka.organisations.exports import COLUMNS, export_register
from samverka.organisations.register import RegisterFilters
from tests.factories import organisations as make

pytestmark = pytest.mark.django_db


def _csv(filters: RegisterFilters) -> list[list[str]]:
    file = io.BytesIO()
    export_register(filters, format="csv", file=file)
    return list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig")), delimiter=";"))


def test_the_selection_is_written_in_order_with_headings() -> None:
    make.organisation("Öja BK", place="1984", fields=["1.2"])
    make.organisation("Arboga kör", place="1984")
    heading, *rows = _csv(RegisterFilters(kinds=("association",)))
    assert heading == [str(column.label) for column in COLUMNS]
    assert [row[0] for row in rows] == ["Arboga kör", "Öja BK"]
    assert rows[1][4:8] == ["Arboga kommun", "Västmanlands län", "", "Idrott"]


def test_a_formula_in_a_name_is_defused() -> None:
    make.organisation('=HYPERLINK("http://x.example")')
    (row,) = _csv(RegisterFilters(kinds=("association",)))[1:]
    assert row[0].startswith("'=")


def test_a_private_looking_address_is_not_written() -> None:
    make.organisation("A", email="folke@gmail.com", phone="070-1")
    (row,) = _csv(RegisterFilters(kinds=("association",)))[1:]
    assert "gmail" not in "".join(row)
    assert "070" not in "".join(row)


def test_xlsx_is_a_workbook_with_every_row() -> None:
    file = io.BytesIO()
    assert export_register(RegisterFilters(kinds=("region",)), format="xlsx", file=file) == 21
    assert "xl/workbook.xml" in zipfile.ZipFile(file).namelist()


def _queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        _csv(RegisterFilters(kinds=("association",)))
    return len(captured)


def test_an_export_takes_the_same_queries_for_one_row_and_many() -> None:
    make.organisation(fields=["1.1"], place="1984")
    _queries()
    one = _queries()
    for _ in range(20):
        make.organisation(fields=["1.2", "5"], place="1292")
    _queries()
    assert _queries() == one
