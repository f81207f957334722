import csv
import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from lxml import etree

from samverka.kernel.spreadsheets import Column, csv_chunks, defuse, write_csv, write_xlsx

COLUMNS = [
    Column("name", "Namn"),
    Column("size", "Antal", "int"),
    Column("share", "Andel", "decimal"),
    Column("founded", "Bildad", "date"),
    Column("changed", "Ändrad", "datetime"),
    Column("web", "Webbplats", "url"),
]
ROW = {
    "name": "Åby byalag",
    "size": -7,
    "share": Decimal("0.5"),
    "founded": datetime.date(1931, 5, 2),
    "changed": datetime.datetime(2027, 3, 12, 18, 4, tzinfo=datetime.UTC),
    "web": "https://aby.example/",
}
DANGEROUS = ["=1+1", "+46 8 123", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


def csv_of(rows, language="sv"):
    file = io.BytesIO()
    write_csv(COLUMNS, rows, file, language=language)
    text = file.getvalue().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";" if language == "sv" else ","))


def sheet_of(rows):
    """Return the sheet's XML and the book's styles."""
    file = io.BytesIO()
    write_xlsx(COLUMNS, rows, file, title="Organisationer: alla", language="sv")
    with zipfile.ZipFile(file) as book:
        return etree.fromstring(book.read("xl/worksheets/sheet1.xml")), etree.fromstring(book.read("xl/styles.xml"))


def cells(sheet, row):
    path = f"//m:row[@r='{row}']/m:c"
    return sheet.xpath(path, namespaces={"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"})


def test_csv_in_swedish_has_semicolons_decimal_comma_and_local_time():
    assert csv_of([ROW])[1] == ["Åby byalag", "-7", "0,5", "1931-05-02", "2027-03-12 19:04", "https://aby.example/"]


def test_csv_in_english_has_commas_and_decimal_point():
    assert csv_of([ROW], "en")[1][2] == "0.5"


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_text_that_looks_like_a_formula_is_defused(text):
    assert csv_of([{"name": text}])[1][0] == f"'{text}"


@pytest.mark.parametrize("text", ["Åby", "", "5", "a=b"])
def test_defuse_leaves_other_text_alone(text):
    assert defuse(text) == text


def test_missing_and_empty_values_are_empty_cells():
    assert csv_of([{"name": None}])[1] == [""] * 6
    assert cells(sheet_of([{"name": ""}])[0], 2) == []


def test_csv_is_made_in_pieces():
    rows = ({"name": f"Förening {number}" * 10} for number in range(2000))
    assert len(list(csv_chunks(COLUMNS, rows))) > 2


def test_xlsx_keeps_numbers_as_numbers_and_dates_as_dates():
    sheet, _styles = sheet_of([ROW])
    _name, size, share, founded, changed, _web = cells(sheet, 2)
    assert (size.get("t"), size.findtext("{*}v")) == (None, "-7")
    assert (share.get("t"), share.findtext("{*}v")) == (None, "0.5")
    assert founded.findtext("{*}v") == "11445"
    assert changed.findtext("{*}v").startswith("46458.79")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+46 8 123"])
def test_xlsx_text_that_looks_like_a_formula_is_text(text):
    sheet, styles = sheet_of([{"name": text}])
    (cell,) = cells(sheet, 2)
    assert cell.get("t") == "inlineStr"
    assert cell.find("{*}f") is None
    styled = styles.findall("{*}cellXfs/{*}xf")[int(cell.get("s"))]
    assert styled.get("quotePrefix") == "1"


def test_xlsx_heading_stays_in_view():
    sheet, _styles = sheet_of([ROW])
    assert sheet.find(".//{*}pane").get("state") == "frozen"
    assert sheet.find("{*}autoFilter").get("ref") == "A1:F2"


def test_writers_return_the_number_of_rows():
    assert write_csv(COLUMNS, [ROW, ROW], io.BytesIO()) == 2
    assert write_xlsx(COLUMNS, [], io.BytesIO(), title="Tom") == 0
