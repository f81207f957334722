"""A large table as XLSX: read back as it was, and never a formula."""

import io

import openpyxl

from samverka.kernel.big_sheets import write_big_xlsx
from samverka.kernel.spreadsheets import Column

COLUMNS = [Column(key, key.title()) for key in ("namn", "antal", "andel", "tomt")]


def test_table_is_read_back_as_it_was() -> None:
    rows = [
        {"namn": "Ale & Ä <kommun>", "antal": 3, "andel": 0.25},
        {"namn": "=1+1", "antal": 0, "tomt": ""},
        {"namn": "rad\x00två", "antal": -7, "andel": None},
    ]
    file = io.BytesIO()
    assert write_big_xlsx(COLUMNS, rows, file, title="Kartläggningen: [2027]") == 3
    book = openpyxl.load_workbook(file)
    sheet = book.active
    assert book.sheetnames == ["Kartläggningen   2027"]
    assert [cell.value for cell in sheet[1]] == ["Namn", "Antal", "Andel", "Tomt"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=4)]
    assert found == [["Ale & Ä <kommun>", 3, 0.25, None], ["=1+1", 0, None, None], ["radtvå", -7, None, None]]
    assert sheet["A3"].data_type == "s"
    assert sheet.freeze_panes == "A2"


def test_columns_beyond_z_and_many_rows_have_their_places() -> None:
    columns = [Column(str(number), str(number)) for number in range(30)]
    file = io.BytesIO()
    write_big_xlsx(columns, ({str(n): n * row for n in range(30)} for row in range(500)), file, title="x")
    sheet = openpyxl.load_workbook(file).active
    assert (sheet["AA1"].value, sheet["AD501"].value) == ("26", 29 * 499)
    assert sheet.max_row == 501
