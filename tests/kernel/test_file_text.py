"""The text of stored files: all that somebody who gets the file can read, and never an error for bad content."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from samverka.kernel import files
from samverka.kernel.models import ScanState, StoredFile
from samverka.kernel.untrusted import limits, office_text, run, worker
from tests.kernel import documents

pytestmark = pytest.mark.django_db
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


def text(kind, content, **fields):
    path = default_storage.save("note/x", ContentFile(content))
    return files.text_in(StoredFile(name="a", content_type=kind.content_type, size=len(content), path=path, **fields))


def lines(kind, content):
    return [line for line in text(kind, content).splitlines() if line.strip()]


def test_text_of_word():
    assert lines(files.DOCX, documents.docx("Åby byalag", "850709\u20119805")) == [
        "Åby byalag", "850709\u20119805", "I en tabell",
    ]  # fmt: skip


def test_text_of_word_has_notes_and_what_is_struck_but_nothing_twice():
    body = (
        "<w:p><w:r><w:t>850709</w:t><w:noBreakHyphen/><w:t>9805</w:t><w:br/><w:t>Ny rad</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:t>Ett</w:t><w:tab/><w:t>två</w:t>"
        "<w:del><w:delText>Struket</w:delText></w:del></w:p>"
        f"<mc:AlternateContent {_MC}><mc:Choice><w:p><w:t>Ruta</w:t></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:t>Ruta</w:t></w:p></mc:Fallback></mc:AlternateContent>"
        "<w:instrText>HYPERLINK</w:instrText>"
    )
    content = documents.word(body, footnotes="<w:p><w:t>Not</w:t></w:p>", header2="<w:p><w:t>Sidhuvud</w:t></w:p>")
    assert lines(files.DOCX, content) == ["850709-9805", "Ny rad", "Ett\ttvåStruket", "Ruta", "Not", "Sidhuvud"]


def test_word_document_whose_main_part_has_a_number_is_read():
    content = documents.word("", document2="<w:p><w:t>Från nätet</w:t></w:p>")
    assert lines(files.DOCX, content) == ["Från nätet"]


@pytest.mark.parametrize("options", [{}, {"in_memory": True, "constant_memory": True}], ids=["shared", "in the cells"])
def test_text_of_excel_is_its_cells_row_by_row(options):
    content = documents.xlsx(["Namn", "Nummer"], ["Karin å", 198507099805], ["Yusuf", "850709-9805"], **options)
    assert lines(files.XLSX, content) == ["Namn\tNummer\t", "Karin å\t198507099805\t", "Yusuf\t850709-9805\t"]


def test_cell_that_points_at_no_text_is_empty():
    sheet = '<x><row><c t="s"><v>7</v></c><c t="s"><v>-1</v></c><c t="s"><v>x</v></c><c><v>5</v></c></row></x>'
    assert lines(files.XLSX, documents.ooxml("xlsx", {"xl/worksheets/sheet1.xml": sheet})) == ["\t\t\t5\t"]


def test_text_of_powerpoint_is_in_the_order_of_its_slides():
    slides = [f"Bild {number}" for number in range(1, 12)]
    assert lines(files.PPTX, documents.pptx(*slides)) == [*slides, "Till den som talar"]


@pytest.mark.parametrize(
    ("kind", "name"), [(files.ODT, "text"), (files.ODS, "spreadsheet"), (files.ODP, "presentation")]
)
def test_text_of_opendocument(kind, name):
    words = "Ett<text:s text:c='99999999'/>två<text:tab/><text:span>tre</text:span>"
    body = f"<x>\n <text:h>Rubrik</text:h><text:p>{words}</text:p></x>"
    assert lines(kind, documents.opendocument(name, body)) == ["Rubrik", "Ett två\ttre"]


def test_text_of_pdf():
    assert lines(files.PDF, documents.pdf("Åby byalag 850709-9805")) == ["Åby byalag 850709-9805"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("kind", [files.TXT, files.CSV])
def test_plain_text_in_each_usual_encoding(kind, encoding):
    assert text(kind, "Åby – byalag\r\nhär".encode(encoding)) == "Åby – byalag\nhär"


def test_text_has_no_sign_that_the_database_refuses():
    assert text(files.TXT, b"a\x00b\x07c\td") == "abc\td"


@pytest.mark.parametrize("kind", files.DOCUMENTS, ids=lambda kind: kind.label)
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG", b"\xff\xfe\x00"])
def test_bad_content_is_no_error(kind, content):
    assert len(text(kind, content)) <= len(content)


@pytest.mark.parametrize("kind", [files.PNG, files.JPEG])
def test_picture_has_no_text(kind):
    assert text(kind, documents.picture(kind.label)) == ""


def test_stopped_file_has_no_text():
    assert text(files.TXT, b"Hej", scan_state=ScanState.REFUSED) == ""


def test_file_of_a_kind_unknown_here_has_no_text():
    assert files.text_in(StoredFile(content_type="application/octet-stream", path="x")) == ""


def test_locked_files_have_no_text():
    assert text(files.PDF, documents.pdf("Hej", password="hemlig")) == ""


@pytest.mark.parametrize("kind", [files.TXT, files.ODT])
def test_text_is_a_million_characters_at_most(kind):
    words = "å" * (limits.MOST_CHARACTERS + 10)
    content = words.encode() if kind.is_text else documents.opendocument("text", f"<text:p>{words}</text:p>")
    assert 0.9 * limits.MOST_CHARACTERS < len(text(kind, content)) <= limits.MOST_CHARACTERS


def test_text_before_a_fault_stands():
    broken = documents.word("<w:p><w:t>Före</w:t></w:p><w:b></w:c>", footnotes="<w:p><w:t>Not</w:t></w:p>")
    assert lines(files.DOCX, broken) == ["Före", "Not"]


def test_declared_entities_are_not_read():
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><x><p><t>&b;</t></p></x>"
    assert text(files.DOCX, documents.ooxml("docx", {"word/document2.xml": laughs})).strip() == ""


def test_other_files_are_not_read_through_entities(tmp_path):
    (tmp_path / "secret").write_text("hemligt")
    outside = f"<!DOCTYPE x [<!ENTITY a SYSTEM 'file://{tmp_path}/secret'>]><x><p><t>&a;</t></p></x>"
    assert "hemligt" not in text(files.DOCX, documents.ooxml("docx", {"word/document2.xml": outside}))


def test_bomb_is_unpacked_no_further_than_said(monkeypatch):
    monkeypatch.setattr(office_text, "MOST_READ", 200_000)
    bomb = documents.word("".join(f"<w:p><w:t>{number}</w:t></w:p>" for number in range(100_000)))
    read = "".join(worker.read(bomb, "DOCX"))
    assert "1000\n" in read
    assert "99999\n" not in read


def test_one_long_text_pointed_at_often_takes_no_more_room():
    cells = '<c t="s"><v>0</v></c>' * 50_000
    book = documents.ooxml(
        "xlsx",
        {
            "xl/sharedStrings.xml": f"<sst><si><t>{'a' * 900_000}</t></si></sst>",
            "xl/worksheets/sheet1.xml": f"<x><row>{cells}</row></x>",
        },
    )
    assert len(text(files.XLSX, book)) <= limits.MOST_CHARACTERS


def test_reading_that_takes_too_long_gives_what_was_read(monkeypatch):
    slow = "import time; print('Hej', flush=True); time.sleep(60)"
    monkeypatch.setattr(run, "_COMMAND", [run.sys.executable, "-c", slow])
    monkeypatch.setattr(run, "LONGEST_READING", 0.5)
    assert run.text(b"x", "PDF") == "Hej\n"


def test_reading_that_takes_all_memory_gives_nothing(monkeypatch):
    greedy = "import sys; from samverka.kernel.untrusted import worker; worker._limit(20); x = b'x' * 4 * 1024**3"
    monkeypatch.setattr(run, "_COMMAND", [run.sys.executable, "-c", greedy])
    assert run.text(b"x", "PDF") == ""


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=30), max_size=5))
def test_every_text_written_to_excel_is_read_again(words):
    """Within this process: what the worker does in its own."""
    plainly = {"strings_to_formulas": False, "strings_to_urls": False}
    read = "".join(worker.read(documents.xlsx(*([word] for word in words), **plainly), "XLSX"))
    assert all(word in read for word in words)
